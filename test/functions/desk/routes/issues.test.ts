import { beforeEach, describe, expect, it } from "vitest";
import { target } from "../../../../core/desk/issue-contents.ts";
import { words } from "../../../../core/words.ts";
import { createIssue } from "../../../../functions/desk/new-issue.ts";
import { requireIssue, saveIssue } from "../../../../functions/records/issues.ts";
import { aPlannedIssue, shelve } from "../an-issue.ts";
import { type ADesk, aDesk, publication, type Visitor } from "./a-desk.ts";

const say = words("de").desk;
let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  house = await aDesk();
  await aPlannedIssue(house.cloud);
  editor = await house.as("editor");
});

const at = "/issues/2026-01";
const standing = () => requireIssue(house.cloud, publication, "2026-01");
const head = {
  ...{ "was-date": "2026-03-02", "was-dueAt": "", "was-theme": "Kleine Orte, große Wege", "was-intro": "" },
  ...{ "was-subject": "", "was-preheader": "", "was-topic": "" },
  ...{
    date: "2026-03-02",
    dueAt: "",
    theme: "Kleine Orte, große Wege",
    intro: "",
    subject: "",
    preheader: "",
    topic: "",
  },
};
/** What is read, without markup. */
const readIn = async (answer: Response): Promise<string> =>
  (await answer.text())
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");

describe("the list of issues", () => {
  it("shows the newest first, with theme, day and state, and proposes the next", async () => {
    await createIssue(house.cloud, editor.person, publication, {
      ...{ number: 2, year: 2026, date: "2026-04-06", theme: { title: "Wasser", intro: "" } },
    });
    const page = await editor.get("/issues");
    const html = await page.text();
    expect(html.indexOf("Ausgabe 02|26")).toBeLessThan(html.indexOf("Ausgabe 01|26"));
    expect(html).toContain("2.\u00A0März 2026");
    expect(html).toMatch(/name="number"[^>]*value="3"/);
  });

  it("begins an issue and leads to it", async () => {
    const answer = await editor.post("/issues", { number: "2", year: "2026", date: "2026-04-06", theme: "Wasser" });
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `/${publication}/issues/2026-02?done=issueBegun`,
    ]);
    expect(await readIn(await editor.get("/issues/2026-02?done=issueBegun"))).toContain(say.done.issueBegun);
  });

  it("says beside each field what is wrong, and keeps what was typed", async () => {
    const answer = await editor.post("/issues", { number: "viele", year: "26", date: "2026-02-30", theme: "Wasser" });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const sentence of [say.wrong.number, say.wrong.year, say.wrong.date]) expect(html).toContain(sentence);
    expect(html).toContain('value="viele"');
    expect(html).toContain('value="Wasser"');
    const taken = await editor.post("/issues", { number: "1", year: "2026", date: "2026-04-06", theme: "Wasser" });
    expect(await readIn(taken)).toContain("Eine Ausgabe 01|26 gibt es schon.");
  });

  it("is paged", async () => {
    for (let number = 2; number <= 43; number += 1)
      await createIssue(house.cloud, editor.person, publication, {
        ...{ number, year: 2026, date: "2026-04-06", theme: { title: `Thema ${number}`, intro: "" } },
      });
    const first = (await (await editor.get("/issues")).text()).replaceAll("&#x3D;", "=");
    expect(first).not.toContain("Ausgabe 01|26");
    const older = /href="([^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(await (await editor.get(older.slice(`/${publication}`.length))).text()).toContain("Ausgabe 01|26");
  });
});

describe("Inhalt", () => {
  it("shows every section with its articles, what they lack and what they are", async () => {
    const page = await readIn(await editor.get(at));
    for (const words of ["Umland", "Recht & Finanzen", "Deich Leitartikel", "Jördis Mühlbach · 1 Minute"])
      expect(page).toContain(words);
    expect(page).toContain("Es fehlt: Alternativtext, Bildnachweis, Bildunterschrift und Anreißer oder Vorspann");
  });

  it("moves an article past its neighbour, into another section and out, by its buttons alone", async () => {
    const press = async (way: RegExp): Promise<string | null> => {
      const html = await (await editor.get(at)).text();
      const form = html.slice(html.indexOf('id="article-wind"'));
      const [, to = ""] = way.exec(form) ?? [];
      const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
      const fields: Record<string, string> =
        to === "1" ? { remove: "1" } : { to: to.replaceAll("&quot;", '"').replaceAll("&amp;", "&") };
      // A line is one form: what stands in its fields comes along, whatever is pressed.
      const beside = { teaser: "Noch nicht gesichert.", section: "Umland" };
      const answer = await editor.post(`${at}/articles`, { article: "wind", version, ...beside, ...fields });
      return answer.headers.get("location");
    };
    expect(await press(/value="([^"]*)" data-way="up"/)).toBe(`/${publication}${at}?done=saved#article-wind`);
    expect((await standing()).sections[0]?.articles).toEqual(["wind", "deich"]);
    await press(/value="([^"]*)" data-way="down"/);
    await press(/value="([^"]*)" data-way="down"/);
    expect((await standing()).sections.map(({ articles }) => articles)).toEqual([["deich"], ["wind", "urteil"]]);
    await press(/name="remove" value="(1)"/);
    expect((await standing()).sections[1]?.articles).toEqual(["urteil"]);
    expect(await standing()).not.toHaveProperty("teasers");
  });

  it("moves an article into a chosen section, and takes what was dropped", async () => {
    await editor.post(`${at}/articles`, { article: "deich", version: "1", section: "Recht & Finanzen" });
    await editor.post(`${at}/articles`, { article: "wind", version: "2", to: target(["Recht & Finanzen", "deich"]) });
    expect((await standing()).sections[1]?.articles).toEqual(["urteil", "wind", "deich"]);
  });

  it("adds, renames, moves and removes sections", async () => {
    await editor.post(`${at}/sections`, { section: "", name: "Termine", version: "1" });
    await editor.post(`${at}/sections`, { section: "Termine", to: target(["Umland"]), version: "2" });
    await editor.post(`${at}/sections`, { section: "Umland", name: "Aus dem Umland", version: "3" });
    await editor.post(`${at}/sections`, { section: "Recht & Finanzen", remove: "1", version: "4" });
    expect((await standing()).sections.map(({ name }) => name)).toEqual(["Termine", "Aus dem Umland"]);
    const unnamed = await editor.post(`${at}/sections`, { section: "", name: "", version: "5" });
    expect(await readIn(unnamed)).toContain(say.wrong.name);
  });

  it("says of a free article on which day it was changed last, by the publication's own clock", async () => {
    house.cloud.clock.advance({ hours: 15, minutes: 30 });
    await shelve(house.cloud, { title: "Kurz vor Mitternacht" }, "spaet");
    const late = await house.as("editor");
    expect(await readIn(await late.get(`${at}/articles?words=mitternacht`))).toContain("24. November 2026");
  });

  it("takes free articles in from the library, found by title or author, however they are spelled", async () => {
    expect(await readIn(await editor.get(`${at}/articles`))).toContain("Rufbus");
    const page = await readIn(await editor.get(`${at}/articles?words=serak&section=Umland`));
    expect([page.includes("Brücke"), page.includes("Rufbus"), page.includes("Wind")]).toEqual([true, false, false]);
    const answer = await editor.post(`${at}/articles`, {
      ...{ article: "bruecke", add: "1", section: "Umland", version: "1", back: "words=serak&section=" },
    });
    expect(answer.headers.get("location")).toBe(
      `/${publication}${at}/articles?words=serak&section=Umland&done=articleAdded`,
    );
    expect((await standing()).sections[0]?.articles).toEqual(["deich", "wind", "bruecke"]);
    await editor.post(`${at}/articles`, { article: "rufbus", add: "1", section: "", version: "2", back: "" });
    expect((await standing()).editorial).toBe("rufbus");
    expect(await readIn(await editor.get(at))).toContain("Rufbus Editorial");
  });

  it("chooses lead, editorial and cover picture", async () => {
    await editor.post(`${at}/choices`, { what: "lead", chosen: "wind", version: "1" });
    await editor.post(`${at}/choices`, { what: "cover", chosen: target(["deich", "deich.jpg"]), version: "2" });
    expect(await standing()).toMatchObject({ lead: "wind", cover: { article: "deich", picture: "deich.jpg" } });
    await editor.post(`${at}/choices`, { what: "lead", chosen: "", version: "3" });
    await editor.post(`${at}/choices`, { what: "cover", chosen: "", version: "4" });
    expect(await standing()).not.toHaveProperty("lead");
    expect(await standing()).not.toHaveProperty("cover");
  });

  it("writes teasers for this issue, and refuses one that is too long without losing it", async () => {
    await editor.post(`${at}/teasers`, {
      ...{ article: "wind", teaser: "Drei Räder\r\nim Tal.", section: "Umland", version: "1" },
    });
    expect((await standing()).teasers).toEqual({ wind: "Drei Räder im Tal." });
    const long = "Wort ".repeat(60).trim();
    const answer = await editor.post(`${at}/teasers`, { article: "wind", teaser: long, version: "2" });
    expect([answer.status, (await readIn(answer)).includes(long)]).toEqual([409, true]);
  });

  it("saves what the issue says of itself, and only what was changed", async () => {
    await editor.post(`${at}/head`, { ...head, version: "1", subject: "Wege", dueAt: "2026-02-16", theme: "Wasser" });
    expect(await standing()).toMatchObject({
      subject: "Wege",
      dueAt: "2026-02-16",
      theme: { title: "Wasser" },
      date: "2026-03-02",
    });
    const wrong = await editor.post(`${at}/head`, { ...head, version: "2", theme: "", date: "gestern" });
    expect(wrong.status).toBe(422);
    expect(await readIn(wrong)).toContain(say.wrong.date);
  });

  it("says before and after what a change costs", async () => {
    const draft = await standing();
    const built = { fingerprint: "f".repeat(64), builtBy: "jo", builtAt: "2026-11-23T08:00:00.000Z" };
    await saveIssue(house.cloud, { ...draft, ...built, status: "built" } as typeof draft);
    expect(await readIn(await editor.get(at))).toContain(say.issue.losesBuild);
    const answer = await editor.post(`${at}/head`, { ...head, version: "2", subject: "Wege" });
    expect(answer.headers.get("location")).toContain("done=planUnbuilt");
    const redrafted = await standing();
    const approval = { by: "jo", at: built.builtAt };
    await saveIssue(house.cloud, { ...redrafted, ...built, approval, status: "approved" } as typeof redrafted);
    expect(await readIn(await editor.get(at))).toContain(say.issue.losesApproval);
    const other = await editor.post(`${at}/head`, { ...head, version: "4", "was-subject": "Wege", subject: "Pfade" });
    expect(other.headers.get("location")).toContain("done=planUnapproved");
  });

  it("puts the day authors hand in off under an approval, and the approval stands", async () => {
    const built = { fingerprint: "f".repeat(64), builtBy: "jo", builtAt: "2026-11-23T08:00:00.000Z" };
    const approved = { ...(await standing()), ...built, approval: { by: "jo", at: built.builtAt }, status: "approved" };
    await saveIssue(house.cloud, approved as Awaited<ReturnType<typeof standing>>);
    const answer = await editor.post(`${at}/head`, { ...head, version: "2", dueAt: "2026-02-20" });
    expect(answer.headers.get("location")).toContain("done=saved");
    expect(await standing()).toMatchObject({ status: "approved", dueAt: "2026-02-20", version: 3 });
  });

  it("offers no change of an issue on its way", async () => {
    const draft = await standing();
    await saveIssue(house.cloud, {
      ...draft,
      status: "cancelled",
      cancelledAt: "2026-11-23T08:00:00.000Z",
      cancelledBy: "jo",
    });
    const page = await (await editor.get(at)).text();
    expect(page).toContain(say.issue.closed);
    expect(page.match(/<form/g)).toHaveLength(1); // the one to sign out
    expect((await editor.post(`${at}/head`, { ...head, version: "2", subject: "Wege" })).status).toBe(422);
  });

  it("gives the issue another number, unless it is taken", async () => {
    const wrong = await editor.post(`${at}/number`, { number: "4a", year: "2027", version: "1" });
    const html = await wrong.text();
    for (const part of [say.wrong.number, 'value="4a"', 'value="2027"']) expect(html).toContain(part);
    const answer = await editor.post(`${at}/number`, { number: "4", year: "2026", version: "1" });
    expect(answer.headers.get("location")).toBe(`/${publication}/issues/2026-04?done=saved`);
    expect((await editor.get(at)).status).toBe(404);
  });
});

describe("two editors at one issue", () => {
  it("both save different fields of one form", async () => {
    const other = await house.as("editor");
    await other.post(`${at}/head`, { ...head, version: "1", subject: "Wege" });
    expect((await editor.post(`${at}/head`, { ...head, version: "1", preheader: "Was wir gehen" })).status).toBe(303);
    expect(await standing()).toMatchObject({ subject: "Wege", preheader: "Was wir gehen" });
  });

  it("shows the second what the first wrote beside what they typed, and takes it when they insist", async () => {
    const other = await house.as("editor");
    await other.post(`${at}/head`, { ...head, version: "1", subject: "Wege", preheader: "Neu" });
    const answer = await editor.post(`${at}/head`, { ...head, version: "1", subject: "Pfade" });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(html).toContain(other.person.name);
    expect(html).toContain("Jetzt steht hier: Wege");
    expect(html).toMatch(/id="subject"[^>]*value="Pfade"/);
    expect(html).toMatch(/id="preheader"[^>]*value="Neu"/);
    expect(html).toMatch(/name="was-subject" value="Wege"/);
    await editor.post(`${at}/head`, {
      ...head,
      version: "2",
      "was-subject": "Wege",
      subject: "Pfade",
      "was-preheader": "Neu",
      preheader: "Neu",
    });
    expect(await standing()).toMatchObject({ subject: "Pfade", preheader: "Neu" });
  });

  it("tells the second what they wanted and what stands now, with the same form once more", async () => {
    const other = await house.as("editor");
    await other.post(`${at}/teasers`, { article: "wind", teaser: "Vom Ersten.", version: "1" });
    const answer = await editor.post(`${at}/teasers`, { article: "wind", teaser: "Vom Zweiten.", version: "1" });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    for (const words of ["Vom Ersten.", "Vom Zweiten.", say.issue.anyway]) expect(html).toContain(words);
    expect(html).toMatch(/name="version" value="2">\s*<input type="hidden" name="article" value="wind">/);
    await editor.post(`${at}/teasers`, { article: "wind", teaser: "Vom Zweiten.", version: "2" });
    expect((await standing()).teasers).toEqual({ wind: "Vom Zweiten." });
  });

  it.each([
    [
      "articles",
      { article: "wind", remove: "1" },
      "articles",
      { article: "wind", to: target(["Recht & Finanzen", null]) },
    ],
    ["sections", { section: "Umland", remove: "1" }, "articles", { article: "deich", section: "Recht & Finanzen" }],
    ["sections", { section: "Umland", remove: "1" }, "articles", { article: "bruecke", add: "1", section: "Umland" }],
    ["choices", { what: "lead", chosen: "wind" }, "choices", { what: "lead", chosen: "urteil" }],
    ["sections", { section: "", name: "Termine" }, "sections", { section: "", name: "Termine" }],
  ])("is told where %s %o came before %s %o", async (one, first, two, second) => {
    const other = await house.as("editor");
    expect((await other.post(`${at}/${one}`, { ...first, version: "1" })).status).toBe(303);
    const stood = await standing();
    const answer = await editor.post(`${at}/${two}`, { ...second, version: "1" });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('id="conflict"');
    expect(await standing()).toEqual(stood);
  });
});

describe("an author", () => {
  it("sees no issue and changes none", async () => {
    const author = await house.as("author");
    for (const path of ["/issues", at, `${at}/articles`]) expect((await author.get(path)).status).toBe(403);
    expect((await author.post(`${at}/head`, { ...head, version: "1", subject: "Wege" })).status).toBe(403);
  });
});
