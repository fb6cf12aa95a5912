/**
 * A sender's domain nobody knows yet: mailbox providers distrust sudden crowds. It begins with few letters a day and
 * doubles them as long as hardly any address bounces. Days are UTC.
 */
export interface WarmUp {
  readonly v: 1;
  readonly version: number;
  readonly day: string;
  /** Letters this day may have, and has had. */
  readonly allowance: number;
  readonly sentToday: number;
}

const firstAllowance = 200;
/** Whoever could send so many a day is known. */
const warmFrom = 50_000;
const mostBounceShare = 0.02;
/** A day that used less than this share of its allowance has shown nothing. */
const leastUsedShare = 0.5;

const dayOf = (now: Date): string => now.toISOString().slice(0, "2026-11-23".length);

export const coldStart = (now: Date): WarmUp => ({
  ...{ v: 1, version: 0, day: dayOf(now), allowance: firstAllowance, sentToday: 0 },
});

/** A new day has begun since. */
export const isPast = ({ day }: WarmUp, now: Date): boolean => day < dayOf(now);

/** The row as it stands today. @param bounceShare hard bounces of what was accepted lately, 0 to 1 */
export function today(warmUp: WarmUp, now: Date, bounceShare: number): WarmUp {
  if (!isPast(warmUp, now)) return warmUp;
  const day = dayOf(now);
  const grows = bounceShare < mostBounceShare && warmUp.sentToday >= warmUp.allowance * leastUsedShare;
  return { ...warmUp, day, allowance: grows ? warmUp.allowance * 2 : warmUp.allowance, sentToday: 0 };
}

export const isWarm = ({ allowance }: WarmUp): boolean => allowance >= warmFrom;

/** Takes so many of the day's letters or fewer. */
export function takeToday(warmUp: WarmUp, wanted: number): { readonly count: number; readonly warmUp: WarmUp } {
  const count = Math.max(0, Math.min(wanted, warmUp.allowance - warmUp.sentToday));
  return { count, warmUp: { ...warmUp, sentToday: warmUp.sentToday + count } };
}

/** Gives so many back that were not used on the same day. */
export const giveBackToday = (warmUp: WarmUp, unused: number): WarmUp => ({
  ...warmUp,
  sentToday: Math.max(0, warmUp.sentToday - unused),
});

/** When the next day begins. */
export const tomorrow = ({ day }: WarmUp): number => Date.parse(`${day}T00:00:00.000Z`) + 86_400_000;
