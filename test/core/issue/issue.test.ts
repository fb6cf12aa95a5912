import { describe, expect, it } from "vitest";
import { approve } from "../../../core/issue/approve.ts";
import { articlesOf, draft, markBuilt, redraft, replan } from "../../../core/issue/draft.ts";
import { type Issue, idOfIssue, issueLabel, readIssueId, spokenLabel } from "../../../core/issue/issue.ts";
import { afterSecondThoughts, schedule, takeBack } from "../../../core/issue/schedule.ts";
import { Refusal } from "../../../core/refusal.ts";
import { anIssue } from "../../people-and-papers.ts";

const at = "2026-01-10T08:00:00.000Z";
const now = new Date(at);
const plan = anIssue();
const built = markBuilt(draft(plan), { fingerprint: "f1", by: "gülşen", at });
const approved = approve(built, "f1", { by: "almut", at });
const scheduled = schedule(approved, { sendAt: now, now, by: "almut" });

const refusalOf = (work: () => unknown): string => {
  try {
    work();
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
  return "nothing was refused";
};

describe("an issue", () => {
  it("has an id for machines, a label for eyes and one for ears", () => {
    expect([idOfIssue, issueLabel, spokenLabel].map((name) => name({ number: 1, year: 2026 }))).toEqual([
      "2026-01",
      "01|26",
      "01/2026",
    ]);
  });

  it.each([
    ["2026-01", "2026-01"],
    ["2026-1", "2026-01"],
    ["1/2026", "2026-01"],
    ["01/26", "2026-01"],
    ["01|26", "2026-01"],
    [" 12/2026 ", "2026-12"],
    ["2026", undefined],
    ["januar", undefined],
    ["", undefined],
  ])("is read from what people type: %s", (typed, id) => {
    expect(readIssueId(typed)).toBe(id);
  });

  it("names each article once, the lead first", () => {
    const sections = [{ name: "Recht", articles: ["b", "a"] }];
    expect(articlesOf({ ...plan, lead: "a", editorial: "e", sections })).toEqual(["a", "e", "b"]);
  });
});

describe("approval", () => {
  it("is bound to the exact build the editor saw", () => {
    expect(approved).toMatchObject({ status: "approved", fingerprint: "f1", approval: { by: "almut" } });
    expect(refusalOf(() => approve(built, "f0", { by: "almut", at }))).toBe("rebuilt");
  });

  it("needs a build", () => {
    expect(refusalOf(() => approve(draft(plan), "", { by: "almut", at }))).toBe("not-built");
  });

  it("is void after another build, and stands after the same one", () => {
    expect(markBuilt(approved, { fingerprint: "f2", by: "gülşen", at }).status).toBe("built");
    expect(markBuilt(approved, { fingerprint: "f1", by: "gülşen", at })).toBe(approved);
  });

  it("is void after a change of the plan", () => {
    expect(redraft(approved, plan)).toMatchObject({ status: "draft", version: approved.version });
    expect(redraft(approved, plan)).not.toHaveProperty("approval");
  });
});

describe("the day authors hand in", () => {
  const later = { ...plan, dueAt: "2026-02-20" };

  it.each([built, approved])("changes under a build, and the build stands", (issue) => {
    const changed = replan(issue, later);
    expect(changed).toEqual({ ...issue, dueAt: "2026-02-20" });
    expect(replan(changed, plan)).toEqual(issue);
  });

  it("takes nothing along that readers see", () => {
    const theme = { title: "Wasser", intro: "" };
    expect(replan(approved, { ...later, theme })).toMatchObject({ status: "draft", theme, dueAt: "2026-02-20" });
  });

  it("is fixed as everything is once the issue is on its way", () => {
    expect(refusalOf(() => replan(scheduled, later))).toBe("in-motion");
  });
});

describe("an approval that holds no more", () => {
  const voided = { by: "almut", at, fingerprint: "f1" };

  it("stays to be seen, and why, until somebody approves anew", () => {
    const changed = redraft(approved, plan);
    expect(changed).toMatchObject({ status: "draft", voided: { ...voided, because: "changed" } });
    const rebuilt = markBuilt(changed, { fingerprint: "f2", by: "gülşen", at });
    expect(rebuilt).toMatchObject({ status: "built", voided: { ...voided, because: "changed" } });
    expect(redraft(rebuilt, plan)).toMatchObject({ voided });
    expect(approve(rebuilt, "f2", { by: "almut", at })).not.toHaveProperty("voided");
  });

  it("says so too where only the build is another", () => {
    const rebuilt = markBuilt(approved, { fingerprint: "f2", by: "gülşen", at });
    expect(rebuilt).toMatchObject({ voided: { ...voided, because: "rebuilt" } });
  });

  it("was never one where nobody had approved", () => {
    expect(redraft(built, plan)).not.toHaveProperty("voided");
  });
});

describe("a schedule", () => {
  it("leaves ten minutes for second thoughts at the desk, whatever time was wanted", () => {
    const soonest = new Date("2026-01-10T08:10:00.000Z");
    expect(afterSecondThoughts(undefined, now)).toEqual(soonest);
    expect(afterSecondThoughts(new Date("2026-01-10T08:03:00.000Z"), now)).toEqual(soonest);
    const tomorrow = new Date("2026-01-11T08:00:00.000Z");
    expect(afterSecondThoughts(tomorrow, now)).toEqual(tomorrow);
  });

  it("taken back leaves the approval as it was", () => {
    expect(takeBack(scheduled)).toEqual(approved);
    expect(refusalOf(() => takeBack(approved))).toBe("not-scheduled");
  });

  it("needs an approval", () => {
    expect(refusalOf(() => schedule(built, { sendAt: now, now, by: "almut" }))).toBe("not-approved");
  });

  it("takes a time that has passed as now, and refuses one beyond a year", () => {
    const yesterday = new Date(now.getTime() - 86_400_000);
    expect(schedule(approved, { sendAt: yesterday, now, by: "almut" }).sendAt).toBe(at);
    const far = new Date("2028-01-01T00:00:00Z");
    expect(refusalOf(() => schedule(approved, { sendAt: far, now, by: "almut" }))).toBe("too-far");
  });

  it.each([
    [scheduled, "in-motion"],
    [{ ...scheduled, status: "sending", startedAt: at }, "in-motion"],
    [{ ...scheduled, status: "sent", startedAt: at, sentAt: at, open: 0 }, "already-sent"],
    [{ ...plan, v: 1, version: 9, status: "cancelled", cancelledAt: at, cancelledBy: "almut" }, "was-cancelled"],
  ] as [Issue, string][])("closes the plan and says why: %#", (issue, reason) => {
    expect(refusalOf(() => redraft(issue, plan))).toBe(reason);
    expect(refusalOf(() => markBuilt(issue, { fingerprint: "f3", by: "x", at }))).toBe(reason);
  });
});
