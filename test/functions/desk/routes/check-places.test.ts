import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../../core/rights.ts";
import { draftIssue } from "../../../../functions/desk/issues.ts";
import { savePublication } from "../../../../functions/records/publications.ts";
import { link, table } from "../../../core/check/fixtures.ts";
import { anIssue, aPicture, aPublication, heading, paragraph } from "../../../people-and-papers.ts";
import { shelve } from "../an-issue.ts";
import { type ADesk, aDesk, publication, type Visitor } from "./a-desk.ts";

let house: ADesk;
let editor: Visitor;
beforeEach(async () => {
  house = await aDesk();
  editor = await house.as("editor", "admin");
  await savePublication(
    house.cloud,
    aPublication({
      ...{ imprint: "", responsiblePerson: "", accent: "#FFEE88", baseUrl: "http://elblandbote.example" },
      sender: { ...aPublication().sender, from: "post@anders.example", replyTo: "noreply@anders.example" },
    }),
  );
  await shelve(house.cloud, {
    title: "Der Deich an der Elbe",
    slug: "deich",
    authors: [],
    hero: aPicture("grüner deich.jpg", { alt: null, credit: null }),
    blocks: [
      heading("Zu tief", 4),
      paragraph("Es hat hat sich XXX gelohnt."),
      link("http://amt.example/?utm_source=x", "hier"),
      table(["", ""], 7),
      { type: "figure", picture: aPicture("ufer.jpg", { alt: "Bild", caption: [] }) },
    ],
  });
  const sections = [
    { name: "Recht & Finanzen", articles: ["deich"] },
    { name: "Leer", articles: [] },
    { name: "Fort", articles: ["verschollen"] },
  ];
  const said = { subject: "ACHTUNG! WICHTIGE NACHRICHT! LESEN!", preheader: "TODO", date: "2025-12-01" };
  await draftIssue(house.cloud, operator, anIssue({ number: 3, ...said, sections }));
});

const readAt = async (path: string): Promise<string> =>
  (await (await editor.get(path)).text()).replaceAll("&#x3D;", "=").replaceAll("&amp;", "&").replaceAll("&quot;", '"');
const waysFrom = (html: string): string[] =>
  [...html.matchAll(/<a href="([^"]+)"[^>]*>Zur Stelle/g)].map(([, url = ""]) => url.replace(`/${publication}`, ""));

describe("the way from a finding to its place", () => {
  it("ends at something that is there, for every finding", async () => {
    const ways = waysFrom(await readAt("/issues/2026-03/check"));
    expect(ways.length).toBeGreaterThan(20);
    for (const way of new Set(ways)) {
      const [path = "", anchor] = way.split("#");
      const answer = await editor.get(path);
      expect([way, answer.status]).toEqual([way, 200]);
      if (anchor === undefined) continue;
      const ids = [...(await answer.text()).matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) =>
        id.replaceAll("&amp;", "&"),
      );
      expect(
        ids.flatMap((id) => [id, encodeURIComponent(id)]),
        way,
      ).toContain(anchor);
    }
  });

  it("leads to the words, tells their line, and selects them", async () => {
    const html = await readAt("/articles/deich/words?check=2026-03&block=2&words=hat+hat#place");
    const [, from, to] = /data-from="(\d+)" data-to="(\d+)"/.exec(html) ?? [];
    const [, markdown = ""] = /<textarea id="words"[^>]*>\n([^<]*)<\/textarea>/.exec(html) ?? [];
    expect(markdown.slice(Number(from), Number(to))).toBe("hat hat");
    const line = markdown.slice(0, Number(from)).split("\n").length;
    expect(html).toContain(`Gemeint ist Zeile ${line}: „hat hat“`);
  });

  it("says so when the words are no longer there", async () => {
    const html = await readAt("/articles/deich/words?block=2&words=war+war");
    expect(html).toContain("„war war“ steht so nicht mehr darin");
    expect(html).not.toContain("data-from");
  });

  it("shows what an address says as words, whatever it says", async () => {
    const wicked = encodeURIComponent('"><script>alert(1)</script>');
    const html = await (await editor.get(`/articles/deich/words?check=${wicked}&words=${wicked}`)).text();
    expect(html).not.toContain("<script>alert");
  });

  it("leads back to the check once the place is mended", async () => {
    const path = "/articles/deich/words?check=2026-03&block=2&words=hat+hat";
    expect(await readAt(path)).toContain(
      `<a href="/${publication}/issues/2026-03/check">Zur Prüfung, Ausgabe 03|26</a>`,
    );
    await shelve(house.cloud, { title: "Wehr" });
    const markdown = "---\ntitel: Wehr\nart: bericht\n---\n\nEs hat sich gelohnt.\n";
    const saved = await editor.post("/articles/wehr/words", {
      check: "2026-03",
      revision: "1",
      version: "0",
      markdown,
    });
    expect(saved.headers.get("location")).toBe(`/${publication}/issues/2026-03/check?done=article-saved`);
    const fields = { check: "2026-03", revision: "2" };
    const described = await editor.post("/articles/wehr/pictures", fields);
    expect(described.headers.get("location")).toBe(`/${publication}/issues/2026-03/check?done=pictures-saved`);
  });

  it("leads nowhere else, whatever a form says", async () => {
    for (const [nth, check] of ["//evil.example", "2026-03/../..", "https://evil.example", ""].entries()) {
      await shelve(house.cloud, { title: "Wehr" }, `wehr-${nth}`);
      const saved = await editor.post(`/articles/wehr-${nth}/pictures`, { check, revision: "1" });
      expect(saved.headers.get("location")).toMatch(new RegExp(`^/${publication}/articles/wehr-${nth}\\?`));
    }
  });

  it("says who can change what an editor may not", async () => {
    editor = await house.as("editor");
    const html = await readAt("/issues/2026-03/check");
    expect(html).toContain("Das ändert, wer die Publikation verwaltet.");
    expect(waysFrom(html).filter((way) => way.startsWith("/settings"))).toEqual([]);
  });
});
