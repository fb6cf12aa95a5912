import type { Publication } from "../publication.ts";
import { type IssuePlan, idOfIssue } from "./issue.ts";

/** What an editor is offered for the next issue: number and day follow from those before. */
export interface Proposal {
  readonly number: number;
  readonly year: number;
  readonly date: string;
}

const dayMilliseconds = 86_400_000;
/** Where one issue alone tells nothing of a rhythm. */
const usualDays = 28;

/**
 * @param latest the newest issues, in any order; none of a new publication
 * @param today "2026-03-02", by the publication's clock
 */
export function nextIssue(latest: readonly IssuePlan[], today: string): Proposal {
  const [last, before] = latest.toSorted((one, other) => (idOfIssue(one) < idOfIssue(other) ? 1 : -1));
  if (!last) return { number: 1, year: Number(today.slice(0, 4)), date: daysAfter(today, usualDays) };
  const date = dayAfter(last.date, before ? daysBetween(before.date, last.date) : usualDays, today);
  const year = Math.max(last.year, Number(date.slice(0, 4)));
  return { number: year === last.year ? last.number + 1 : 1, year, date };
}

/** In the rhythm of the last two, and never a day that has passed. */
function dayAfter(last: string, days: number, today: string): string {
  const rhythm = days > 0 ? days : usualDays;
  const late = Math.max(0, Math.ceil(daysBetween(last, today) / rhythm));
  return daysAfter(last, rhythm * Math.max(1, late));
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds);

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);

/**
 * A new plan: the sections of the last issue, or the usual ones, empty; authors hand in until so many days before, and
 * never until a day that has passed.
 */
export const planAfter = (
  { id, language, sections, dueDays }: Pick<Publication, "id" | "language" | "sections" | "dueDays">,
  last: IssuePlan | undefined,
  given: Proposal & Pick<IssuePlan, "theme">,
  today: string,
): IssuePlan => ({
  ...{ publication: id, language: last?.language ?? language, ...given },
  dueAt: later(daysAfter(given.date, -dueDays), today),
  sections: (last?.sections.map(({ name }) => name) ?? sections).map((name) => ({ name, articles: [] })),
  ...{ subject: "", preheader: "", downloads: [], corrections: [] },
});

const later = (one: string, other: string): string => (one < other ? other : one);
