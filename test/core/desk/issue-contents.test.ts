import { describe, expect, it } from "vitest";
import { editorialLine, readTarget, sectionLines, target } from "../../../core/desk/issue-contents.ts";
import { lackingWords, lacksOf } from "../../../core/desk/lacking.ts";
import { draft } from "../../../core/issue/draft.ts";
import type { Issue, IssuePlan } from "../../../core/issue/issue.ts";
import { anArticle, anIssue, aPicture, byId, people, t } from "../../people-and-papers.ts";

const issueOf = (given: Partial<IssuePlan>): Issue => draft(anIssue(given));
const articles = byId(["Deich", "Wind", "Urteil"].map((title) => anArticle({ title, authors: [people.joerdis] })));
const sections = [
  { name: "Umland", articles: ["deich", "wind"] },
  { name: "Recht", articles: ["urteil"] },
  { name: "Termine", articles: [] },
];

describe("what stands in an issue", () => {
  it("knows of each article where up and down lead, across sections too", () => {
    const lines = sectionLines(issueOf({ sections }), articles, "de").flatMap((section) => section.articles);
    expect(lines.map(({ id, up, down }) => [id, up, down])).toEqual([
      ["deich", null, target(["Umland", null])],
      ["wind", target(["Umland", "deich"]), target(["Recht", "urteil"])],
      ["urteil", target(["Umland", null]), target(["Termine", null])],
    ]);
  });

  it("knows of each section what it would stand above", () => {
    const ways = sectionLines(issueOf({ sections }), articles, "de").map(({ up, down }) => [up, down]);
    expect(ways).toEqual([
      [null, target(["Termine"])],
      [target(["Umland"]), target([null])],
      [target(["Recht"]), null],
    ]);
  });

  it("says what an article is: lead by place or by choice, editorial in a section or apart", () => {
    const rolesOf = (given: Partial<IssuePlan>): string[][] =>
      sectionLines(issueOf({ sections, ...given }), articles, "de").flatMap((one) =>
        one.articles.map(({ roles }) => [...roles]),
      );
    expect(rolesOf({})).toEqual([["Leitartikel"], [], []]);
    expect(rolesOf({ lead: "wind", editorial: "urteil" })).toEqual([[], ["Leitartikel"], ["Editorial"]]);
    expect(editorialLine(issueOf({ sections, editorial: "urteil" }), articles, "de")).toBeNull();
    expect(editorialLine(issueOf({ sections, editorial: "fort" }), articles, "de")).toMatchObject({
      id: "fort",
      roles: [],
    });
  });

  it.each(["", "Umland", "{}", "[]", "[1]", '["a","b","c"]', "null", '{"0":"a"}'])(
    "takes no place no button of ours carries: %s",
    (carried) => {
      expect(readTarget(carried)).toBeUndefined();
    },
  );

  it("takes every place a button carries, whatever a section is called", () => {
    for (const place of [['Recht "kurz" & [bündig]', null], ["|", "a"], [null]])
      expect(readTarget(target(place))).toEqual(place);
  });
});

describe("what an article lacks", () => {
  const report = { authors: [people.joerdis], lead: t("Er hält.") };
  it("is nothing where everything is there, and says what stops a build first", () => {
    const caption = t("Der Deich");
    expect(lacksOf(anArticle({ ...report, hero: aPicture("deich.jpg", { caption }) }), {})).toEqual([]);
    const poor = anArticle({ hero: aPicture("deich.jpg", { alt: null, credit: null }) });
    expect(lackingWords(lacksOf(poor, {}), "de")).toBe(
      "Alternativtext, Bildnachweis, Bildunterschrift, Autorin oder Autor und Anreißer oder Vorspann",
    );
  });

  it("counts a teaser of the issue, and neither portraits nor decorations without words", () => {
    const article = anArticle({ authors: [people.joerdis], hero: aPicture("zier.jpg", { alt: "" }) });
    expect(lacksOf(article, { teasers: { [article.id]: "Zwei Sätze." } })).toEqual([]);
    expect(lacksOf(article, {})).toEqual(["teaser"]);
  });

  it("names a picture that has not come, and a date without its day", () => {
    expect(lacksOf(anArticle({ ...report, hero: aPicture("bild-1") }), {})).toEqual(["picture"]);
    expect(lacksOf(anArticle({ kind: "date" }), {})).toEqual(["day"]);
  });
});
