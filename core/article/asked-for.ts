import { Refusal } from "../refusal.ts";
import { dayFrom } from "../subscriber/retention.ts";
import { fromTheWall } from "../wall-clock.ts";
import { isEmpty, type Submission } from "./submission.ts";

/** The day until which an author was asked to hand in. */

/** Whoever asks further ahead has mistyped a year. */
const mostDays = 366;

/**
 * @param until as it was typed
 * @param today where the publication is at home
 * @throws Refusal `until-no-day`, `until-past`
 */
export function demandUntil(until: string, today: string): void {
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until)) || until > dayFrom(today, mostDays))
    throw new Refusal("until-no-day", { day: until.slice(0, 20) });
  if (until < today) throw new Refusal("until-past", { day: until });
}

/** So long before the last day an author is reminded, once. */
const remindDays = 2;
/** Not in the night, and not in the rush of the morning. */
const remindHour = "09:00:00";

/** When they are reminded; undefined where that is over, or so soon that it would only repeat the first letter. */
export function reminderAt(until: string, timeZone: string, now: Date): Date | undefined {
  const at = fromTheWall(new Date(`${dayFrom(until, -remindDays)}T${remindHour}Z`), timeZone);
  return at.getTime() - now.getTime() < leastMilliseconds ? undefined : at;
}

const leastMilliseconds = 24 * 3_600_000;

/** Whether no article has come of it yet: nothing was brought, or nothing that could be read. */
export const isAwaited = (submission: Submission): boolean =>
  isEmpty(submission) ||
  submission.state === "refused" ||
  (submission.state === "waiting" && submission.notes.some(({ code }) => code === "waits-for-text"));
