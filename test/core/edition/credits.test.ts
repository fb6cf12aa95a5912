import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import { creditsOf, creditsView } from "../../../core/edition/web/credits.ts";
import { anArticle, anAuthor, aPicture, t } from "../../people-and-papers.ts";

const listed = (articles: readonly Article[]) => creditsOf(articles, "de", ({ slug }) => `ausgaben/2026-01/${slug}/`);
const jana = (name: string, shows: string) => aPicture(name, { alt: shows, credit: "Jana Krahl" });

describe("the picture credits of an issue", () => {
  it("say who made what, portraits too, and lead to the article", () => {
    const article = anArticle({
      title: "Der Steg",
      slug: "der-steg",
      hero: aPicture("steg.jpg", { alt: "Ein Steg", caption: t("Der Steg im Frühnebel."), credit: "Jana Krahl" }),
      authors: [anAuthor("Thomas Śěrak", "", aPicture("serak.jpg", { alt: "", credit: "privat" }))],
      blocks: [{ type: "figure", picture: jana("boot.jpg", "Ein Boot am Ufer") }],
    });
    expect(listed([article])).toEqual([
      {
        ...{ title: "Der Steg", address: "ausgaben/2026-01/der-steg/", language: "" },
        makers: [
          { credit: "Jana Krahl", shows: ["Der Steg im Frühnebel", "Ein Boot am Ufer"] },
          { credit: "privat", shows: ["Porträt Thomas Śěrak"] },
        ],
      },
    ]);
  });

  it("name a picture once, where it comes first in the issue", () => {
    const first = anArticle({ title: "Eins", slug: "eins", hero: jana("steg.jpg", "Ein Steg") });
    const again = { ...first, title: "Zwei", slug: "zwei" };
    expect(listed([first, again]).map(({ title }) => title)).toEqual(["Eins"]);
  });

  it("leave out pictures that have not come, and say nothing of what only adorns", () => {
    const article = anArticle({
      title: "Eins",
      slug: "eins",
      hero: aPicture("linie.jpg", { alt: "", credit: "Amt" }),
      blocks: [{ type: "figure", picture: aPicture("bild-1", { credit: "Niemand" }) }],
    });
    expect(listed([article])[0]?.makers).toEqual([{ credit: "Amt", shows: [] }]);
  });

  it("speak an article's language where it is not the issue's", () => {
    const authors = [anAuthor("Ada Woods", "", aPicture("woods.jpg", { alt: "", credit: "Kim Lee" }))];
    const article = anArticle({ title: "The pier", slug: "the-pier", language: "en", authors });
    expect(listed([article])[0]).toMatchObject({ language: "en", makers: [{ shows: ["portrait of Ada Woods"] }] });
  });

  it("of covers from before they led anywhere are still shown", () => {
    expect(creditsView([{ title: "Eins", names: ["Amt", "privat"] }], (address) => address)).toEqual([
      {
        ...{ title: "Eins", language: null, url: null },
        makers: [
          { credit: "Amt", shows: "" },
          { credit: "privat", shows: "" },
        ],
      },
    ]);
  });
});
