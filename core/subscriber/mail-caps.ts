/** How often one address gets an answer from us, over all publications: whoever types it there may be somebody else. */

/** An answer that went to an address, or is about to. */
export interface Mailed {
  readonly at: string;
  /** The wish it answers. */
  readonly id: string;
}

const day = 86_400_000;
const caps = [
  { days: 1, most: 1 },
  { days: 30, most: 3 },
] as const;
/** Older answers count no more. */
export const countedDays = 30;

const since = (mailed: readonly Mailed[], days: number, now: Date): Mailed[] =>
  mailed.filter(({ at }) => Date.parse(at) > now.getTime() - days * day);

/** Whether one more may go there. A wish that has its place already keeps it. */
export const mayBeMailed = (mailed: readonly Mailed[], id: string, now: Date): boolean =>
  mailed.some((one) => one.id === id) || caps.every(({ days, most }) => since(mailed, days, now).length < most);

/** With one more, and without those that count no more. */
export function plusMailed(mailed: readonly Mailed[], id: string, now: Date): readonly Mailed[] {
  if (mailed.some((one) => one.id === id)) return mailed;
  return [...since(mailed, countedDays, now), { at: now.toISOString(), id }];
}
