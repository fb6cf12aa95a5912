import { describe, expect, it } from "vitest";
import { nextIssue, planAfter } from "../../../core/issue/next.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";

const first = anIssue({ number: 1, date: "2026-02-02" });
const second = anIssue({ number: 2, date: "2026-03-02" });

describe("the next issue", () => {
  it("follows in number, and in the rhythm of the last two", () => {
    expect(nextIssue([first, second], "2026-03-03")).toEqual({ number: 3, year: 2026, date: "2026-03-30" });
  });

  it("begins at one in a new year", () => {
    const last = [anIssue({ number: 11, date: "2026-11-23" }), anIssue({ number: 12, date: "2026-12-21" })];
    expect(nextIssue(last, "2026-12-22")).toEqual({ number: 1, year: 2027, date: "2027-01-18" });
  });

  it("proposes no day that has passed, after however long a break", () => {
    expect(nextIssue([first, second], "2026-06-10").date).toBe("2026-06-22");
  });

  it("is the first of a new publication, in four weeks", () => {
    expect(nextIssue([], "2026-03-02")).toEqual({ number: 1, year: 2026, date: "2026-03-30" });
  });

  it("takes four weeks where one issue tells no rhythm, or two say the same day", () => {
    expect(nextIssue([second], "2026-03-02").date).toBe("2026-03-30");
    expect(nextIssue([{ ...first, date: second.date }, second], "2026-03-02").date).toBe("2026-03-30");
  });

  it("has the sections of the last one, empty, or the usual ones, and nothing else", () => {
    const last = anIssue({ sections: [{ name: "Recht", articles: ["a"] }], lead: "a", subject: "Alt", topic: "recht" });
    const given = { number: 2, year: 2026, date: "2026-03-30", theme: { title: "Wald", intro: "" } };
    const desk = aPublication({ sections: ["Umland", "Termine"], dueDays: 14 });
    const bare = { ...given, dueAt: "2026-03-16" };
    expect(planAfter(desk, last, given, "2026-03-02")).toEqual(
      anIssue({ ...bare, sections: [{ name: "Recht", articles: [] }] }),
    );
    const first = planAfter(desk, undefined, given, "2026-03-20");
    expect(first.sections.map(({ name }) => name)).toEqual(["Umland", "Termine"]);
    // Authors are never asked for a day that has passed.
    expect(first.dueAt).toBe("2026-03-20");
  });
});
