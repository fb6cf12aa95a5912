import { describe, expect, it } from "vitest";
import de from "../../core/wording/de.json" with { type: "json" };
import en from "../../core/wording/en.json" with { type: "json" };

const sentences = (node: unknown, path: string): [string, string][] =>
  typeof node === "string"
    ? [[path, node]]
    : Object.entries(node as object).flatMap(([key, value]) => sentences(value, path ? `${path}.${key}` : key));
const gaps = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).sort();

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
    const forbidden = /!|\bNewsletter\b|Klicken Sie hier|click here/i;
    expect([...german, ...english].filter(([, sentence]) => forbidden.test(sentence))).toEqual([]);
  });
});
