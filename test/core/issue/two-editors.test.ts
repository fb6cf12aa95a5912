import { describe, expect, it } from "vitest";
import { changed, type PlanChange } from "../../../core/issue/change.ts";
import { draft, planOf } from "../../../core/issue/draft.ts";
import type { Draft, IssuePlan } from "../../../core/issue/issue.ts";
import { emptyLog, logged, merged, type PlanLog } from "../../../core/issue/plan-log.ts";
import { everything, reachOf } from "../../../core/issue/touches.ts";
import { Refusal } from "../../../core/refusal.ts";
import { anIssue } from "../../people-and-papers.ts";

/** Two editors at one plan: the second made their change to the issue as it was before the first. */

const base: Draft = {
  ...draft(
    anIssue({
      sections: [
        { name: "Recht", articles: ["a", "b"] },
        { name: "Umland", articles: ["c", "d"] },
        { name: "Termine", articles: [] },
      ],
      lead: "a",
      editorial: "e",
      teasers: { b: "Alt." },
      cover: { article: "c", picture: "c.jpg" },
    }),
  ),
  version: 3,
};

const nameOf = (plan: IssuePlan, article: string): string | undefined =>
  plan.sections.find(({ articles }) => articles.includes(article))?.name;
const isBefore = (order: readonly string[], one: string, other: string): boolean =>
  order.includes(one) && order.indexOf(one) < order.indexOf(other);
/** Or the other one has left. */
const stillBefore = (plan: IssuePlan, one: string, other: string): boolean =>
  nameOf(plan, one) !== undefined &&
  (nameOf(plan, one) !== nameOf(plan, other) || isBefore(inside(plan, nameOf(plan, one) ?? ""), one, other));
const names = (plan: IssuePlan): string[] => plan.sections.map(({ name }) => name);
const inside = (plan: IssuePlan, name: string): string[] =>
  plan.sections.find((one) => one.name === name)?.articles ?? [];

/** What somebody does, and how one sees that it was not lost. A renamed section is looked for by both names. */
const deeds: Readonly<Record<string, { change: PlanChange; stands: (plan: IssuePlan) => boolean }>> = {
  "names a theme": {
    change: { kind: "head", head: { theme: { title: "Wasser", intro: "" } } },
    stands: ({ theme }) => theme.title === "Wasser",
  },
  "names another theme": {
    change: { kind: "head", head: { theme: { title: "Wind", intro: "" } } },
    stands: ({ theme }) => theme.title === "Wind",
  },
  "writes a subject": {
    change: { kind: "head", head: { subject: "Betreff" } },
    stands: ({ subject }) => subject === "Betreff",
  },
  "writes subject and date": {
    change: { kind: "head", head: { subject: "Anderer", date: "2026-03-09" } },
    stands: ({ subject, date }) => subject === "Anderer" && date === "2026-03-09",
  },
  "adds a section": {
    change: { kind: "add-section", section: "Personalia" },
    stands: (plan) => names(plan).includes("Personalia"),
  },
  "renames Recht": {
    change: { kind: "rename-section", section: "Recht", name: "Recht und Geld" },
    stands: (plan) => names(plan).includes("Recht und Geld") && !names(plan).includes("Recht"),
  },
  "renames Recht otherwise": {
    change: { kind: "rename-section", section: "Recht", name: "Urteile" },
    stands: (plan) => names(plan).includes("Urteile") && !names(plan).includes("Recht"),
  },
  "renames Umland to Personalia": {
    change: { kind: "rename-section", section: "Umland", name: "Personalia" },
    stands: (plan) => inside(plan, "Personalia").includes("d") || nameOf(plan, "d") === "Recht",
  },
  "moves Termine to the top": {
    change: { kind: "place-section", section: "Termine", before: "Recht" },
    stands: (plan) => isBefore(names(plan), "Termine", nameOf(plan, "a") ?? "Recht"),
  },
  "moves Umland to the top": {
    change: { kind: "place-section", section: "Umland", before: "Recht" },
    stands: (plan) =>
      isBefore(names(plan), nameOf(plan, "d") ?? "", nameOf(plan, "a") ?? "") ||
      nameOf(plan, "a") === nameOf(plan, "d") ||
      nameOf(plan, "a") === undefined,
  },
  "removes Umland": {
    change: { kind: "remove-section", section: "Umland" },
    stands: (plan) => !names(plan).includes("Umland") && !inside(plan, "Personalia").includes("d"),
  },
  "removes Termine": {
    change: { kind: "remove-section", section: "Termine" },
    stands: (plan) => !names(plan).includes("Termine"),
  },
  "adds f to Termine": {
    change: { kind: "add-article", article: "f", section: "Termine" },
    stands: (plan) => nameOf(plan, "f") === "Termine",
  },
  "adds f to Recht": {
    change: { kind: "add-article", article: "f", section: "Recht" },
    stands: (plan) =>
      inside(plan, "Recht").concat(inside(plan, "Recht und Geld"), inside(plan, "Urteile")).includes("f"),
  },
  "moves b above a": {
    change: { kind: "place-article", article: "b", section: "Recht", before: "a" },
    stands: (plan) => stillBefore(plan, "b", "a"),
  },
  "moves b to Termine": {
    change: { kind: "place-article", article: "b", section: "Termine", before: null },
    stands: (plan) => nameOf(plan, "b") === "Termine",
  },
  "moves d above c": {
    change: { kind: "place-article", article: "d", section: "Umland", before: "c" },
    stands: (plan) => stillBefore(plan, "d", "c"),
  },
  "moves d to Recht": {
    change: { kind: "place-article", article: "d", section: "Recht", before: null },
    stands: (plan) => ["Recht", "Recht und Geld", "Urteile"].includes(nameOf(plan, "d") ?? ""),
  },
  "removes a, the lead": {
    change: { kind: "remove-article", article: "a" },
    stands: (plan) => nameOf(plan, "a") === undefined && plan.lead !== "a",
  },
  "removes b": {
    change: { kind: "remove-article", article: "b" },
    stands: (plan) => nameOf(plan, "b") === undefined && plan.teasers?.b === undefined,
  },
  "removes c": {
    change: { kind: "remove-article", article: "c" },
    stands: (plan) => nameOf(plan, "c") === undefined && plan.cover?.article !== "c",
  },
  "makes d the lead": { change: { kind: "lead", article: "d" }, stands: ({ lead }) => lead === "d" },
  "makes nobody the lead": { change: { kind: "lead", article: null }, stands: ({ lead }) => lead === undefined },
  "takes the editorial out": {
    change: { kind: "editorial", article: null },
    stands: ({ editorial }) => editorial === undefined,
  },
  "makes g the editorial": {
    change: { kind: "editorial", article: "g" },
    stands: ({ editorial }) => editorial === "g",
  },
  "chooses a cover": {
    change: { kind: "cover", cover: { article: "d", picture: "d.jpg" } },
    stands: ({ cover }) => cover?.article === "d",
  },
  "takes the lead's picture": { change: { kind: "cover", cover: null }, stands: ({ cover }) => cover === undefined },
  "writes a teaser for b": {
    change: { kind: "teaser", article: "b", text: "Neu." },
    stands: ({ teasers }) => teasers?.b === "Neu.",
  },
  "takes b's own teaser": {
    change: { kind: "teaser", article: "b", text: "" },
    stands: ({ teasers }) => teasers?.b === undefined,
  },
  "writes a teaser for c": {
    change: { kind: "teaser", article: "c", text: "Fluss." },
    stands: ({ teasers }) => teasers?.c === "Fluss.",
  },
};

const at = "2026-02-01T09:00:00.000Z";

/** The issue and its log after one change, as the verb writes them. */
function changedBy(
  issue: Draft,
  log: PlanLog,
  wanted: PlanChange,
  seen = issue.version,
): { issue: Draft; log: PlanLog } {
  const { plan, change } = merged(issue, log, seen, wanted);
  const version = issue.version + 1;
  const renamed = change.kind === "rename-section" ? { renamed: { from: change.section, to: change.name } } : {};
  const entry = { ...reachOf(change, issue), ...renamed, version, by: "guelsen", at };
  return { issue: { ...draft(plan), version }, log: logged(log, entry) };
}

function outcome(first: PlanChange, second: PlanChange): IssuePlan | string {
  const done = changedBy(base, emptyLog(base), first);
  try {
    return merged(done.issue, done.log, base.version, second).plan;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}

const pairs = Object.keys(deeds).flatMap((first) => Object.keys(deeds).map((second) => [first, second] as const));

describe("two editors at one plan", () => {
  it.each(pairs)("while one %s and the other %s, nothing is lost in silence", (first, second) => {
    const [one, other] = [deeds[first], deeds[second]];
    if (!one || !other) return expect.unreachable();
    const result = outcome(one.change, other.change);
    if (typeof result === "string")
      expect(["plan-changed", "section-twice", "article-twice", "article-gone"]).toContain(result);
    else expect([one.stands(result), other.stands(result)]).toEqual([true, true]);
  });

  it.each(Object.keys(deeds))("the same twice is once: one %s", (name) => {
    const { change } = deeds[name] ?? {};
    if (!change) return expect.unreachable();
    const done = changedBy(base, emptyLog(base), change);
    if (change.kind === "rename-section" || change.kind === "remove-section") return;
    if (change.kind === "add-section" || change.kind === "remove-article") return;
    expect(merged(done.issue, done.log, base.version, change).isNew).toBe(false);
  });

  it.each([
    ["writes a subject", "names a theme"],
    ["renames Recht", "adds f to Recht"],
    ["renames Recht", "moves b above a"],
    ["renames Umland to Personalia", "moves Umland to the top"],
    ["moves b above a", "writes a teaser for b"],
    ["moves d to Recht", "moves b to Termine"],
    ["moves d to Recht", "makes d the lead"],
    ["adds a section", "moves Termine to the top"],
    ["removes a, the lead", "writes a teaser for b"],
    ["takes the editorial out", "makes d the lead"],
  ])("both win where one %s and the other %s", (first, second) => {
    expect(outcome(deeds[first]?.change as PlanChange, deeds[second]?.change as PlanChange)).toBeTypeOf("object");
  });

  it.each([
    ["names a theme", "names another theme"],
    ["writes a subject", "writes subject and date"],
    ["renames Recht", "renames Recht otherwise"],
    ["moves b above a", "moves b to Termine"],
    ["adds f to Termine", "removes Termine"],
    ["removes Termine", "adds f to Termine"],
    ["writes a teaser for b", "removes b"],
    ["removes b", "writes a teaser for b"],
    ["removes c", "chooses a cover"],
    ["writes a teaser for c", "removes Umland"],
    ["removes a, the lead", "makes d the lead"],
    ["adds f to Termine", "adds f to Recht"],
  ])("the second is told where one %s and the other %s", (first, second) => {
    expect(outcome(deeds[first]?.change as PlanChange, deeds[second]?.change as PlanChange)).toBe("plan-changed");
  });
});

describe("the log of a plan", () => {
  it("follows a section through several names", () => {
    const one = changedBy(base, emptyLog(base), { kind: "rename-section", section: "Recht", name: "Geld" });
    const two = changedBy(one.issue, one.log, { kind: "rename-section", section: "Geld", name: "Urteile" });
    const { plan } = merged(two.issue, two.log, base.version, { kind: "add-article", article: "f", section: "Recht" });
    expect(inside(plan, "Urteile")).toEqual(["a", "b", "f"]);
    expect(() => merged(two.issue, two.log, base.version, { kind: "remove-section", section: "Recht" })).toThrow();
  });

  it("lets nobody remove a section into which somebody put something before it got its new name", () => {
    const one = changedBy(base, emptyLog(base), { kind: "add-article", article: "f", section: "Termine" });
    const two = changedBy(one.issue, one.log, { kind: "rename-section", section: "Termine", name: "Kalender" });
    expect(() => merged(two.issue, two.log, base.version, { kind: "remove-section", section: "Termine" })).toThrow(
      "plan-changed",
    );
  });

  it("forgets the oldest changes, and refuses who saw the issue before them", () => {
    let state = { issue: base, log: emptyLog(base) };
    for (let turn = 1; turn <= 70; turn += 1)
      state = changedBy(state.issue, state.log, { kind: "teaser", article: "b", text: `Fassung ${turn}.` });
    expect(state.log.entries).toHaveLength(60);
    const subject: PlanChange = { kind: "head", head: { subject: "Neu" } };
    expect(() => merged(state.issue, state.log, base.version, subject)).toThrow("plan-old");
    expect(merged(state.issue, state.log, state.log.since, subject).plan.subject).toBe("Neu");
  });

  it("gets along with nothing where somebody gave the whole plan anew", () => {
    const log = logged(emptyLog(base), { ...everything, version: 4, by: "operator", at });
    const issue = { ...base, version: 4 };
    expect(() => merged(issue, log, 3, { kind: "head", head: { subject: "Neu" } })).toThrow("plan-changed");
  });
});

describe("a change of a plan", () => {
  it("leaves nothing behind of an article that leaves", () => {
    const plan = changed(planOf(base), { kind: "remove-section", section: "Umland" });
    expect(plan).not.toHaveProperty("cover");
    expect(changed(plan, { kind: "remove-article", article: "b" })).not.toHaveProperty("teasers");
    expect(changed(plan, { kind: "remove-article", article: "a" })).not.toHaveProperty("lead");
  });

  it.each([
    [{ kind: "add-section", section: "Recht" }, "section-twice"],
    [{ kind: "rename-section", section: "Recht", name: "Umland" }, "section-twice"],
    [{ kind: "rename-section", section: "Sport", name: "Umland" }, "section-gone"],
    [{ kind: "place-section", section: "Recht", before: "Sport" }, "section-gone"],
    [{ kind: "add-article", article: "a", section: "Umland" }, "article-twice"],
    [{ kind: "add-article", article: "f", section: "Sport" }, "section-gone"],
    [{ kind: "place-article", article: "a", section: "Umland", before: "b" }, "article-gone"],
    [{ kind: "place-article", article: "x", section: "Umland", before: null }, "article-gone"],
    [{ kind: "lead", article: "x" }, "article-gone"],
    [{ kind: "teaser", article: "x", text: "Neu." }, "article-gone"],
  ] as const)("is refused where the plan has no place for it: %o", (change, code) => {
    expect(() => changed(planOf(base), change)).toThrow(code);
  });
});
