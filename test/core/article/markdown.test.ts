import { describe, expect, it } from "vitest";
import { articleTextSchema, type Block } from "../../../core/article/article.ts";
import { printMarkdown, readMarkdown } from "../../../core/article/markdown.ts";
import { tidy } from "../../../core/article/tidy.ts";
import fc from "../../lots.ts";
import { anyArticle } from "./any-article.ts";

describe("canonical Markdown", () => {
  it("reads back every article it prints", () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        articleTextSchema.parse(article);
        expect(tidy(article)).toEqual(article);
        expect(readMarkdown(printMarkdown(article))).toEqual(article);
      }),
      { numRuns: Number(process.env.RUNS ?? 200) },
    );
  });
});

describe("canonical Markdown, where it was once read wrongly", () => {
  it("keeps a separator in the second of two lists", () => {
    const item = (blocks: Block[]): Block => ({ type: "list", ordered: false, start: 1, items: [blocks] });
    const article = {
      ...readMarkdown("---\ntitel: Gut\n---\n\nText"),
      blocks: [item([]), item([{ type: "separator" }])],
    };
    expect(readMarkdown(printMarkdown(article))).toEqual(article);
  });
});

describe("Markdown as authors write it", () => {
  const body = (markdown: string) => readMarkdown(`---\ntitel: Gut\n---\n\n${markdown}`).blocks;

  it("takes German and English keys", () => {
    const german = readMarkdown(
      "---\nTitel: Gut\nDachzeile: Recht\nArt: Urteil\nAutorin: Jana Krahl, Richterin\nMail: ganz\n---\n\nText",
    );
    const english = readMarkdown(
      "---\ntitle: Gut\nkicker: Recht\nkind: ruling\nauthor: Jana Krahl, Richterin\nmail: full\n---\n\nText",
    );
    expect(german).toEqual(english);
    expect(german).toMatchObject({
      kind: "judgement",
      mail: "full",
      authors: [{ name: "Jana Krahl", roleAtTime: "Richterin" }],
    });
  });

  it.each([
    ["{ name: Jana Krahl, portrait: krahl.jpg, foto: privat }", "privat"],
    ["{ name: Jana Krahl, foto: krahl.jpg }", null],
    ["{ name: Jana Krahl, portrait: { datei: krahl.jpg, foto: privat } }", "privat"],
    ["{ name: Jana Krahl, portrait: { datei: krahl.jpg, foto: privat }, foto: Stadt Rehefurt }", "privat"],
  ])("tells a portrait from the one who took it: %s", (author, credit) => {
    const { authors } = readMarkdown(`---\ntitel: Gut\nautor: ${author}\n---\n\nText`);
    expect(authors).toMatchObject([{ name: "Jana Krahl", portrait: { name: "krahl.jpg", credit } }]);
  });

  it("reads numbers and yes and no as the words they are", () => {
    expect(readMarkdown("---\ntitel: 0126\ndachzeile: no\nuntertitel: 1e3\n---\n\nText")).toMatchObject({
      title: "0126",
      kicker: "no",
      subtitle: "1e3",
    });
  });

  it.each(["2026-05-12", "12.5.2026", "12. Mai 2026"])("reads the day %s", (day) => {
    expect(readMarkdown(`---\ntitel: Fest\nart: Termin\ntag: ${day}\nort: Markt\n---\n\nText`).event).toEqual({
      day: "2026-05-12",
      until: null,
      place: "Markt",
    });
  });

  it("takes a picture with a line in italics for a figure with its caption", () => {
    expect(body("![Ein Steg](steg.jpg)\n*Der neue Steg. Foto: Jana Krahl*")).toEqual([
      {
        type: "figure",
        picture: {
          name: "steg.jpg",
          alt: "Ein Steg",
          caption: [{ type: "text", text: "Der neue Steg." }],
          credit: "Jana Krahl",
        },
      },
    ]);
  });

  it("numbers footnotes in the order they are named", () => {
    const text = readMarkdown("---\ntitel: Gut\n---\n\nErst[^b], dann[^a].\n\n[^a]: A\n[^b]: B\n");
    expect(text.notes).toEqual([[{ type: "text", text: "B" }], [{ type: "text", text: "A" }]]);
    expect(JSON.stringify(text.blocks)).toMatch(/"number":1.*"number":2/);
  });

  it("keeps indented lines and times of day as words", () => {
    expect(body("    Eingerückt um 10:30, Leser:innen[^1] lesen.\n\n[^1]: Ja")).toMatchObject([{ type: "paragraph" }]);
    expect(printMarkdown(readMarkdown("---\ntitel: Gut\n---\n\nLeser:innen um 10:30"))).toContain(
      "\nLeser:innen um 10:30\n",
    );
  });

  it("prints in the article's language", () => {
    const text = readMarkdown("---\ntitel: Gut\nsprache: en\n---\n\n:::infokasten[Kurz]\nText\n:::\n");
    expect(printMarkdown(text)).toContain(":::infobox[Kurz]");
  });
});
