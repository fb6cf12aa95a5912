import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import de from "../../core/wording/de.json" with { type: "json" };
import en from "../../core/wording/en.json" with { type: "json" };

const sentences = (node: unknown, path: string): [string, string][] =>
  typeof node === "string"
    ? [[path, node]]
    : Object.entries(node as object).flatMap(([key, value]) => sentences(value, path ? `${path}.${key}` : key));
const gaps = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).sort();

const root = join(import.meta.dirname, "..", "..");
/** Everything that can say a sentence. */
const sources = ["core", "functions", "local", "templates"]
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(ts|hbs)$/.test(path))
      .map((path) => readFileSync(join(root, room, path), "utf8")),
  )
  .join("\n");
/** Codes of refusals and notes are written out where they arise; other keys are at least named by their last part. */
const isSaid = (path: string): boolean =>
  /^(refusal|note)\./.test(path)
    ? sources.includes(`"${path.slice(path.indexOf(".") + 1)}"`)
    : new RegExp(`(?<![\\w-])${path.split(".").at(-1)}(?![\\w-])`).test(sources);

describe("wording", () => {
  const german = new Map(sentences(de, ""));
  const english = new Map(sentences(en, ""));

  it("says everything in both languages", () => {
    expect([...english.keys()].sort()).toEqual([...german.keys()].sort());
  });

  it.each([...german])("leaves the same gaps in both languages: %s", (code, sentence) => {
    expect(gaps(english.get(code) ?? "")).toEqual(gaps(sentence));
  });

  it("never shouts and never says what the glossary forbids", () => {
    // An image of Markdown begins with the mark, and does not shout.
    const forbidden = /!(?!\[\])|\bNewsletter\b|Klicken Sie hier|click here/i;
    expect([...german, ...english].filter(([, sentence]) => forbidden.test(sentence))).toEqual([]);
  });

  it("names commands to operators alone: what the desk says no to, it says to people in a browser", () => {
    const operators = ["base-url-differs", "command-unknown", "folder-served", "no-publications"];
    // Where only the operator can help, the desk names what to ask them for.
    const named = ["suppressed-elsewhere", "desk-fenced"];
    for (const { refusal } of [de, en]) {
      const commands = Object.entries(refusal).filter(([, sentence]) => sentence.includes("npx kurier"));
      expect(commands.map(([code]) => code)).toEqual([...operators, ...named]);
    }
  });

  it("keeps no sentence that nobody says", () => {
    expect([...german.keys()].filter((path) => !isSaid(path))).toEqual([]);
    expect(isSaid("note.a-code-nobody-throws")).toBe(false);
    expect(isSaid("web.aWordNobodyPrints")).toBe(false);
  });
});
