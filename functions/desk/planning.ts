import type { PlanChange } from "../../core/issue/change.ts";
import { type Editable, replan } from "../../core/issue/draft.ts";
import { type Issue, type IssuePlan, idOfIssue } from "../../core/issue/issue.ts";
import { type Entry, logged, merged, type PlanLog } from "../../core/issue/plan-log.ts";
import { everything, type Reach, reachOf } from "../../core/issue/touches.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue, saveDraft } from "../records/issues.ts";
import { namesOf } from "../records/people-listed.ts";
import { planLogChange, readPlanLog } from "../records/plan-log.ts";
import { requirePublication } from "../records/publications.ts";
import { demandTopic } from "./topic.ts";

/** Editors at one plan, several at once: who changes different things changes both, who changes the same is told. */

export interface ChangedIssue {
  readonly issue: Issue;
  /** What the change made void; null where there was nothing to lose, or nothing to change. */
  readonly voided: "built" | "approved" | null;
}

/** Whoever else writes at the same moment is waited for so often. */
const mostTurns = 5;

/**
 * Makes one small change to an issue as somebody saw it. The same change again changes nothing.
 *
 * @param seen the version their page showed
 * @throws Refusal `plan-changed` where somebody else meant the same place since, `plan-old` where nobody can tell any more;
 *   `in-motion`, `section-gone`, `section-twice`, `article-gone`, `article-twice`, `topic-unknown`, `no-issue`, `not-allowed`
 */
export async function changeIssue(
  cloud: Cloud,
  person: Person,
  place: Place,
  seen: number,
  change: PlanChange,
): Promise<ChangedIssue> {
  demand(person, "draft", { publication: place.publication, kind: "issue", id: place.issue });
  for (let turn = 1; ; turn += 1) {
    try {
      return await changeOnce(cloud, person, place, seen, change);
    } catch (refusal) {
      const isRace = refusal instanceof Refusal && refusal.code === "moved-on";
      if (!isRace || turn === mostTurns) throw await named(cloud, place, refusal);
    }
  }
}

async function changeOnce(
  cloud: Cloud,
  person: Person,
  place: Place,
  seen: number,
  wanted: PlanChange,
): Promise<ChangedIssue> {
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const log = await readPlanLog(cloud, issue);
  const { plan, change, isNew } = merged(issue, log, seen, wanted);
  if (!isNew) return { issue, voided: null };
  if (change.kind === "head") demandTopic(plan, (await requirePublication(cloud, place.publication)).topics);
  const renamed = change.kind === "rename-section" ? { from: change.section, to: change.name } : undefined;
  return savePlan(cloud, person, issue, plan, { log, reach: reachOf(change, issue), renamed, what: change.kind });
}

/** What is kept of a change beside the plan it leads to. */
interface Made {
  readonly log: PlanLog;
  readonly reach: Reach;
  readonly renamed?: Entry["renamed"];
  /** For the acts. */
  readonly what: PlanChange["kind"] | "plan";
}

/** Over the version that was read, with act and log. @throws Refusal `moved-on`, `in-motion`, `not-allowed` */
export async function savePlan(
  cloud: Cloud,
  person: Person,
  issue: Issue,
  plan: IssuePlan,
  { log, reach, renamed, what }: Made,
): Promise<{ issue: Editable; voided: ChangedIssue["voided"] }> {
  const thing = { publication: plan.publication, kind: "issue", id: idOfIssue(plan) } as const;
  demand(person, "draft", thing);
  const made = {
    ...{ ...reach, version: issue.version + 1, by: person.id, at: cloud.clock.now().toISOString() },
    ...(renamed && { renamed }),
  };
  const act = actRow(cloud.clock, person, "draft", thing, { what });
  const saved = await saveDraft(cloud, replan(issue, plan), [act, planLogChange(issue, logged(log, made))]);
  return { issue: saved, voided: voidedBetween(issue, saved) };
}

const voidedBetween = ({ status: before }: Issue, { status: after }: Issue): ChangedIssue["voided"] =>
  after === "draft" && (before === "built" || before === "approved") ? before : null;

/** The whole plan at once: every page that is open has to be looked at again. */
export const wholePlan = async (cloud: Cloud, issue: Issue): Promise<Made> => ({
  ...{ log: await readPlanLog(cloud, issue), reach: everything, what: "plan" },
});

/** People read names, not ids. */
async function named(cloud: Cloud, { publication }: Place, trouble: unknown): Promise<unknown> {
  if (!(trouble instanceof Refusal && trouble.code === "plan-changed")) return trouble;
  const { by = "" } = trouble.details;
  const [known] = await namesOf(cloud, publication, [String(by)]);
  return new Refusal("plan-changed", { ...trouble.details, by: known?.name ?? by });
}
