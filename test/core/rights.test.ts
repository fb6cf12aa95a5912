import { describe, expect, it } from "vitest";
import { type ActName, may, operator, type Person, type Role, roles, type Thing } from "../../core/rights.ts";

const issue: Thing = { publication: "elblandbote", kind: "issue", id: "2026-01" };
const guelsen: Person = { id: "guelsen", roles: ["editor"] };
const henrike: Person = { id: "henrike", roles: ["publisher"] };

/** Who may do what, where nobody asks who made it. */
const table: Readonly<Record<ActName, readonly Role[]>> = {
  submit: ["author", "editor", "publisher"],
  "read-submission": ["author", "editor", "publisher"],
  "edit-article": ["author", "editor", "publisher"],
  "answer-review": ["author", "editor", "publisher"],
  "read-library": ["editor", "publisher"],
  ingest: ["editor", "publisher"],
  "ask-review": ["editor", "publisher"],
  draft: ["editor", "publisher"],
  check: ["editor", "publisher"],
  build: ["editor", "publisher"],
  proof: ["editor", "publisher"],
  "ask-approval": ["editor", "publisher"],
  commission: ["editor", "publisher"],
  "revoke-commission": ["editor", "publisher"],
  "read-issues": ["editor", "publisher"],
  correct: ["editor", "publisher"],
  "read-acts": ["editor", "publisher", "admin"],
  approve: ["publisher"],
  decline: ["publisher"],
  schedule: ["publisher"],
  "take-back": ["publisher"],
  pause: ["publisher"],
  resume: ["publisher"],
  cancel: ["publisher"],
  "send-rest": ["publisher"],
  withdraw: ["publisher"],
  "read-subscribers": ["publisher", "admin"],
  suppress: ["publisher", "admin"],
  unsuppress: ["publisher", "admin"],
  "import-subscribers": ["publisher", "admin"],
  erase: ["admin"],
  "read-people": ["admin"],
  "add-person": ["admin"],
  "invite-person": ["admin"],
  "change-person": ["admin"],
  "remove-person": ["admin"],
  "end-sessions": ["admin"],
  "change-publication": ["admin"],
  found: [],
  "rotate-links": [],
  restore: [],
};

describe("rights", () => {
  it.each(Object.entries(table) as [ActName, Role[]][])("%s is for %j", (act, allowed) => {
    expect(roles.filter((role) => may({ id: "almut", roles: [role] }, act, issue))).toEqual(allowed);
    expect(may(operator, act, issue)).toBe(true);
    expect(may({ id: "nobody", roles: [] }, act, issue)).toBe(false);
  });

  it("add up for somebody with several roles", () => {
    const both: Person = { id: "almut", roles: ["author", "admin"] };
    expect(may(both, "add-person", issue)).toBe(true);
    expect(may(both, "submit", issue)).toBe(true);
    expect(may(both, "schedule", issue)).toBe(false);
  });

  it("let authors at what is theirs and nobody else's", () => {
    const joerdis: Person = { id: "joerdis", roles: ["author"] };
    const thing = { publication: "elblandbote", kind: "article", id: "pegel" } as const;
    expect(may(joerdis, "edit-article", { ...thing, by: "joerdis" })).toBe(true);
    expect(may(joerdis, "edit-article", { ...thing, by: "thomas" })).toBe(false);
    expect(may({ id: "joerdis", roles: ["author", "editor"] }, "edit-article", { ...thing, by: "thomas" })).toBe(true);
    expect(may({ id: "joerdis", roles: ["author", "admin"] }, "edit-article", { ...thing, by: "thomas" })).toBe(false);
  });

  it.each(roles)("of an %s end where their publication does", (role) => {
    const elsewhere = { ...issue, publication: "waldbote" };
    const almut: Person = { id: "almut", roles: [role], home: "elblandbote" };
    for (const [act, allowed] of Object.entries(table) as [ActName, Role[]][]) {
      expect(may(almut, act, { ...issue, by: "almut" })).toBe(allowed.includes(role));
      expect(may(almut, act, { ...elsewhere, by: "almut" })).toBe(false);
    }
  });

  it("ask for a second pair of eyes where the publication does", () => {
    const built = { ...issue, by: "henrike", approvals: "two" } as const;
    expect(may(henrike, "approve", built)).toBe(false);
    expect(may(henrike, "approve", { ...built, approvals: "one" })).toBe(true);
    expect(may(henrike, "approve", { ...built, by: "almut" })).toBe(true);
    expect(may(guelsen, "approve", { ...built, by: "almut" })).toBe(false);
    expect(may(operator, "approve", { ...built, by: "operator" })).toBe(true);
  });
});
