import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linkRing, linkToken } from "../../core/subscriber/link.ts";
import { plan } from "../../functions/plan.ts";
import { readSubscriber, rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { site } from "../../functions/site.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { keyOf, place, scheduleSpring, wake } from "../functions/an-issue-to-send.ts";
import { kurier, kurierAsking } from "./paper-desk.ts";

/** Signs that stand nowhere else, so that whatever is found of them is found of her. */
const address = "quirina-zobel@stadt-auenrode.example";
const name = "Quirina Zobel";
const neighbour = "bela@stadt-auenrode.example";

let folder: string;
let lists: string;
let logged: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-erase-"));
  lists = mkdtempSync(join(tmpdir(), "kurier-erase-lists-"));
  logged = [];
  for (const method of ["log", "info", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => void logged.push(JSON.stringify(said)));
});
afterEach(() => {
  for (const each of [folder, lists]) rmSync(each, { recursive: true });
});

async function inFolder<T>(work: (cloud: LocalCloud) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder, isDurable: false, manner: { eventSeconds: 0 } });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
const subscribers = (...args: string[]) => kurier("subscribers", ...args, "--data", folder, "--lang", "de");
const take = async (list: string) => {
  writeFileSync(join(lists, "liste.csv"), list);
  return JSON.parse(
    (await subscribers("import", join(lists, "liste.csv"), "--consent-source", "Karten", "--json")).out,
  );
};
const reader = () => inFolder(async (cloud) => readSubscriber(cloud, place.publication, await keyOf(cloud, address)));

/** She is a reader and has a letter; all that can be told of it is told. */
async function anIssueLater(): Promise<void> {
  await inFolder((cloud) => scheduleSpring(cloud, { isKnown: true }));
  await take(`email;name\n${address};${name}\n${neighbour};Béla\n`);
  await inFolder(async (cloud) => {
    await plan(cloud)(wake, { deadline: new Date(Date.now() + 60_000) });
    await workUntilQuiet(cloud, { waitSeconds: 2 });
  });
}

/** Every file of the data folder, byte by byte: the table, queues and timers, stored files, journal, ledger, the outbox. */
function placesOf(sought: string): string[] {
  const spellings = [sought, encodeURIComponent(sought), Buffer.from(sought).toString("base64").slice(0, -4)];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .filter((path) => {
      const bytes = readFileSync(join(folder, path));
      return spellings.some((each) => bytes.includes(each) || bytes.includes(Buffer.from(each, "utf16le")));
    });
}

/** Answers her new address. */
async function sheMoves(): Promise<string> {
  const neu = "zobel.q@neu.example";
  await take(`email;name\n${neu};${name}\n`);
  await inFolder(async (cloud) => {
    const [from, to] = [await keyOf(cloud, address), await keyOf(cloud, neu)];
    const old = await readSubscriber(cloud, place.publication, from);
    const now = await readSubscriber(cloud, place.publication, to);
    if (!old || now?.state !== "confirmed") return expect.unreachable();
    const { v, version, publication, addressKey, language } = old;
    const moved = { v, version, publication, addressKey, language, state: "moved", movedTo: to } as const;
    await cloud.table.write([{ put: rowOfSubscriber(moved) }, { put: rowOfSubscriber({ ...now, movedFrom: [from] }) }]);
  });
  return neu;
}

describe("subscribers erase", () => {
  it("leaves nothing of the address in any store, file, queue, log or letter", async () => {
    await anIssueLater();
    expect(placesOf(address).map((path) => path.split(/[/.]/)[0])).toEqual(expect.arrayContaining(["table", "outbox"]));
    const { code, out } = await subscribers("erase", address.toUpperCase(), "--yes");
    expect([code, out]).toEqual([
      0,
      "Gelöscht. Kein Import bringt die Adresse zurück; nur wer sie hat, kann selbst wieder bestellen.\n" +
        "Im Postausgang auf diesem Rechner gelöschte Briefe: 1.\n",
    ]);
    for (const sought of [address, "quirina-zobel", name]) {
      expect(placesOf(sought)).toEqual([]);
      expect(logged.join("\n").toLowerCase()).not.toContain(sought.toLowerCase());
    }
    expect(placesOf(neighbour)).not.toEqual([]);
  });

  it("says where she is still known as an author", async () => {
    await anIssueLater();
    await kurier("people", "add", address, "--name", name, "--data", folder, "--lang", "de");
    expect((await subscribers("erase", address, "--yes")).out).toContain(
      `Als Autor:in kennen die Adresse noch: ${place.publication}. Auch dort vergessen: npx kurier people remove ${address}`,
    );
  });

  it("leaves nothing either while a server has the same folder open", async () => {
    await anIssueLater();
    await inFolder(async (server) => {
      await readSubscriber(server, place.publication, await keyOf(server, neighbour));
      await take("email\ncarla@stadt.example\n");
      await subscribers("erase", address, "--yes");
      for (const sought of [address, name]) expect(placesOf(sought)).toEqual([]);
    });
  });

  it("keeps the evidence and the suppression, without the address", async () => {
    await anIssueLater();
    await subscribers("suppress", address, "--reason", "asked", "--yes");
    await subscribers("erase", address, "--yes");
    expect(await reader()).toMatchObject({ state: "unsubscribed" });
    const shown = JSON.parse((await subscribers("show", address, "--json")).out);
    expect(shown).toMatchObject({ suppression: { reason: "asked" }, erasedAt: expect.any(String) });
    expect(shown.evidence.map(({ kind, form }: { kind: string; form: string }) => [kind, form])).toEqual([
      ["withdrawn", "erased"],
      ["import", "import"],
    ]);
  });

  it("is for good at every import, and in the journal before the table", async () => {
    await anIssueLater();
    await subscribers("erase", address, "--yes");
    expect(await take(`email\n${address}\n`)).toMatchObject({ added: 0, erased: 1 });
    expect(await reader()).toMatchObject({ state: "unsubscribed" });
    const entries = await inFolder(async ({ files }) =>
      Promise.all(
        (await files.list("journal/")).map(async ({ key }) =>
          JSON.parse(new TextDecoder().decode((await files.read(key))?.body)),
        ),
      ),
    );
    expect(entries.filter(({ kind }) => kind === "erased")).toHaveLength(1);
  });

  it("forgets the letters to an address she came from too", async () => {
    await anIssueLater();
    const neu = await sheMoves();
    await subscribers("erase", neu, "--yes");
    for (const sought of [address, neu, name]) expect(placesOf(sought)).toEqual([]);
  });

  it("asks first, naming what it will do, and does nothing when told no", async () => {
    await anIssueLater();
    const { asked, out } = await kurierAsking(["n"], "subscribers", "erase", address, "--data", folder, "--lang", "de");
    expect(asked[0]).toMatch(/^quirina-zobel@.*\(Publikationen: elblandbote\).*nicht rückgängig/);
    expect(out).toBe("Es bleibt, wie es ist.\n");
    expect(await reader()).toMatchObject({ address });
    expect((await subscribers("erase", address)).code).toBe(2);
    expect((await subscribers("erase", "niemand@stadt.example", "--yes")).err).toMatch(/kennt hier niemand/);
  });
});

/** What she presses herself: the button of her own page, on a server that has the folder open. */
const eraseOnPage = (server: LocalCloud, of = address) =>
  inFolder(async (cloud) => {
    const token = linkToken(
      linkRing(await cloud.secrets.read("links")),
      "preferences",
      await keyOf(cloud, of),
      place.publication,
    );
    const body = new URLSearchParams({ address: of });
    return site(server).request(`/${place.publication}/e/${token}/erase`, { method: "POST", body });
  });

describe("the button on a reader's own page", () => {
  it("leaves no more of the address than the command does, while the server works on", async () => {
    await anIssueLater();
    await inFolder(async (server) => {
      await server.queues.confirmations.add([
        { v: 1, is: "sign-up", address, name },
        { v: 1, is: "sign-up", address: neighbour },
      ]);
      expect((await eraseOnPage(server)).status).toBe(200);
      for (const sought of [address, "quirina-zobel", name]) expect(placesOf(sought)).toEqual([]);
      expect(logged.join("\n").toLowerCase()).not.toContain("quirina");
      expect(server.outbox.list({ limit: 9 }).letters.map(({ to }) => to)).toEqual([neighbour]);
      expect(server.work.receive("confirmations", { max: 9, visibilitySeconds: 1 })).toHaveLength(1);
    });
  });

  it("forgets the letters to the address she came from too", async () => {
    await anIssueLater();
    const neu = await sheMoves();
    await inFolder(async (server) => expect((await eraseOnPage(server, neu)).status).toBe(200));
    for (const sought of [address, neu, name]) expect(placesOf(sought)).toEqual([]);
  });
});

describe("subscribers consent", () => {
  it("prints what an authority would ask for, before and after erasing", async () => {
    await anIssueLater();
    const { code, out } = await subscribers("consent", address);
    expect(code).toBe(0);
    expect(out).toMatch(/^Nachweis der Einwilligung\n/);
    expect(out).toMatch(/ELBLANDbote – .+\n {2}Aus einer Liste übernommen\n {4}Zeit +\d{4}-.*Z\)\n/);
    expect(out).toMatch(/Quelle der Einwilligung +Karten\n/);
    await subscribers("erase", address, "--yes");
    const after = (await subscribers("consent", address)).out;
    expect(after).toMatch(/Gelöscht +\d{4}/);
    expect(after).toMatch(/Widerrufen\n.*\n.*\n {4}Weg +Löschung auf Wunsch\n/);
  });

  it("writes the same as a page to print, whole in itself", async () => {
    await anIssueLater();
    const path = join(lists, "nachweis.html");
    const { out } = await subscribers("consent", address, "--html", path);
    expect(out).toContain(`Die Seite zum Drucken liegt in ${path}.`);
    const html = readFileSync(path, "utf8");
    expect(html).toContain("<dd>Karten</dd>");
    expect(html).toContain(address);
    expect(html).not.toMatch(/https?:\/\/|<script|url\(/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("says so where nothing is filed", async () => {
    await anIssueLater();
    const { code, err } = await subscribers("consent", "niemand@stadt.example");
    expect([code, err]).toEqual([2, expect.stringContaining("kein Nachweis")]);
  });
});
