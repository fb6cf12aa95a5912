import { beforeEach, describe, expect, it, vi } from "vitest";
import { readArticle } from "../../../../functions/records/articles.ts";
import { listFiles, readSubmission } from "../../../../functions/records/submissions.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { type ADesk, aDesk, deskUrl, fieldIn, german, publication, type Visitor } from "./a-desk.ts";
import { aPhoto } from "./a-photo.ts";

let house: ADesk;
let author: Visitor;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  house = await aDesk();
  author = await house.as("author");
});
const words = "# Der Deich hält\n\nEr ist einen Meter höher als im letzten Jahr.\n\n![](deich.jpg)\n";
const id = "2026-11-23-der-deich-haelt";
const begin = (text = "", by = author) => by.post("/submissions", { title: "Der Deich hält", text });
const pageOf = async (by = author, query = "") => (await by.get(`/submissions/${id}${query}`, german)).text();
const bring = async (name: string, body: string, html: string) => {
  const fields = ["key", "Content-Type", "success_action_redirect", "policy", "signature"];
  const given = Object.fromEntries(fields.map((field) => [field, fieldIn(html, field)]));
  const { backTo, key } = await house.cloud.acceptUpload(given, { name, body: Buffer.from(body) });
  return { path: new URL(backTo ?? "").pathname, query: `?key=${encodeURIComponent(key)}` };
};

describe("handing in", () => {
  it("begins with a few words and leads to the page that takes the files", async () => {
    expect(await (await author.get("/submissions/new", german)).text()).toContain("Worum geht es?");
    const answer = await begin();
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `/${publication}/submissions/${id}?done=begun`,
    ]);
    expect(await readSubmission(house.cloud, publication, id)).toMatchObject({
      by: author.person.id,
      desk: { url: deskUrl.origin, title: "Der Deich hält" },
    });
    const html = await pageOf();
    expect(html).toContain("angefangen");
    expect(html).toContain('accept=".docx,.md,.txt,image/jpeg,image/png,image/webp"');
  });

  it("begins nothing with pasted words that are too long for an article", async () => {
    expect((await begin("Wort ".repeat(210_000))).status).toBe(422);
    expect(await readSubmission(house.cloud, publication, id)).toBeUndefined();
  });

  it("is called by no id where nobody has said yet what it is about", async () => {
    await author.post("/submissions", { title: "", text: "" });
    for (const path of ["/submissions/2026-11-23-beitrag", "/submissions"])
      expect(await (await author.get(path, german)).text()).toMatch(/<(h1|a [^>]*)>Beitrag ohne Titel</);
  });

  it("works without script: one file a form, straight to storage, and back to what became of it", async () => {
    await begin();
    const { path, query } = await bring("deich.md", words, await pageOf());
    expect(path).toBe(`/${publication}/submissions/${id}`);
    const waiting = await pageOf(author, query);
    expect(waiting).toContain("„deich.md“ ist angekommen.");
    expect(waiting).toContain("Ihre Dateien werden gelesen.");
    await workUntilQuiet(house.cloud);
    const read = await pageOf();
    expect(read).toContain("Der Text nennt Bilder, die noch nicht da sind: deich.jpg.");
    expect(read).not.toContain("data-reading");
  });

  it("says so where reading takes long", async () => {
    await begin();
    await bring("deich.md", words, await pageOf());
    house.cloud.clock.advance({ minutes: 3 });
    const late = await pageOf();
    expect(late).toContain("Das Lesen dauert länger als sonst");
    expect(late).not.toContain("Das dauert meist weniger als eine Minute");
    expect(late).toMatch(/data-stand="[^"]*late[^"]*" data-reading/);
  });

  it("takes pasted words at once, and shows what was understood of them", async () => {
    await begin(words.replace(/!.*\n/, "## Am Wehr\n\nAuch dort.\n"));
    await workUntilQuiet(house.cloud);
    const html = await pageOf();
    for (const part of [
      "Was Kurier verstanden hat",
      "<dd>Der Deich hält</dd>",
      "<dd>Am Wehr</dd>",
      "keine genannt",
      "eingereicht",
    ])
      expect(html).toContain(part);
  });

  it("loses nothing when two paste at once: the second sees what came, and their own words still in the field", async () => {
    await begin();
    const editor = await house.as("editor");
    const seen = fieldIn(await pageOf(), "seen");
    await editor.post(`/submissions/${id}/text`, { seen, text: "# Die erste\n\nFassung." });
    const answer = await author.post(`/submissions/${id}/text`, { seen, text: "# Die <zweite>\n\nFassung." });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(html).toContain("# Die &lt;zweite&gt;");
    expect(html).toContain("Der Deich hält.md");
    // Now they have seen it: sent once more, theirs counts.
    const again = await author.post(`/submissions/${id}/text`, {
      seen: fieldIn(html, "seen"),
      text: "# Die zweite\n\nFassung.",
    });
    expect(again.status).toBe(303);
    await workUntilQuiet(house.cloud);
    expect(await pageOf()).toContain("Die zweite");
  });

  it("tells a script which files it may send, and why not the others", async () => {
    await begin();
    const answer = await author.post(`/submissions/${id}/uploads`, {
      name: ["deich.jpg", "scan.pdf"],
      bytes: ["1000", "2000"],
    });
    expect(await answer.json()).toMatchObject({
      files: [
        { name: "deich.jpg", form: { url: "/upload", fields: { "Content-Type": "image/jpeg" } } },
        { name: "scan.pdf", problem: expect.stringContaining("scan.pdf") },
      ],
    });
  });

  it("takes a file away again, and says so", async () => {
    await begin(words);
    await bring("deich.jpg", "kein Bild", await pageOf());
    const html = await pageOf();
    const [file] = (await listFiles(house.cloud, publication, id)).filter(({ name }) => name === "deich.jpg");
    expect(html).toContain(`value="${file?.etag}"`);
    const answer = await author.post(`/submissions/${id}/removals`, { name: "deich.jpg", etag: file?.etag ?? "" });
    expect(answer.headers.get("location")).toBe(`/${publication}/submissions/${id}?done=removed`);
    const gone = await author.post(`/submissions/${id}/removals`, { name: "deich.jpg", etag: file?.etag ?? "" });
    expect(gone.status).toBe(409);
    expect(await gone.text()).toContain("deich.jpg");
  });
});

describe("what is missing of the pictures", () => {
  beforeEach(async () => {
    await begin(words);
    const folder = `submissions/${publication}/${id}/`;
    await house.cloud.files.write(`${folder}deich.jpg`, await aPhoto(), { type: "image/jpeg" });
    await workUntilQuiet(house.cloud);
  });
  const fields = { "p0-name": "deich.jpg", "p0-alt": "Ein Deich", "p0-credit": "privat", "p0-caption": "Am Wehr" };

  it("is filled in right there, and is asked for no more", async () => {
    const html = await pageOf();
    expect(html).toContain("Was zu den Bildern noch fehlt");
    expect(html).toMatch(/src="\/pictures\/[^"]+\.jpg"/);
    const answer = await author.post(`/submissions/${id}/pictures`, { revision: fieldIn(html, "revision"), ...fields });
    expect(answer.headers.get("location")).toBe(`/${publication}/submissions/${id}?done=pictures-saved`);
    const after = await pageOf();
    expect(after).not.toContain("Was zu den Bildern noch fehlt");
    for (const said of ["Ein Deich", "privat", "Am Wehr"]) expect(after).toContain(`<dd>${said}</dd>`);
  });

  it("keeps what was typed where somebody else was quicker", async () => {
    const revision = fieldIn(await pageOf(), "revision");
    const editor = await house.as("editor");
    await editor.post(`/submissions/${id}/pictures`, { revision, ...fields });
    const second = await author.post(`/submissions/${id}/pictures`, {
      revision,
      ...fields,
      "p0-alt": "Der <Deich> bei Flut",
    });
    expect(second.status).toBe(409);
    const html = await second.text();
    expect(html).toContain("Der &lt;Deich&gt; bei Flut");
    expect(html).toContain("Inzwischen steht hier: Ein Deich");
  });
});

describe("photos the text does not name", () => {
  const unnamed = "# Der Deich hält\n\nEr ist einen Meter höher.\n\n## Am Wehr\n\nAuch dort.\n";
  const folder = `submissions/${publication}/${id}/`;
  beforeEach(async () => {
    await begin(unnamed);
    for (const name of ["IMG_4711.jpg", "IMG_4712.jpg"])
      await house.cloud.files.write(folder + name, await aPhoto(), { type: "image/jpeg" });
    await workUntilQuiet(house.cloud);
  });
  const first = { "p0-name": "IMG_4711.jpg", "p0-alt": "Ein Deich", "p0-credit": "privat", "p0-caption": "Am Wehr" };
  const post = async (fields: Readonly<Record<string, string>>) =>
    author.post(`/submissions/${id}/pictures`, { revision: fieldIn(await pageOf(), "revision"), ...fields });
  const standing = () => readArticle(house.cloud, publication, id);

  it("are given a place right there, with the words beside them, and are said to lack one no more", async () => {
    const html = await pageOf();
    for (const shown of ["ganz oben, als Aufmacher", "unter „Am Wehr“", "ans Ende", "noch nirgends"])
      expect(html).toContain(shown);
    expect(html).toContain("nennt der Text nirgends");
    const second = { "p1-name": "IMG_4712.jpg", "p1-place": "heading-0", "p1-alt": "Ein Wehr", "p1-credit": "privat" };
    const answer = await post({ ...first, "p0-place": "start", ...second, "p1-caption": "Auch dort" });
    expect(answer.headers.get("location")).toBe(`/${publication}/submissions/${id}?done=pictures-saved`);
    const { hero, blocks } = (await standing()) ?? expect.unreachable();
    expect(hero).toMatchObject({ name: "IMG_4711.jpg", alt: "Ein Deich", credit: "privat" });
    expect(blocks[2]).toMatchObject({ type: "figure", picture: { name: "IMG_4712.jpg", alt: "Ein Wehr" } });
    const after = await pageOf();
    for (const gone of ["nennt der Text nirgends", "Wohin damit?"]) expect(after).not.toContain(gone);
  });

  it("stay where they are as long as nobody says where to, and lose no word that was typed", async () => {
    expect((await post({ "p0-name": "IMG_4711.jpg", "p0-place": "" })).status).toBe(303);
    expect((await standing())?.hero).toBeNull();
    const answer = await post({ ...first, "p0-place": "" });
    const html = await answer.text();
    expect([answer.status, html.includes("aber kein Platz"), html.includes(">\nEin Deich</textarea>")]).toEqual([
      ...[409, true, true],
    ]);
    expect((await post({ "p0-name": "IMG_4711.jpg", "p0-place": "heading-9" })).status).toBe(409);
    expect((await standing())?.revision).toBe(1);
  });

  it("are not both the portrait of one author: the second is asked for its place, and nothing is saved", async () => {
    await begin(`---\ntitel: Der Deich hält\nautoren:\n  - name: Anna Beispiel\n---\n\nEr hält.\n`);
    const other = `${id}-2`;
    for (const name of ["a.jpg", "b.jpg"])
      await house.cloud.files.write(`submissions/${publication}/${other}/${name}`, await aPhoto(), {
        type: "image/jpeg",
      });
    await workUntilQuiet(house.cloud);
    const both = { "p0-name": "a.jpg", "p0-place": "portrait-0", "p1-name": "b.jpg", "p1-place": "portrait-0" };
    const answer = await author.post(`/submissions/${other}/pictures`, { revision: "1", ...both, "p1-alt": "Anna" });
    const html = await answer.text();
    expect([
      answer.status,
      html.includes("Zu b.jpg steht hier schon etwas"),
      html.includes(">\nAnna</textarea>"),
    ]).toEqual([409, true, true]);
    expect((await readArticle(house.cloud, publication, other))?.revision).toBe(1);
  });

  it("are placed on the article's page too, by whoever edits it", async () => {
    const editor = await house.as("editor");
    const page = `/articles/${id}`;
    expect(await (await editor.get(page, german)).text()).toContain("Wohin damit?");
    await editor.post(`${page}/pictures`, { revision: "1", ...first, "p0-place": "end" });
    expect((await standing())?.blocks.at(-1)).toMatchObject({ type: "figure", picture: { name: "IMG_4711.jpg" } });
    expect((await (await editor.get(page, german)).text()).match(/nennt der Text nirgends/g)).toHaveLength(1);
  });
});

describe("an author's first page", () => {
  it("says what their submissions ask of them, and what became of those that ask for nothing", async () => {
    const start = async () => (await author.get("/", german)).text();
    expect(await start()).not.toContain("/submissions/2026");
    await begin(words);
    await workUntilQuiet(house.cloud);
    expect(await start()).toContain(`href="/${publication}/submissions/${id}"`);
    expect(await start()).toContain("unvollständig");
    const [standing] = await listFiles(house.cloud, publication, id);
    await author.post(`/submissions/${id}/text`, { seen: standing?.etag ?? "", text: words.replace(/!.*\n/, "") });
    await workUntilQuiet(house.cloud);
    expect(await start()).not.toContain("unvollständig");
    expect(await start()).toContain("eingereicht");
  });
});

describe("whose it is", () => {
  it("an author finds theirs in the list and nobody else's, in words of their own", async () => {
    await begin(words.replace(/!.*\n/, ""));
    await workUntilQuiet(house.cloud);
    const other = await house.as("author");
    expect(await (await other.get("/submissions", german)).text()).toContain("Hier liegt noch nichts.");
    expect(await (await author.get("/submissions", german)).text()).toContain(
      `href="/${publication}/submissions/${id}"`,
    );
    expect(await (await other.get("/submissions", german)).text()).not.toContain(id);
    expect((await other.get(`/submissions/${id}`)).status).toBe(403);
    for (const path of ["text", "uploads", "removals"])
      expect((await other.post(`/submissions/${id}/${path}`, { text: "x", name: "a.md" })).status).toBe(403);
    expect((await author.get("/submissions/nie")).status).toBe(404);
  });

  it("an editor sees all, by state and by author, with the reason where one was refused", async () => {
    const editor = await house.as("editor");
    await begin();
    await bring("scan.pdf", "%PDF-", await pageOf());
    await workUntilQuiet(house.cloud);
    const all = await (await editor.get("/submissions?state=refused", german)).text();
    expect(all).toContain(author.person.name);
    expect(all).toContain("scan.pdf");
    expect(await (await editor.get("/submissions?state=ingested", german)).text()).toContain(
      "Dazu wurde nichts gefunden.",
    );
    expect(await (await editor.get(`/submissions?by=${author.person.id}`, german)).text()).toContain(id);
    expect(await (await editor.get(`/submissions?by=${editor.person.id}`, german)).text()).not.toContain(`${id}"`);
  });

  it("lists are paged", async () => {
    for (let number = 0; number < 41; number += 1) await begin();
    const first = await (await author.get("/submissions", german)).text();
    const [, older = ""] = /href="([^"]*after&#x3D;[^"]*)"/.exec(first) ?? [];
    expect(first.match(/class="main"/g)).toHaveLength(40);
    const second = await (
      await author.get(older.replace(`/${publication}`, "").replaceAll("&amp;", "&").replaceAll("&#x3D;", "="), german)
    ).text();
    expect(second.match(/class="main"/g)).toHaveLength(1);
  });
});
