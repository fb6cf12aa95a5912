const daySeconds = 86_400;

/** How fast letters may leave. */
export interface Pace {
  /** Letters a second we allow ourselves. */
  readonly perSecond: number;
  /** What the carrier takes in 24 hours; Infinity where no day has a limit. */
  readonly perDay: number;
  readonly sentInLastDay: number;
  /** A sender domain still warming up: how many letters it may send today; twice as many the day after. */
  readonly warmUp: { readonly sentToday: number; readonly allowance: number } | undefined;
}

/**
 * How long so many letters take, in seconds: at the rate, and no more a day than quota and warm-up let through. A day
 * begins now, every 24 hours. Infinity where none may leave at all.
 */
export function estimateSeconds(letters: number, { perSecond, perDay, sentInLastDay, warmUp }: Pace): number {
  if (letters <= 0) return 0;
  if (perSecond <= 0 || perDay <= 0 || warmUp?.allowance === 0) return Number.POSITIVE_INFINITY;
  let [left, allowance] = [letters, warmUp?.allowance ?? Number.POSITIVE_INFINITY];
  let today = Math.min(perDay - sentInLastDay, allowance - (warmUp?.sentToday ?? 0));
  for (let days = 0; ; days++) {
    const most = Math.min(Math.max(0, today), perSecond * daySeconds);
    if (left <= most) return days * daySeconds + left / perSecond;
    left -= most;
    allowance *= 2;
    today = Math.min(perDay, allowance);
  }
}
