import { describe, expect, it } from "vitest";
import type { Article, Block } from "../../../core/article/article.ts";
import { picturePlaces, putPictures, unnamedPictures } from "../../../core/article/put-pictures.ts";
import { anArticle, anImage, paragraph } from "../../people-and-papers.ts";

const heading = (text: string): Block => ({ type: "heading", level: 2, content: [{ type: "text", text }] });
const author = { name: "Almut Rêgnault", roleAtTime: "", portrait: null };
const came = (...names: string[]) => Object.fromEntries(names.map((name) => [name, anImage(name)]));
const article = anArticle({
  authors: [author],
  blocks: [paragraph("Davor."), heading("Am Wehr"), paragraph("Danach."), heading("Am Deich"), paragraph("Schluss.")],
  images: came("eins.jpg", "zwei.jpg"),
});
/** Where pictures stand, in reading order. */
const order = ({ hero, authors, blocks }: Pick<Article, "hero" | "authors" | "blocks">): string[] => [
  `opener ${hero?.name ?? "–"}`,
  ...authors.map(({ portrait }) => `portrait ${portrait?.name ?? "–"}`),
  ...blocks.map((block) => (block.type === "figure" ? block.picture.name : block.type)),
];

describe("pictures a text does not name", () => {
  it("are those that came and stand nowhere in it", () => {
    expect(unnamedPictures(article)).toEqual(["eins.jpg", "zwei.jpg"]);
    expect(unnamedPictures({ ...article, ...putPictures(article, [{ name: "zwei.jpg", place: "end" }]) })).toEqual([
      "eins.jpg",
    ]);
  });

  it("may open the article, stand below each heading, end it, or show an author", () => {
    expect(picturePlaces(article).map(({ is, of }) => `${is} ${of}`.trim())).toEqual([
      ...["opener", "heading Am Wehr", "heading Am Deich", "end", "portrait Almut Rêgnault"],
    ]);
    const opened = putPictures(article, [
      { name: "eins.jpg", place: "start" },
      { name: "zwei.jpg", place: "portrait-0" },
    ]);
    expect(picturePlaces(opened).map(({ is }) => is)).toEqual(["start", "heading", "heading", "end"]);
  });

  it("stand where they were put, and two at one place in their order", () => {
    const put = (...places: [string, string]) =>
      order(
        putPictures(
          article,
          places.map((place, index) => ({ name: ["eins.jpg", "zwei.jpg"][index] ?? "", place })),
        ),
      );
    const text = ["paragraph", "heading", "paragraph", "heading", "paragraph"];
    expect(put("start", "start")).toEqual(["opener eins.jpg", "portrait –", "zwei.jpg", ...text]);
    expect(put("heading-1", "heading-1")).toEqual([
      ...["opener –", "portrait –", ...text.slice(0, 4), "eins.jpg", "zwei.jpg", "paragraph"],
    ]);
    expect(put("end", "heading-0")).toEqual([
      ...["opener –", "portrait –", "paragraph", "heading", "zwei.jpg", ...text.slice(2), "eins.jpg"],
    ]);
    expect(put("portrait-0", "heading-7")).toEqual(["opener –", "portrait eins.jpg", ...text]);
  });

  it("leave what stands there already where it is", () => {
    const opened = putPictures(article, [{ name: "eins.jpg", place: "start" }]);
    expect(order(putPictures(opened, [{ name: "zwei.jpg", place: "start" }]))).toEqual([
      ...["opener eins.jpg", "portrait –", "zwei.jpg", "paragraph", "heading", "paragraph", "heading", "paragraph"],
    ]);
  });
});
