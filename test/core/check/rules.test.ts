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

  it("has a fixture, and there are more than twenty-five", () => {
    expect(rules.map(([code]) => code).sort()).toEqual(Object.keys(words("de").finding).sort());
    expect(rules.length).toBeGreaterThan(25);
  });
});
