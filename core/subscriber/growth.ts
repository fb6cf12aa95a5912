import type { Subscriber } from "./subscriber.ts";

/** How many readers a publication has, month by month. Months are UTC's: "2026-03". */

/** What one walk over all readers counted. */
export interface ReaderCount {
  readonly readers: number;
  /** Of those who read now: when they confirmed. */
  readonly confirmed: Readonly<Record<string, number>>;
  /** Whoever left, and has not come back. */
  readonly left: Readonly<Record<string, number>>;
}
export const nobodyCounted: ReaderCount = { readers: 0, confirmed: {}, left: {} };

/** What is kept of all counts so far. */
export interface Growth extends ReaderCount {
  /** When it was last counted. */
  readonly at: string;
  /** The first month that was counted while it lasted: those before are reckoned back from who is still there. */
  readonly since: string;
  /** Readers at the last count of each month. */
  readonly months: Readonly<Record<string, number>>;
}

const monthOf = (at: string): string => at.slice(0, "2026-03".length);
const plusOne = (counts: Readonly<Record<string, number>>, at: string): Record<string, number> => ({
  ...counts,
  [monthOf(at)]: (counts[monthOf(at)] ?? 0) + 1,
});

/** Counts a page of readers. */
export function countReaders(count: ReaderCount, page: readonly Subscriber[]): ReaderCount {
  let { readers, confirmed, left } = count;
  for (const subscriber of page) {
    if (subscriber.state === "confirmed")
      [readers, confirmed] = [readers + 1, plusOne(confirmed, subscriber.confirmedAt)];
    if (subscriber.state === "unsubscribed") left = plusOne(left, subscriber.unsubscribedAt);
  }
  return { readers, confirmed, left };
}

/** A whole count replaces the one before; what earlier months ended with stays. */
export const grown = (before: Growth | undefined, count: ReaderCount, at: string): Growth => ({
  ...count,
  at,
  since: before?.since ?? monthOf(at),
  months: { ...before?.months, [monthOf(at)]: count.readers },
});

export interface GrowthMonth {
  readonly month: string;
  /** At its end; of the last month, at the last count. */
  readonly readers: number;
  readonly joined: number;
  readonly left: number;
  /** From before anybody counted: whoever came and left since then is missing. */
  readonly isReckoned: boolean;
}

/**
 * Every month between the first and the last there is anything of, the oldest first. Who came is who is there now, less
 * who was there before, and as many again as left.
 */
export function growthMonths(growth: Growth, most = 24): GrowthMonth[] {
  const all = monthsBetween(firstMonth(growth), monthOf(growth.at));
  const ends = endsOf(growth, all);
  const rows = all.map((month, index): GrowthMonth => {
    const isReckoned = month <= growth.since;
    const [readers, before, left] = [ends[index] ?? 0, ends[index - 1] ?? 0, growth.left[month] ?? 0];
    const joined = isReckoned ? (growth.confirmed[month] ?? 0) : Math.max(0, readers - before + left);
    return { month, readers, joined, left, isReckoned };
  });
  return rows.slice(-most);
}

function firstMonth({ confirmed, left, since }: Growth): string {
  return [...Object.keys(confirmed), ...Object.keys(left), since].sort()[0] ?? since;
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** A month nobody counted in ended as the one before it. */
function endsOf({ months, confirmed, since }: Growth, all: readonly string[]): number[] {
  let readers = 0;
  return all.map((month) => {
    readers = month < since ? readers + (confirmed[month] ?? 0) : (months[month] ?? readers);
    return readers;
  });
}
