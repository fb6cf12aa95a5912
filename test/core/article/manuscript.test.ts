import { describe, expect, it } from "vitest";
import { parseManuscript, printManuscript } from "../../../core/article/manuscript.ts";
import { tidy } from "../../../core/article/tidy.ts";
import { note, Refusal } from "../../../core/refusal.ts";
import { aReading } from "../../functions/a-manuscript.ts";
import fc from "../../lots.ts";
import { anyArticle } from "./any-article.ts";

const kept = (changed: object): string =>
  JSON.stringify({ v: 1, state: "read", reading: { ...aReading(), ...changed } });

describe("what was read out of a Word file", () => {
  it("comes back as it was written, whatever stands in it", () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const notes = [note("word-hidden", { count: 2, place: "Der Steg" })];
        const reading = { ...aReading(), text: tidy(article), notes, pictures: [{ name: "bild-1.jpg", bytes: 3 }] };
        expect(parseManuscript(printManuscript(reading))).toEqual(reading);
      }),
    );
  });

  it("comes back without kind and language where the text says neither", () => {
    expect(parseManuscript(printManuscript(aReading()))).toEqual(aReading());
  });

  it("may be why there is none", () => {
    const refused = [new Refusal("word-too-hard", { name: "steg.docx" })];
    expect(parseManuscript(printManuscript(refused))).toEqual(refused);
  });

  it("is refused part by part where no article can hold it", () => {
    const { text } = aReading();
    const wicked = { ...text, title: "x".repeat(501), lead: [{ type: "html", html: "<script>" }] };
    expect(parseManuscript(kept({ text: wicked }))).toMatchObject([
      { code: "article-bounds", details: { field: "title" } },
      { code: "article-bounds", details: { field: "lead" } },
    ]);
  });

  it.each([
    ["a sentence nobody wrote", kept({ notes: [{ code: "you-have-won", details: {} }] })],
    ["a code every object answers to", kept({ notes: [{ code: "constructor", details: {} }] })],
    ["a detail that is no word", kept({ notes: [{ code: "word-hidden", details: { count: { toString: "x" } } }] })],
    ["a field nobody knows", kept({ approvedBy: "publisher" })],
    ["another version", JSON.stringify({ v: 2, state: "read", reading: aReading() })],
    ["no reason at all", JSON.stringify({ v: 1, state: "refused", refusals: [] })],
  ])("is a fault where its reader wrote %s", (_, json) => {
    expect(() => parseManuscript(json)).toThrow("not what was read out of a Word file");
  });
});
