import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import type { EditionFile } from "../../../core/edition/edition.ts";
import { judgeFiles, judgePlan } from "../../../core/edition/gate.ts";
import { slot } from "../../../core/edition/slots.ts";
import { refusalSentence } from "../../../core/words.ts";
import { house } from "../../../functions/house.ts";
import { anArticle, anIssue, aPicture, aPublication, heading, paragraph, people, t } from "../../people-and-papers.ts";

function judge(given: Partial<Article>, publication = aPublication()) {
  const article = anArticle(given);
  const issue = anIssue({
    lead: undefined,
    editorial: undefined,
    sections: [{ name: "Aus den Kommunen", articles: [article.id] }],
  });
  return judgePlan({ publication, issue, articles: new Map([[article.id, article]]), house: house() });
}
const codes = (found: readonly { code: string }[]): string[] => found.map(({ code }) => code);
const sentences = (given: Partial<Article>): string[] =>
  judge(given).refusals.map((refusal) => refusalSentence("de", refusal));

describe("the gate, before anything is rendered", () => {
  it("lets a sound article pass", () => {
    expect(judge({ hero: aPicture("rathaus.jpg"), authors: [people.joerdis] })).toEqual({ refusals: [], notes: [] });
  });

  it("refuses a picture without description and says what to do", () => {
    expect(sentences({ hero: aPicture("rathaus.jpg", { alt: null }) })).toEqual([
      "Das Bild rathaus.jpg in „Ein Schalter, der zuhört“ hat keinen Alternativtext für Menschen, die es nicht sehen. Bitte sagen Sie in einem Satz, was zu sehen ist, oder kennzeichnen Sie es als Schmuck.",
    ]);
  });

  it("refuses a picture without credit, however deep it lies", () => {
    const figure = { type: "figure", picture: aPicture("markt.jpg", { credit: null }) } as const;
    expect(codes(judge({ blocks: [{ type: "infobox", title: t("Zahlen"), blocks: [figure] }] }).refusals)).toEqual([
      "no-credit",
    ]);
  });

  it("asks nothing of a picture that has not come, but says so", () => {
    const verdict = judge({ hero: aPicture("bild-1", { alt: null, credit: null }) });
    expect([codes(verdict.refusals), codes(verdict.notes)]).toEqual([[], ["awaited-picture"]]);
  });

  it("takes decorative pictures and portraits without words of their own", () => {
    const portrait = aPicture("muehlbach.jpg", { alt: null, credit: "privat" });
    const authors = [{ name: "Jördis Mühlbach", roleAtTime: "", portrait }];
    expect(codes(judge({ authors, hero: aPicture("rathaus.jpg", { alt: "" }) }).refusals)).toEqual([]);
  });

  it.each(["XXX", "XX.XX.2026", "Lorem ipsum dolor", "TODO Zahl prüfen", "Es kamen ??? Gäste", "[Name]"])(
    "refuses an unfilled place: %s",
    (place) => {
      expect(codes(judge({ blocks: [paragraph(`Am Abend: ${place}.`)] }).refusals)).toEqual(["unfilled-place"]);
    },
  );

  it.each([
    "{{name}}",
    "{Platz}",
    "Todor Petkow",
    "Ludwig XX",
    "Was? Wirklich??",
    "XXL",
    "Todo-Liste",
    "Die drei ???",
    "Kapitel XXX",
    "Wirklich???",
  ])("takes ordinary text for what it is: %s", (text) => {
    expect(judge({ blocks: [paragraph(text)] }).refusals).toEqual([]);
  });

  it("refuses one in whatever readers see or hear of an article", () => {
    const hero = { ...aPicture("markt.jpg", { alt: "XXX" }), credit: "TODO", caption: t("Am [Ort]") };
    const authors = [{ name: "Jördis Mühlbach", roleAtTime: "???", portrait: null }];
    const { refusals } = judge({ hero, authors, kicker: "XXX.", notes: [t("lorem ipsum")] });
    expect(refusals.map(({ details }) => details.place).sort()).toEqual(["???", "TODO", "XXX", "[Ort]", "lorem ipsum"]);
  });

  it("refuses a heading that skips a level", () => {
    expect(codes(judge({ blocks: [heading("Zwei", 2), heading("Vier", 4)] }).refusals)).toEqual(["heading-jump"]);
    expect(codes(judge({ blocks: [heading("Zwei", 2), heading("Drei", 3), heading("Zwei", 2)] }).refusals)).toEqual([]);
  });

  it("refuses a link nobody can hear", () => {
    const content = [{ type: "link", url: "https://example.org", content: t(" ") }] as const;
    expect(codes(judge({ blocks: [{ type: "paragraph", content }] }).refusals)).toEqual(["empty-link"]);
  });

  it("notes unencrypted links and long titles", () => {
    const content = [{ type: "link", url: "http://example.org", content: t("Karte") }] as const;
    expect(codes(judge({ title: "Wort ".repeat(20).trim(), blocks: [{ type: "paragraph", content }] }).notes)).toEqual([
      "long-title",
      "insecure-link",
    ]);
  });

  it("refuses a publication without imprint or responsible person, and lets a proof printing pass", () => {
    const bare = { ...aPublication(), imprint: " ", responsiblePerson: " " };
    expect(codes(judge({}, bare).refusals)).toEqual(["no-imprint", "no-responsible-person"]);
    expect(codes(judge({}, { ...bare, proofPrinting: true }).refusals)).toEqual([]);
  });

  it("refuses what the plan names and the library lacks", () => {
    const sections = [{ name: "Recht", articles: ["fehlt"] }];
    const issue = anIssue({ lead: undefined, editorial: undefined, sections });
    const { refusals } = judgePlan({ publication: aPublication(), issue, articles: new Map(), house: house() });
    expect(codes(refusals)).toEqual(["no-article"]);
  });

  it("refuses colours too weak to read", () => {
    const { palette } = house();
    const pale = { ...house(), palette: { ...palette, light: { ...palette.light, muted: "#AAAAAA" } } };
    const article = anArticle();
    const issue = anIssue({
      lead: undefined,
      editorial: undefined,
      sections: [{ name: "Recht", articles: [article.id] }],
    });
    const { refusals } = judgePlan({
      publication: aPublication(),
      issue,
      articles: new Map([[article.id, article]]),
      house: pale,
    });
    expect(new Set(codes(refusals))).toEqual(new Set(["weak-contrast"]));
  });
});

const html = (body: string, attributes = 'lang="de" dir="ltr"'): EditionFile => ({
  path: "web/seite.html",
  type: "text/html; charset=utf-8",
  body: `<!doctype html><html ${attributes}><head><title>Ausgabe</title></head><body>${body}</body></html>`,
});

describe("the gate, over what was rendered", () => {
  it.each([
    ['<a href="">hier</a>', "empty-link"],
    ['<a href="#">hier</a>', "empty-link"],
    ['<a href="/x"> </a>', "empty-link"],
    ['<img src="a.jpg">', "page-lacks"],
    ["<h1>A</h1><h3>B</h3>", "heading-jump"],
  ])("refuses %s", (body, code) => {
    expect(codes(judgeFiles([html(body)], 0).refusals)).toEqual([code]);
  });

  it("takes a link by its picture's words or its label", () => {
    expect(
      judgeFiles([html('<a href="/x"><img src="a.jpg" alt="Karte"></a><a href="#oben" aria-label="Nach oben"></a>')], 0)
        .refusals,
    ).toEqual([]);
  });

  it("refuses pages without language, direction and title", () => {
    const bare = { ...html(""), body: "<!doctype html><html><body></body></html>" };
    expect(judgeFiles([bare], 0).refusals.map(({ details }) => details.what)).toEqual(["lang", "dir", "title"]);
  });

  it("refuses a letter nobody could leave by", () => {
    const text = { path: "email.txt", type: "text/plain", body: `Guten Tag ${slot("preferencesUrl")}` };
    expect(judgeFiles([text], 0).refusals.map(({ code, details }) => [code, details.slot])).toEqual([
      ["slot-missing", "leaveUrl"],
    ]);
  });

  it("refuses more than 90,000 bytes", () => {
    expect(codes(judgeFiles([], 90_001).refusals)).toEqual(["too-many-bytes"]);
    expect(codes(judgeFiles([], 90_000).refusals)).toEqual([]);
  });
});
