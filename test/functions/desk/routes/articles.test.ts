import { beforeEach, describe, expect, it, vi } from "vitest";
import { unamended } from "../../../../core/issue/amend.ts";
import type { Issue } from "../../../../core/issue/issue.ts";
import { draftIssue } from "../../../../functions/desk/issues.ts";
import { amendmentsChange } from "../../../../functions/records/amendments.ts";
import { listDrafts } from "../../../../functions/records/drafts.ts";
import { requireIssue, saveIssue } from "../../../../functions/records/issues.ts";
import { saveRevision } from "../../../../functions/records/revisions.ts";
import { anArticle, anIssue } from "../../../people-and-papers.ts";
import { card, handIn, manuscript, paper, place, standing, theArticle, words } from "../an-article.ts";
import { type ADesk, aDesk, type Visitor } from "./a-desk.ts";

let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  house = await aDesk();
  await theArticle(house.cloud);
  editor = await house.as("editor");
});
const text = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text();
const changed = async (passage: string, other: string) => (await words(house.cloud)).replace(passage, other);
const save = async (who: Visitor, passage: string, other: string, revision = 1) =>
  who.post("/articles/steg/words", { revision: String(revision), markdown: await changed(passage, other) });

async function shelve(count: number): Promise<void> {
  for (let nth = 1; nth <= count; nth += 1) {
    const made = anArticle({ title: `Beitrag ${nth}`, kind: nth % 2 ? "notice" : "report" });
    const { v: _, publication, id, slug: __, revision: ___, images, origin, ...rest } = made;
    house.cloud.clock.advance({ seconds: 1 });
    await saveRevision(house.cloud, undefined, { publication, id, text: rest, images, origin }, () => []);
  }
}
const titles = (html: string): string[] =>
  [...html.matchAll(/class="main"><a href="[^"]*">([^<]*)</g)].map(([, t]) => t ?? "");

describe("the library", () => {
  it("lists what was changed last, fifty a page, with its state and what is lacking", async () => {
    await shelve(51);
    const first = await text(editor.get("/articles"));
    expect(titles(first)).toHaveLength(50);
    expect(titles(first)[0]).toBe("Beitrag 51");
    expect(first).toContain("52 Beiträge");
    const [, older = ""] = /href="\/elblandbote([^"]*after&#x3D;[^"]*)"/.exec(first) ?? [];
    const second = await text(editor.get(older.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=")));
    expect(titles(second)).toEqual(["Beitrag 1", "Der Steg"]);
    expect(second).toContain("Es fehlt noch: Alternativtext, Bildnachweis, Bildunterschrift, Anreißer");
  });

  it("finds by words, author, kind, section, state and what is lacking", async () => {
    await shelve(4);
    await draftIssue(house.cloud, editor.person, anIssue({ sections: [{ name: "Orte", articles: ["beitrag-2"] }] }));
    const found = async (query: string) => titles(await text(editor.get(`/articles?${query}`)));
    expect(await found("q=BEITRAG+3")).toEqual(["Beitrag 3"]);
    expect(await found("author=krahl")).toEqual(["Der Steg"]);
    expect(await found("kind=notice")).toEqual(["Beitrag 3", "Beitrag 1"]);
    expect(await found("state=planned")).toEqual(["Beitrag 2"]);
    expect(await found("section=Orte")).toEqual(["Beitrag 2"]);
    expect(await found("section=Andere")).toEqual([]);
    expect(await text(editor.get("/articles"))).toContain('<option value="Orte">Orte</option>');
    expect(await found("lacking=yes&state=free&kind=report")).toEqual(["Beitrag 4", "Der Steg"]);
    expect(await text(editor.get("/articles?q=nirgends"))).toContain("Kein Beitrag passt");
    expect(await found("state=__proto__&kind=x&after=%F0%9F%92%A3&seen=-3")).toHaveLength(5);
  });

  it("is the editors'", async () => {
    expect((await (await house.as("author")).get("/articles")).status).toBe(403);
  });
});

describe("an article's page", () => {
  it("shows what it is, what it lacks, its pictures and its revisions", async () => {
    const html = await text(editor.get("/articles/steg"));
    for (const sentence of ["Der Steg", "Jana Krahl", "Es fehlt noch", "Alternativtext", "aus der Einreichung", "gilt"])
      expect(html).toContain(sentence);
    expect(html).toMatch(/<img src="\/pictures\/elblandbote\/[0-9a-f]{64}-480\.jpg"/);
  });

  it("is its author's, with less, and no other's", async () => {
    const author = await house.as("author");
    await handIn(house.cloud, { "text.md": manuscript("Er steht.") }, author.person.id);
    const html = await text(author.get("/articles/steg"));
    expect(html).toContain("Text bearbeiten");
    expect(html).not.toContain("Durchsicht");
    const other = await house.as("author");
    for (const path of ["", "/words", "/revisions", "/preview/web"])
      expect((await other.get(`/articles/steg${path}`)).status).toBe(403);
    expect((await other.post("/articles/steg/words", { revision: "1", markdown: "x" })).status).toBe(403);
  });

  it("is closed to its author once an issue with it is signed off, and says why", async () => {
    const author = await house.as("author");
    await handIn(house.cloud, { "text.md": manuscript("Er steht.") }, author.person.id);
    await draftIssue(house.cloud, editor.person, anIssue({ sections: [{ name: "Orte", articles: ["steg"] }] }));
    const issue = await requireIssue(house.cloud, paper, "2026-01");
    await saveIssue(house.cloud, { ...issue, status: "approved" } as Issue);
    const html = await text(author.get("/articles/steg"));
    expect(html).toContain("mit der Ausgabe 01|26 freigegeben");
    expect(html).not.toContain("Text bearbeiten");
    expect(await text(author.get("/articles/steg/words"))).toContain("nimmt jetzt nur noch die Redaktion vor");
    expect(await text(editor.get("/articles/steg"))).toContain("01|26: Kleine Orte");
  });

  it("answers for what is not there like for anything else", async () => {
    for (const path of ["/articles/nirgends", "/articles/steg/revisions?before=9", "/articles/steg/preview/fax"])
      expect([path, (await editor.get(path)).status >= 404]).toEqual([path, true]);
  });

  it.each(["web", "email"])("shows it as %s in a sandbox, with pictures the desk itself has", async (kind) => {
    const answer = await editor.get(`/articles/steg/preview/${kind}`);
    expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox;/);
    const html = await answer.text();
    expect(html).toContain("Der Steg");
    const [path = ""] = /\/pictures\/elblandbote\/[0-9a-f-]+[\w-]*\.(?:jpg|webp)/.exec(html) ?? [];
    const picture = await house.app.request(`https://redaktion.elbland.example${path}`);
    expect([picture.status, picture.headers.get("cross-origin-resource-policy")]).toEqual([200, "cross-origin"]);
  });

  it("hands out no file but pictures of the site", async () => {
    for (const path of ["elblandbote/..%2f..%2fsecrets.json", "elblandbote/index.html", "a%2fb/x.jpg"])
      expect((await house.app.request(`https://redaktion.elbland.example/pictures/${path}`)).status).toBe(404);
  });
});

describe("mending at the desk", () => {
  it("saves a new revision and says so", async () => {
    const answer = await save(editor, "Mai", "Juni");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/elblandbote/articles/steg?done=article-saved",
    ]);
    expect(await words(house.cloud)).toContain("seit Juni");
  });

  it("shows the second of two both texts, and loses neither", async () => {
    const second = await house.as("editor");
    const theirs = await changed("Mai", "Ostern");
    await save(editor, "Mai", "Juni");
    const answer = await second.post("/articles/steg/words", { revision: "1", markdown: theirs });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain("während Sie daran schrieben");
    expect(html).toContain("<del>Juni</del><ins>Ostern</ins>");
    expect(html).toContain('name="revision" value="2"');
    expect((await listDrafts(house.cloud, paper, "steg"))[0]).toMatchObject({ by: second.person.id, markdown: theirs });
    // Having seen both, they decide.
    await second.post("/articles/steg/words", { revision: "2", markdown: theirs });
    expect(await words(house.cloud)).toContain("seit Ostern");
    expect(await words(house.cloud, 2)).toContain("seit Juni");
    expect(await listDrafts(house.cloud, paper, "steg")).toEqual([]);
  });

  it("keeps what cannot be saved in the editor, with the reason", async () => {
    const markdown = "---\ntitel: [Der Steg\n---\n\nNeuer Text & <b>mehr</b>.";
    const answer = await editor.post("/articles/steg/words", { revision: "1", markdown });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("Neuer Text &amp; &lt;b&gt;mehr&lt;/b&gt;.");
    expect(html).toContain("So lässt sich der Text nicht speichern");
  });

  it("keeps what is typed by script, and gives it back the next time", async () => {
    const body = { revision: "1", version: "0", markdown: "Halb fert" };
    const answer = await house.app.request("https://redaktion.elbland.example/elblandbote/articles/steg/draft", {
      method: "POST",
      body: new URLSearchParams({ ...body, token: editor.token }),
      headers: { cookie: editor.cookie, "sec-fetch-site": "same-origin", accept: "application/json" },
    });
    expect(await answer.json()).toMatchObject({ version: 1 });
    expect(await text(editor.get("/articles/steg/words"))).toContain("\nHalb fert</textarea>");
    const other = await house.as("editor");
    expect(await text(other.get("/articles/steg"))).toContain(
      `${editor.person.name} hat hier ungespeicherte Änderungen`,
    );
    await editor.post("/articles/steg/draft", { choice: "drop" });
    expect(await text(editor.get("/articles/steg/words"))).toContain("Er steht seit Mai.");
  });

  it("tells a second window of the same person instead of writing over the first", async () => {
    const keep = (markdown: string) => editor.post("/articles/steg/draft", { revision: "1", version: "0", markdown });
    expect((await keep("Hier")).status).toBe(303);
    const late = await keep("Dort");
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining("In einem anderen Fenster")]);
  });

  it("says what came up while saving", async () => {
    const answer = await save(editor, "Er steht", "[Er](javascript:steht) stand");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Gespeichert. Dabei fiel auf:");
    expect((await card(house.cloud)).revision).toBe(2);
  });
});

describe("pictures at the desk", () => {
  const fields = { "p0-name": "steg.jpg", "p0-alt": "Ein Steg am See", "p0-credit": "Jana Krahl", "p0-caption": "Neu" };

  it("get their words from a form", async () => {
    await editor.post("/articles/steg/pictures", { revision: "1", ...fields, "p0-x": "80", "p0-y": "30" });
    expect((await standing(house.cloud)).hero).toMatchObject({
      ...{ alt: "Ein Steg am See", credit: "Jana Krahl", focus: { x: 80, y: 30 } },
    });
    const adorns = { "p0-name": "steg.jpg", "p0-alt": "", "p0-asks": "decorative", "p0-decorative": "yes" };
    await editor.post("/articles/steg/pictures", { revision: "2", ...adorns });
    expect((await standing(house.cloud)).hero?.alt).toBe("");
  });

  it("keep both where two describe one at once", async () => {
    const second = await house.as("editor");
    await editor.post("/articles/steg/pictures", { revision: "1", ...fields });
    const answer = await second.post("/articles/steg/pictures", { revision: "1", ...fields, "p0-credit": "privat" });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain('value="privat"');
    expect(html).toContain("Jetzt steht dort: Jana Krahl");
  });
});

describe("revisions at the desk", () => {
  it("are compared word by word, and an earlier one comes back", async () => {
    await save(editor, "Mai", "Juni");
    const html = await text(editor.get("/articles/steg/revisions?before=1&after=2"));
    expect(html).toContain("<del>Mai</del><ins>Juni</ins>");
    expect(html).toContain("Fassung 1 wiederherstellen");
    const answer = await editor.post("/articles/steg/restoration", { seen: "2", revision: "1" });
    expect(answer.headers.get("location")).toContain("done=revision-restored");
    expect(await words(house.cloud)).toContain("seit Mai");
  });

  it("that came after a mending wait for a decision", async () => {
    await save(editor, "Mai", "Juni");
    await handIn(house.cloud, { "text.md": manuscript("Er wackelt.") });
    const html = await text(editor.get("/articles/steg"));
    expect(html).toContain("Eine neue Fassung liegt bereit");
    expect(html).toContain("before&#x3D;2&amp;after&#x3D;3");
    expect(titles(await text(editor.get("/articles")))).toEqual(["Der Steg"]);
    expect(await text(editor.get("/articles"))).toContain("neue Fassung eingereicht");
    const offer = { seen: "2", revision: "3" };
    await editor.post("/articles/steg/offer", { ...offer, choice: "take" });
    expect(await words(house.cloud)).toContain("Er wackelt.");
    expect((await editor.post("/articles/steg/offer", { ...offer, choice: "refuse" })).status).toBe(422);
  });
});

it("keeps an article's address whatever its name", async () => {
  const { publication } = place;
  const { v: _, id: __, slug: ___, revision: ____, images, origin, publication: _____, ...rest } = anArticle();
  const id = "Über uns 1.2";
  await saveRevision(house.cloud, undefined, { publication, id, text: rest, images, origin }, () => []);
  const html = await text(editor.get("/articles"));
  expect(html).toContain(`/articles/${encodeURIComponent(id)}"`);
  expect((await editor.get(`/articles/${encodeURIComponent(id)}`)).status).toBe(200);
});

it("says of an article that was withdrawn that it is, in the list and on its page", async () => {
  await draftIssue(house.cloud, editor.person, anIssue({ sections: [{ name: "Orte", articles: ["steg"] }] }));
  const issue = await requireIssue(house.cloud, paper, "2026-01");
  await saveIssue(house.cloud, { ...issue, status: "sent" } as Issue);
  const withdrawals = [{ article: "steg", date: "2026-03-05", text: "Zurückgezogen." }];
  const amended = { ...unamended, version: 1, withdrawals };
  await house.cloud.table.write([amendmentsChange({ publication: paper, issue: "2026-01" }, amended)]);
  expect(titles(await text(editor.get("/articles?state=withdrawn")))).toEqual(["Der Steg"]);
  expect(await text(editor.get("/articles"))).toContain("zurückgezogen aus 01|26");
  expect(await text(editor.get("/articles/steg"))).toContain("auf der Webseite zurückgezogen");
});
