import { describe, expect, it } from "vitest";
import { may, operator, type Person, type Thing } from "../../core/rights.ts";

const issue: Thing = { publication: "elblandbote", kind: "issue", id: "2026-01" };
const guelsen: Person = { id: "guelsen", role: "editor" };

describe("rights", () => {
  it("let authors hand in and nothing else", () => {
    const author: Person = { id: "joerdis", role: "author" };
    expect(may(author, "submit", issue)).toBe(true);
    expect(may(author, "approve", issue)).toBe(false);
  });

  it("let only publishers and the operator send", () => {
    expect(may(guelsen, "schedule", issue)).toBe(false);
    expect(may({ id: "henrike", role: "publisher" }, "schedule", issue)).toBe(true);
    expect(may(operator, "schedule", issue)).toBe(true);
  });

  it("ask for a second pair of eyes where the publication does", () => {
    const own = { ...issue, by: "guelsen", approvals: "two" } as const;
    expect(may(guelsen, "approve", own)).toBe(false);
    expect(may(guelsen, "approve", { ...own, approvals: "one" })).toBe(true);
    expect(may(guelsen, "approve", { ...own, by: "almut" })).toBe(true);
  });
});
