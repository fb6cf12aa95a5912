import { describe, expect, it } from "vitest";
import type { Article } from "../../../core/article/article.ts";
import { printMarkdown, readSubmitted } from "../../../core/article/markdown.ts";
import { findPlace, readSought } from "../../../core/desk/words-place.ts";
import { anArticle, heading, paragraph } from "../../people-and-papers.ts";
import { link } from "../check/fixtures.ts";

const article = anArticle({
  blocks: [
    paragraph("Der der Rat tagt."),
    heading("Was kommt", 2),
    paragraph("Am Ende hat der der Rat entschieden."),
    link("https://amt.example/a_b?c=1&d=*", "hier"),
  ],
});
const select = (sought: Parameters<typeof findPlace>[2], markdown = printMarkdown(article), of: Article = article) => {
  const found = findPlace(markdown, of, sought);
  return found && markdown.slice(found.from, found.to);
};
const lineAt = (sought: Parameters<typeof findPlace>[2]): string | undefined => {
  const markdown = printMarkdown(article);
  const found = findPlace(markdown, article, sought);
  return found && markdown.split("\n")[found.line - 1];
};

describe("a place in an article's words", () => {
  it("is the words themselves, in the block where they were found", () => {
    expect(select({ block: 3, words: "der der" })).toBe("der der");
    expect(lineAt({ block: 3, words: "der der" })).toBe("Am Ende hat der der Rat entschieden.");
    expect(select({ block: 2, words: "Was kommt" })).toBe("Was kommt");
  });

  it("is the address of a link, however it is written", () => {
    const [found] = [select({ block: 4, words: "https://amt.example/a_b?c=1&d=*" })];
    expect(found?.replaceAll("\\", "")).toBe("https://amt.example/a_b?c=1&d=*");
  });

  it.each([
    ["Die **Satzung** gilt.", "Die Satzung gilt."],
    ["Die [Satzung](https://amt.example/) gilt.", "Die Satzung gilt."],
    ['Das :abk[BGB]{titel="Bürgerliches Gesetzbuch"} gilt[^1] weiter.', "Das BGB gilt weiter."],
    ["Zwei \\*Sterne\\* und\nein Umbruch", "Zwei *Sterne* und ein Umbruch"],
    ["Am 3. März", "Am 3.\u00a0März"],
  ])("is found through the marks of Markdown: %s", (markdown, words) => {
    expect(select({ words }, markdown)?.length).toBeGreaterThan(words.length - 1);
  });

  it("is found where it has moved to", () => {
    const moved = { ...article, blocks: [paragraph("Neu."), paragraph("Auch neu."), ...article.blocks.slice(1)] };
    expect(select({ block: 3, words: "der der" }, printMarkdown(moved), moved)).toBe("der der");
    expect(select({ block: 9, words: "der der" }, printMarkdown(moved), moved)).toBe("der der");
  });

  it("is found in what somebody has typed and not saved", () => {
    const typed = printMarkdown(article).replace("Am Ende hat", "Zuletzt und nach langer Rede hat");
    expect(select({ block: 3, words: "der der" }, typed)).toBe("der der");
  });

  it("is none where the words are gone", () => {
    expect(select({ block: 3, words: "die die" })).toBeUndefined();
    expect(select({ block: 9, words: "" })).toBeUndefined();
  });

  it("is the whole block where no words tell it", () => {
    expect(select({ block: 2, words: "" })).toBe("## Was kommt");
  });

  it("is an entry of the head, or where it goes", () => {
    const markdown = printMarkdown({ ...article, teaser: "" });
    expect(select({ entry: "title", words: "" }, markdown)).toMatch(/^titel: .*$/);
    const found = findPlace(markdown, article, { entry: "teaser", words: "" });
    expect(markdown.slice(found?.from)).toMatch(/^---\n/);
    expect(found?.from).toBe(found?.to);
    const text = `${markdown.slice(0, found?.from)}anreißer: Zwei Sätze.\n${markdown.slice(found?.from)}`;
    expect(readSubmitted(text).text.teaser).toBe("Zwei Sätze.");
  });

  it("reads all lines of an entry", () => {
    const markdown = '---\ntitel: Deich\nautoren:\n  - name: Jördis\n    funktion: ""\nanreißer: Text\n---\n\nText';
    expect(select({ entry: "authors", words: "" }, markdown)).toBe('autoren:\n  - name: Jördis\n    funktion: ""');
    expect(select({ entry: "authors", words: "Jördis" }, markdown)).toBe("Jördis");
  });

  it("is asked for by an address, and nothing else is", () => {
    const asked = (query: string) => readSought((name) => new URLSearchParams(query).get(name) ?? undefined);
    expect(asked("block=3&words=der+der")).toEqual({ block: 3, words: "der der", entry: undefined });
    expect(asked("block=x&entry=constructor")).toBeUndefined();
    expect(asked("")).toBeUndefined();
  });

  it("takes no long time over wicked words", () => {
    const wicked = `${"[*_\\".repeat(500)}a`;
    expect(select({ words: wicked }, wicked.repeat(20))).toBeDefined();
    expect(select({ words: `${"a".repeat(1999)}b` }, "a*_".repeat(20_000))).toBeUndefined();
  });
});
