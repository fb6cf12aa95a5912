import { beforeEach, describe, expect, it } from "vitest";
import { operator, type Person } from "../../../../core/rights.ts";
import { words } from "../../../../core/words.ts";
import { goOn, requireImport } from "../../../../functions/desk/imports.ts";
import { importSubscribers } from "../../../../functions/desk/subscribers.ts";
import { suppressKey } from "../../../../functions/desk/suppressions.ts";
import { latestActs } from "../../../../functions/records/acts.ts";
import { importFolder } from "../../../../functions/records/paths.ts";
import { requirePublication, savePublication } from "../../../../functions/records/publications.ts";
import { listSubscribers, readSubscriber } from "../../../../functions/records/subscribers.ts";
import { readSuppression } from "../../../../functions/records/suppressions.ts";
import { aPublication } from "../../../people-and-papers.ts";
import { keyOf, someReaders, takeIn } from "../../an-issue-to-send.ts";
import { type ADesk, aDesk, german, publication, type Visitor } from "./a-desk.ts";

const say = words("de").desk;
const address = "leserin1@auenrode.example";
let house: ADesk;
let admin: Visitor;
let key: string;
beforeEach(async () => {
  house = await aDesk();
  admin = await house.as("admin");
  key = await keyOf(house.cloud, address);
});
const body = async (path: string) => (await admin.get(path, german)).text();
/** Where the next page is. */
const nextIn = (page: string): string =>
  (/href="\/elblandbote([^"]+)" rel="next"/.exec(page)?.[1] ?? "").replaceAll("&#x3D;", "=").replaceAll("&amp;", "&");
const where = (answer: Response) => answer.headers.get("location")?.replace(`/${publication}`, "");

describe("the page of all readers", () => {
  it("looks through them fifty at a time and says how far it got", async () => {
    await takeIn(house.cloud, someReaders(120));
    const first = await body("/subscribers");
    expect(first.match(/class="end"/g)).toHaveLength(50);
    expect(first).toMatch(/Bis hier 50 von etwa 1[0-4]0 durchgesehen\./);
    const second = await body(nextIn(first));
    expect(second).toContain("Bis hier 100 von etwa");
  });

  it("keeps the choice from page to page, and says whose choice finds nobody", async () => {
    await takeIn(house.cloud, someReaders(3));
    const none = await body("/subscribers?state=unsubscribed&since=2026-11-01");
    expect(none).toContain(say.subscribers.nobodyFound);
    expect(none).toContain('value="2026-11-01"');
    expect(none).toMatch(/<option value="unsubscribed" selected>/);
    expect((await admin.get("/subscribers?since=gestern")).status).toBe(422);
  });

  it("leads to a reader by their whole address, which stands in no link", async () => {
    await takeIn(house.cloud, [address]);
    const answer = await admin.post("/subscribers/search", { address: "LESERIN1@auenrode.example" });
    expect([answer.status, where(answer)]).toEqual([303, `/subscribers/${key}`]);
    const wrong = await admin.post("/subscribers/search", { address: "niemand@auenrode.example" });
    expect(wrong.status).toBe(422);
    const page = await wrong.text();
    expect(page).toContain('value="niemand@auenrode.example"');
    // What is wrong with the address is said beside the address, not beside every field of the page.
    expect(page.match(/aria-invalid/g)).toHaveLength(1);
  });

  it("shows how many there are once they were counted", async () => {
    await takeIn(house.cloud, someReaders(3));
    expect(await body("/subscribers")).toContain(say.subscribers.growth.none);
    expect(where(await admin.post("/subscribers/count"))).toBe("/subscribers?done=counted");
    const page = await body("/subscribers");
    expect(page).toContain("3 bestätigt");
    expect(page).toMatch(/<th scope="row">November 2026<\/th><td class="number">3</);
  });
});

describe("all readers to take along", () => {
  it("are handed out by a link good for minutes, in a file that is gone the next day and that import reads", async () => {
    await takeIn(house.cloud, someReaders(2));
    const link = (await admin.post("/subscribers/export")).headers.get("location") ?? "";
    expect(link).toMatch(/^\/download\?/);
    const [file] = await house.cloud.files.list("handouts/");
    const csv = new TextDecoder().decode((await house.cloud.files.read(file?.key ?? ""))?.body);
    expect(csv).toContain("leserin2@auenrode.example");
    expect((await (await house.as("editor")).post("/subscribers/export")).status).toBe(403);
    expect(await body("/acts")).toContain("hat eine Tabelle mit Adressen mitgenommen");
  });
});

describe("the page of one reader", () => {
  it("shows what we hold and what they agreed to", async () => {
    await takeIn(house.cloud, [address]);
    const page = await body(`/subscribers/${key}`);
    for (const words of [address, "bestätigt", "Bestellkarten 2025", "Jördis leserin1", key])
      expect(page).toContain(words);
  });

  it("suppresses and lifts, and says so", async () => {
    await takeIn(house.cloud, [address]);
    const done = await admin.post(`/subscribers/${key}/suppression`, { reason: "asked" });
    expect(where(done)).toBe(`/subscribers/${key}?done=suppressed`);
    expect(await readSuppression(house.cloud, key)).toMatchObject({ reason: "asked" });
    expect(await body("/suppressions")).toContain(address);
    await admin.post(`/subscribers/${key}/suppression/lifting`, { why: "slip" });
    expect(await readSuppression(house.cloud, key)).toBeUndefined();
  });

  it("forgets an address in two steps, and only the one that is typed", async () => {
    await takeIn(house.cloud, [address, "leserin2@auenrode.example"]);
    const path = `/subscribers/${key}/erasure`;
    expect(await body(path)).toContain(address);
    const wrong = await admin.post(path, { address: "leserin2@auenrode.example" });
    expect(wrong.status).toBe(422);
    expect(await readSubscriber(house.cloud, publication, key)).toMatchObject({ state: "confirmed" });
    expect(where(await admin.post(path, { address }))).toBe("/subscribers?done=erased");
    expect(await readSubscriber(house.cloud, publication, key)).toMatchObject({ state: "unsubscribed" });
    expect(await body(`/subscribers/${key}`)).not.toContain(address);
  });

  it("is suppressed everywhere, and it is written down where it was done", async () => {
    await savePublication(house.cloud, { ...aPublication(), id: "waldbote" });
    await takeIn(house.cloud, [address]);
    house.cloud.clock.advance({ seconds: 1 });
    await admin.post("/suppressions", { address, reason: "asked" });
    const byOf = async (id: string) => (await latestActs(house.cloud, id, { limit: 1 })).acts[0]?.by;
    expect([await byOf(publication), await byOf("waldbote")]).toEqual([admin.person.id, undefined]);
  });

  /** The waldbote's own, or somebody it wrote to in vain. */
  const alsoAt = async (id: string): Promise<Person> => {
    await savePublication(house.cloud, { ...aPublication(), id });
    const row = { line: 2, address, name: "", language: "de" } as const;
    await importSubscribers(house.cloud, operator, id, [row], { consentSource: "Liste" });
    return { id: "wanda", roles: ["publisher"], home: id };
  };

  it("says who lifts a suppression that was made elsewhere, and leaves it; one's own is taken back alone", async () => {
    await takeIn(house.cloud, [address]);
    await suppressKey(house.cloud, await alsoAt("waldbote"), key, "asked");
    const path = `/subscribers/${key}`;
    const page = await body(path);
    expect(page).toContain(say.subscriber.liftedByOthers);
    expect(page).not.toMatch(/waldbote|suppression\/lifting/);
    const refused = await admin.post(`${path}/suppression/lifting`, { why: "slip" });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("subscribers unsuppress")]);
    expect(where(await admin.post(`${path}/suppression`, { reason: "asked" }))).toBe(`${path}?done=suppressed`);
    expect(await body(path)).toContain("suppression/lifting");
    expect(where(await admin.post(`${path}/suppression/lifting`, { why: "slip" }))).toBe(`${path}?done=lifted-here`);
    expect(await readSuppression(house.cloud, key)).toMatchObject({ words: [{ publication: "waldbote" }] });
  });

  it("is found by nobody whose publication never heard of them, though others suppressed them", async () => {
    await suppressKey(house.cloud, await alsoAt("waldbote"), key, "asked");
    expect((await admin.post("/subscribers/search", { address })).status).toBe(422);
    expect((await admin.get(`/subscribers/${key}`)).status).toBe(422);
    expect(await body("/suppressions")).not.toContain(key);
    expect(where(await admin.post("/suppressions", { address, reason: "asked" }))).toBe(
      "/suppressions?done=suppressed",
    );
    expect(await body("/suppressions")).toContain(key);
    const lifted = await admin.post(`/subscribers/${key}/suppression/lifting`, { why: "slip" });
    expect(where(lifted)).toBe("/suppressions?done=lifted-here");
  });

  it("is told before erasing that others hold data, and who forgets those; never which", async () => {
    await takeIn(house.cloud, [address]);
    const path = `/subscribers/${key}/erasure`;
    const sentence = say.erasure.elsewhere.slice(0, 40);
    expect(await body(path)).not.toContain(sentence);
    await alsoAt("waldbote");
    const page = await body(path);
    expect(page).toContain(sentence);
    expect(page).not.toContain("waldbote");
    await admin.post(path, { address });
    expect(await readSubscriber(house.cloud, "waldbote", key)).toMatchObject({ state: "confirmed", address });
    expect(await readSubscriber(house.cloud, publication, key)).toMatchObject({ state: "unsubscribed" });
  });

  it("is never forgotten from a publication they do not read", async () => {
    const other = { ...aPublication(), id: "waldbote" };
    await savePublication(house.cloud, other);
    await importSubscribers(house.cloud, operator, other.id, [{ line: 2, address, name: "", language: "de" }], {
      consentSource: "Liste",
    });
    const path = `/subscribers/${key}/erasure`;
    expect([(await admin.get(path)).status, (await admin.post(path, { address })).status]).toEqual([422, 422]);
    expect(await readSubscriber(house.cloud, other.id, key)).toMatchObject({ state: "confirmed", address });
  });

  it("is nothing for editors, and erasing nothing for publishers", async () => {
    await takeIn(house.cloud, [address]);
    const [editor, publisher] = [await house.as("editor"), await house.as("publisher")];
    expect((await editor.get(`/subscribers/${key}`)).status).toBe(403);
    expect((await publisher.get(`/subscribers/${key}`)).status).toBe(200);
    expect((await publisher.get(`/subscribers/${key}/erasure`)).status).toBe(403);
    expect((await publisher.post(`/subscribers/${key}/erasure`, { address })).status).toBe(403);
  });

  it("leads nowhere by what is no key", async () => {
    for (const path of ["/subscribers/short", `/subscribers/${"<".repeat(22)}`, `/subscribers/${"A".repeat(22)}`])
      expect([path, (await admin.get(path)).status]).toEqual([path, 422]);
  });
});

describe("taking a list in", () => {
  const begin = async (source = "Bestellkarten 2025") => admin.post("/subscribers/imports", { source });
  const bring = async (list: string): Promise<string> => {
    const id =
      where(await begin())
        ?.split("/")
        .at(-1) ?? "";
    await house.cloud.files.write(`${importFolder(publication, id)}list.csv`, list, { type: "text/csv" });
    return id;
  };
  const csv = `email;name\n${someReaders(3).join(";J\n")};J\nnix;\n`;

  it("asks for the source first, then for the file, with a form that goes to storage", async () => {
    expect((await begin(" ")).status).toBe(422);
    const path = where(await begin()) ?? "";
    const page = await body(path);
    expect(page).toContain('enctype="multipart/form-data"');
    expect(page).toContain('name="policy"');
    expect(page).toContain("Bestellkarten 2025");
  });

  it("shows what would happen, wants one yes, and takes in", async () => {
    const id = await bring(csv);
    const path = `/subscribers/imports/${id}`;
    expect(await body(path)).toContain(say.import.read);
    expect(where(await admin.post(`${path}/reading`))).toBe(path);
    expect(where(await admin.post(`${path}/pieces`))).toBe(path);
    const page = await body(path);
    expect(page).toContain("Wer neu dazukommt (3), hat eingewilligt");
    expect(page).toContain("Zeile 5");
    const [, seen = ""] = /name="seen" value="(\d+)"/.exec(page) ?? [];
    expect((await admin.post(`${path}/taking`, { seen })).status).toBe(422);
    expect(await listSubscribers(house.cloud, publication)).toEqual([]);
    expect((await admin.post(`${path}/taking`, { seen, agreed: "yes" })).status).toBe(303);
    await admin.post(`${path}/pieces`);
    expect(await body(path)).toContain("Aufgenommen: 3.");
    expect(await listSubscribers(house.cloud, publication)).toHaveLength(3);
    expect(await house.cloud.files.list("imports/")).toEqual([]);
  });

  it("refuses a yes to what somebody else has seen, and says a list is none", async () => {
    const id = await bring(csv);
    const person = admin.person;
    const path = `/subscribers/imports/${id}`;
    await admin.post(`${path}/reading`);
    const { version } = await requireImport(house.cloud, person, publication, id);
    await goOn(house.cloud, person, await requirePublication(house.cloud, publication), { id, isLate: () => false });
    const answer = await admin.post(`${path}/taking`, { seen: String(version), agreed: "yes" });
    expect(answer.status).toBe(422);
    const none = await bring("kein;kopf\n1;2\n");
    expect((await admin.post(`/subscribers/imports/${none}/reading`)).status).toBe(422);
    expect(where(await admin.post(`/subscribers/imports/${none}/end`))).toBe("/subscribers?done=dropped");
    expect((await admin.get(`/subscribers/imports/${none}`)).status).toBe(422);
  });
});

describe("the page of suppressions", () => {
  it("has all of them page by page, and takes one more", async () => {
    const wrong = await admin.post("/suppressions", { address: "nix", reason: "complained" });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="complained" selected')]);
    for (const one of someReaders(52)) {
      house.cloud.clock.advance({ minutes: 1 });
      await admin.post("/suppressions", { address: one, reason: "bounced" });
    }
    const page = await body("/suppressions");
    expect(page.match(/class="main"/g)).toHaveLength(50);
    expect((await body(nextIn(page))).match(/class="main"/g)).toHaveLength(2);
  });
});
