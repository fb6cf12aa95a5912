import { describe, expect, it } from "vitest";
import { completePlan } from "../../../core/issue/issue-settings.ts";

const complete = (given: unknown) => completePlan(given, "Beiträge");

describe("a plan in short", () => {
  it("takes 01|26 for number and year, a theme for its title, articles for a section", () => {
    expect(complete({ issue: "01|26", theme: "Wasser", articles: ["a", "b"] })).toEqual({
      number: 1,
      year: 2026,
      theme: { title: "Wasser" },
      sections: [{ name: "Beiträge", articles: ["a", "b"] }],
    });
  });

  it("takes teasers one by one, and leaves what is none to be refused", () => {
    expect(complete({ teasers: [{ article: "name", text: "Zwei Sätze." }] })).toEqual({
      teasers: { name: "Zwei Sätze." },
    });
    expect(complete({ teasers: [{ article: "name" }] })).toEqual({ teasers: [{ article: "name" }] });
  });

  it("leaves the long way as it is", () => {
    const plan = {
      number: 1,
      year: 2026,
      theme: { title: "Wasser", intro: "…" },
      sections: [{ name: "Recht", articles: ["a"] }],
    };
    expect(complete(plan)).toEqual(plan);
  });

  it("keeps what it cannot read, so that it is refused by name", () => {
    expect(complete({ issue: "Frühling" })).toEqual({ issue: "Frühling" });
    expect(complete("Frühling")).toBe("Frühling");
  });
});
