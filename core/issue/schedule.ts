import { Refusal } from "../refusal.ts";
import { demandEditable } from "./draft.ts";
import { type Approved, type Issue, issueLabel, type Scheduled } from "./issue.ts";

/** A date as people leave it by mistake: more than a year ahead. */
const farthestDays = 366;
const dayMilliseconds = 86_400_000;

/**
 * Sets the time an approved issue leaves. A time that has passed means "now".
 *
 * @throws Refusal `not-approved`; `in-motion` when it was scheduled before
 * @throws Refusal `too-far` when the date is more than a year ahead
 */
export function schedule(
  issue: Issue,
  times: { sendAt: Date; now: Date; by: string; expectedReaders?: number },
): Scheduled {
  demandEditable(issue);
  if (issue.status !== "approved") throw new Refusal("not-approved", { issue: issueLabel(issue) });
  if (times.sendAt.getTime() > times.now.getTime() + farthestDays * dayMilliseconds) {
    throw new Refusal("too-far", { date: times.sendAt.toISOString().slice(0, 10) });
  }
  const sendAt = new Date(Math.max(times.sendAt.getTime(), times.now.getTime())).toISOString();
  const { by, expectedReaders } = times;
  const expected = expectedReaders === undefined ? {} : { expectedReaders };
  return { ...issue, status: "scheduled", sendAt, scheduledBy: by, ...expected };
}

/** So long at least whoever schedules an issue at the desk can take it back. */
const secondThoughtMinutes = 10;

/** When an issue leaves that is to leave then: never before its second thoughts are over. @param wanted undefined: now */
export function afterSecondThoughts(wanted: Date | undefined, now: Date): Date {
  const soonest = now.getTime() + secondThoughtMinutes * 60_000;
  return new Date(Math.max(wanted?.getTime() ?? 0, soonest));
}

/**
 * Scheduled becomes approved again: nothing has left yet.
 *
 * @throws Refusal `begun` once it is on its way or was, `not-scheduled` before
 */
export function takeBack(issue: Issue): Approved {
  if (issue.status === "scheduled") return unschedule(issue);
  const code = "startedAt" in issue ? "begun" : "not-scheduled";
  throw new Refusal(code, { issue: issueLabel(issue) });
}

/** The issue as it was approved, without its time. */
export function unschedule({ sendAt: _, scheduledBy: __, expectedReaders: ___, ...issue }: Scheduled): Approved {
  return { ...issue, status: "approved" };
}
