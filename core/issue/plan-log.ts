import { Refusal } from "../refusal.ts";
import { changed, type PlanChange } from "./change.ts";
import { demandEditable, planOf } from "./draft.ts";
import { type Issue, type IssuePlan, issueLabel } from "./issue.ts";
import { clash, type Reach, reachOf } from "./touches.ts";

/** Who changed what of a plan lately: enough to tell whether two people meant the same place. */
export interface PlanLog {
  /** Every change after this version of the issue is among the entries. */
  readonly since: number;
  /** The oldest first. */
  readonly entries: readonly Entry[];
}
export interface Entry extends Reach {
  /** The issue's once it was made. */
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly renamed?: { readonly from: string; readonly to: string };
}

/** A page that is open for longer than so many changes has to be looked at again anyway. */
const mostEntries = 60;

/** Written with an issue's first version. */
export const newLog: PlanLog = { since: 1, entries: [] };
/** Of an issue older than logs, or just renumbered: nobody knows what was before. */
export const emptyLog = ({ version }: Issue): PlanLog => ({ since: version, entries: [] });

/**
 * The plan with a change somebody made to the issue as they saw it, on top of what others did since.
 *
 * @param seen the version their page showed
 * @throws Refusal `plan-changed` where somebody else meant the same place, `plan-old` where nobody can tell, `in-motion`, and as {@link changed}
 */
export function merged(
  issue: Issue,
  log: PlanLog,
  seen: number,
  wanted: PlanChange,
): { readonly plan: IssuePlan; readonly change: PlanChange; readonly isNew: boolean } {
  demandEditable(issue);
  if (seen < log.since) throw new Refusal("plan-old", { issue: issueLabel(issue) });
  const since = log.entries.filter(({ version }) => version > seen);
  const change = followed(wanted, since);
  const standing = planOf(issue);
  const other = since.findLast((entry) => clash(entry, reachOf(change, standing)));
  const plan = agreed(() => changed(standing, change), other, issue);
  const isNew = JSON.stringify(planOf(plan)) !== JSON.stringify(standing);
  if (isNew && other) throw changedBy(other, issue);
  return { plan, change, isNew };
}

/** Where there is no place any more because of somebody, that is what to say. */
function agreed(work: () => IssuePlan, other: Entry | undefined, issue: Issue): IssuePlan {
  try {
    return work();
  } catch (refusal) {
    if (refusal instanceof Refusal && other) throw changedBy(other, issue);
    throw refusal;
  }
}

const changedBy = ({ by, at }: Entry, issue: Issue): Refusal =>
  new Refusal("plan-changed", { by, at, issue: issueLabel(issue) });

/** A section somebody has renamed since is still the one that was meant. */
function followed(change: PlanChange, since: readonly Entry[]): PlanChange {
  return since.reduce((one, { renamed }) => (renamed ? renamedIn(one, renamed) : one), change);
}

function renamedIn(change: PlanChange, { from, to }: NonNullable<Entry["renamed"]>): PlanChange {
  const now = <Name extends string | null>(name: Name): Name | string => (name === from ? to : name);
  if (change.kind === "add-section" || !("section" in change)) return change;
  if (change.kind !== "place-section") return { ...change, section: now(change.section) };
  return { ...change, section: now(change.section), before: now(change.before) };
}

/** The log with one more change; it speaks of sections by the names they have now. */
export function logged(log: PlanLog, entry: Entry): PlanLog {
  const { renamed } = entry;
  const known = renamed ? log.entries.map((one) => ({ ...one, ...renamedReach(one, renamed) })) : log.entries;
  const entries = [...known, renamed ? { ...entry, ...renamedReach(entry, renamed) } : entry];
  const dropped = entries.slice(0, -mostEntries).at(-1);
  return { since: dropped?.version ?? log.since, entries: entries.slice(-mostEntries) };
}

function renamedReach({ touches, leans }: Reach, { from, to }: NonNullable<Entry["renamed"]>): Reach {
  const now = (thing: string): string =>
    [`section:${from}`, `name:${from}`, `order:${from}`].includes(thing) ? thing.slice(0, -from.length) + to : thing;
  return { touches: touches.map(now), leans: leans.map(now) };
}
