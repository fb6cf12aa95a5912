import { describe, expect, it } from "vitest";
import { findingSentence } from "../../../core/check/finding.ts";
import { words } from "../../../core/words.ts";
import { fixtures } from "./fixtures.ts";

const rules = Object.entries(fixtures);

describe("every rule of the check", () => {
  it.each(rules)("%s is found where it is broken", (code, { failing }) => {
    expect(failing().map((finding) => finding.code)).toContain(code);
  });

  it.each(rules)("%s is silent where it is kept", (code, { passing }) => {
    expect(passing().map((finding) => finding.code)).not.toContain(code);
  });

  it.each(rules)("%s says what is wrong without a gap left open, in both languages", (code, { failing }) => {
    const found = failing().filter((finding) => finding.code === code);
    for (const language of ["de", "en"] as const)
      expect(found.map((finding) => findingSentence(language, finding)).join()).not.toMatch(/\{\w+\}/);
  });

  it("speaks of what stands at the desk, never of a file only the command line reads", () => {
    for (const language of ["de", "en"] as const) {
      const said = Object.values(words(language).finding).join("\n");
      expect(said).not.toMatch(/\.yaml|[„“](?:betreff|vorschau|adresse|subject|preheader|baseUrl|imprint)[“”]/);
    }
  });

  it("says days and languages as people say them", () => {
    const finding = { colour: "amber", code: "date-past", details: { date: "2026-03-02" } } as const;
    expect(findingSentence("de", finding)).toContain("2.\u00a0März 2026");
    expect(findingSentence("en", finding)).toContain("2\u00a0March 2026");
    const differs = { colour: "amber", code: "language-differs", details: { article: "en", issue: "de" } } as const;
    expect(findingSentence("de", differs)).toContain("als Englisch gekennzeichnet, die Ausgabe als Deutsch");
  });

  it("has a fixture, and there are more than twenty-five", () => {
    expect(rules.map(([code]) => code).sort()).toEqual(Object.keys(words("de").finding).sort());
    expect(rules.length).toBeGreaterThan(25);
  });
});
