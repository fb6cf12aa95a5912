import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listFounders } from "../../functions/records/founders.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { listSubmissions } from "../../functions/records/submissions.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { aMail, anArticle, author } from "../core/mail/mails.ts";
import { aPublication } from "../people-and-papers.ts";
import { kurier } from "./paper-desk.ts";

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kurier-people-"));
  await inFolder((cloud) => savePublication(cloud, aPublication()));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function inFolder<T>(work: (cloud: ReturnType<typeof localCloud>) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder, isDurable: false });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
const people = (...args: string[]) => kurier("people", ...args, "--data", folder, "--lang", "de");

describe("the people a publication knows", () => {
  /** Opaque: it stays where they were, when they are forgotten. */
  const idIn = (said: string): string => /unter dem Kürzel (p-[0-9a-f]{12})/.exec(said)?.[1] ?? "none";
  const named = (address: string, name = "Thomas Śěrak") => people("add", address, "--name", name);

  it("are added by address and name, and listed by name", async () => {
    const added = await named("Thomas@Rathaus.example");
    expect(added.out.replace(idIn(added.out), "…")).toBe(
      "Thomas Śěrak <thomas@rathaus.example> ist nun bekannt, unter dem Kürzel …: Autorin oder Autor.\n",
    );
    await named("anna@rathaus.example", "Anna Weiß");
    expect((await people("list")).out.match(/Anna Weiß|Thomas Śěrak/g)).toEqual(["Anna Weiß", "Thomas Śěrak"]);
  });

  it("keep their id when they are named anew, and two of a name have two ids", async () => {
    const [first, again] = [await named("thomas@rathaus.example", "Thomas"), await named("thomas@rathaus.example")];
    expect(again.out).toContain("war schon bekannt");
    expect(idIn(again.out)).toBe(idIn(first.out));
    expect(idIn((await named("t.serak@post.example")).out)).not.toBe(idIn(first.out));
  });

  it("are forgotten, and nobody takes their id after them", async () => {
    const first = await named("thomas@rathaus.example");
    expect((await people("remove", "thomas@rathaus.example")).code).toBe(0);
    expect((await people("list")).out).toContain("Noch ist niemand bekannt.");
    expect(idIn((await named("thomas@rathaus.example")).out)).not.toBe(idIn(first.out));
    expect((await people("remove", "wer@rathaus.example")).err).toContain("kennt die Publikation nicht");
  });

  it("are forgotten, their name too, with the letters they got and those they wrote beside their articles", async () => {
    await people("add", author, "--name", "Thomas Śěrak");
    await inFolder(async (cloud) => {
      const covering = `Meine Durchwahl ist 4711. ${author}`;
      const enclosed = [{ name: "Schalter.md", type: "text/markdown", body: `---\ntitel: Neu\n---\n\n${anArticle}\n` }];
      await cloud.files.write("mail/elblandbote/m1", aMail({ text: covering, enclosed }), { type: "message/rfc822" });
      await workUntilQuiet(cloud, { waitSeconds: 90 });
      expect((await listSubmissions(cloud, "elblandbote"))[0]?.mail?.words).toBe(covering);
      expect(cloud.outbox.list({ limit: 5, to: author }).letters).toHaveLength(1);
    });
    expect((await people("remove", author)).code).toBe(0);
    await inFolder(async (cloud) => {
      expect(await listSubmissions(cloud, "elblandbote")).toMatchObject([{ state: "ingested", mail: { words: "" } }]);
      expect(cloud.outbox.list({ limit: 5 }).letters).toEqual([]);
    });
    const kept = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile());
    for (const sought of [author, "4711", "Śěrak", "thomas-serak"])
      expect(kept.filter((path) => readFileSync(path).includes(sought))).toEqual([]);
  });

  it("stand among the acts by their id, never by their address", async () => {
    const added = await named("thomas@rathaus.example");
    await inFolder(async ({ table }) => {
      const { items } = await table.query({ pk: "acts#elblandbote", limit: 20 });
      expect(items.map(({ act, id }) => [act, id])).toEqual([["add-person", idIn(added.out)]]);
      expect(JSON.stringify(items)).not.toMatch(/@|serak/i);
    });
  });

  it("get roles at the command line, each once and in their order", async () => {
    await people("add", "anna@rathaus.example", "--name", "Anna Weiß", "--roles", "publisher, editor,editor");
    expect((await people("list")).out).toMatch(
      /^p-[0-9a-f]{12} {11}Anna Weiß {2}<anna@rathaus\.example> {2}Redaktion, Herausgabe\n$/,
    );
    const given = await people("roles", "anna@rathaus.example", "--roles", "admin");
    expect(given.out).toBe("Anna Weiß hat nun die Rollen: Verwaltung.\n");
    const wrong = await people("roles", "anna@rathaus.example", "--roles", "boss");
    expect([wrong.code, wrong.err]).toEqual([
      2,
      "„boss“ ist keine Rolle. Es gibt: author, editor, publisher, admin.\n",
    ]);
    expect((await people("roles", "anna@rathaus.example", "--roles", ",")).err).toContain("mindestens eine Rolle");
  });

  it("are invited by a letter that says where the desk stands: so the first administrator comes in", async () => {
    const desk = "https://redaktion.rathaus.example";
    expect((await people("invite", "anna@rathaus.example", "--roles", "admin")).err).toContain("--desk-url");
    const invited = await people(
      "invite",
      "anna@rathaus.example",
      "--name",
      "Anna",
      "--roles",
      "admin",
      "--desk-url",
      desk,
    );
    expect(invited.out).toContain(`An anna@rathaus.example geht eine Einladung mit dem Link ${desk}/.`);
    await inFolder(async ({ outbox }) => {
      const { letters } = outbox.list({ limit: 5, to: "anna@rathaus.example" });
      expect(letters.map((letter) => String(outbox.source(letter)).includes(`${desk}/elblandbote/`))).toEqual([true]);
    });
  });

  it("are people: a machine's mailbox hands nothing in", async () => {
    expect((await people("add", "noreply@rathaus.example")).code).toBe(2);
  });
});

describe("the first admin of a deployment", () => {
  const publications = (...args: string[]) => kurier("publications", ...args, "--data", folder, "--lang", "de");

  it("is whoever was invited to found a publication at the desk; asked twice they are one", async () => {
    for (let turn = 0; turn < 2; turn++) {
      const invited = await publications("invite", "Henrike@Talblatt.example", "--name", "Henrike Fährmann");
      expect(invited.out).toContain("Henrike Fährmann <henrike@talblatt.example> darf am Redaktionstisch");
    }
    expect((await inFolder(listFounders)).map(({ name }) => name)).toEqual(["Henrike Fährmann"]);
  });
});
