/**
 * How fast letters of one stream may leave, shared by everybody who sends (GCRA: the row holds when the next place is
 * free; whoever takes places moves that on). Times in milliseconds since 1970, rates in letters a second.
 */
export interface Rate {
  readonly v: 1;
  /** Counts every change; a change that names an older one is refused. */
  readonly version: number;
  /** When the next letter may leave. */
  readonly free: number;
  /** What the carrier said when it was asked last; no `perDay` where no day has a limit. */
  readonly quota: { readonly perSecond: number; readonly perDay: number | null; readonly sentInLastDay: number };
  readonly askedAt: number;
  /** Places taken since it was asked: the carrier may not have counted them yet. */
  readonly taken: number;
  /** After a throttle: this share of the rate, until it grows again. */
  readonly share: number;
  readonly throttledAt: number | null;
  /** What was taken in each hour of the last day: when the first of it falls out, the day has room again. */
  readonly hours: readonly { readonly at: number; readonly letters: number }[];
}
/** Editions fill the carrier; confirm mails have a reserve nobody else takes. */
export type Lane = "editions" | "confirmations";

interface CarrierQuota {
  readonly perSecond: number;
  readonly perDay: number;
  readonly sentInLastDay: number;
}

/** Below what the carrier allows, so that its own count and ours may differ a little. */
const usedShare = 0.85;
/** Of what is used, for confirm mails: a tenth, at least one in five seconds, at most five a second. */
const reserveShare = 0.1;
const leastReserve = 0.2;
const mostReserve = 5;
/** Of the day's letters, for confirm mails. */
const dayReserveShare = 0.02;

/** Letters a second a lane may send by this quota. */
export function laneRate(lane: Lane, { perSecond }: Pick<CarrierQuota, "perSecond">): number {
  const used = perSecond * usedShare;
  const reserve = Math.min(used / 2, mostReserve, Math.max(leastReserve, used * reserveShare));
  return lane === "editions" ? used - reserve : reserve;
}

/** Letters a day a lane may send by this quota. */
export const laneDay = (lane: Lane, { perDay }: Pick<CarrierQuota, "perDay">): number =>
  lane === "editions" ? Math.floor(perDay * (1 - dayReserveShare)) : perDay;

/** The figures of a carrier that was asked for the first time. */
export const openRate = (quota: CarrierQuota, now: number): Rate => ({
  ...{ v: 1, version: 0, free: now, askedAt: now, taken: 0, share: 1, throttledAt: null, hours: [] },
  quota: figures(quota),
});

/** The same with what the carrier says now. */
export const askedAgain = (rate: Rate, quota: CarrierQuota, now: number): Rate => ({
  ...rate,
  ...{ quota: figures(quota), askedAt: now, taken: 0 },
});

const figures = ({ perSecond, perDay, sentInLastDay }: CarrierQuota): Rate["quota"] => ({
  ...{ perSecond, perDay: Number.isFinite(perDay) ? perDay : null, sentInLastDay },
});

// ── throttles ────────────────────────────────────────────────────────────────────────────────────

const slowerBy = 0.7;
const slowestShare = 0.05;
const slowMilliseconds = 60_000;
const fasterBy = 1.05;
const fasterEachMilliseconds = 10_000;
/** A throttle so soon after another asks the carrier for its figures: they tell whether the day is full. */
const inARowMilliseconds = 60_000;

/** After "too fast": slower for a minute, then a little faster every ten seconds. */
export function throttled(rate: Rate, now: number): Rate {
  const isSecond = rate.throttledAt !== null && now - rate.throttledAt <= inARowMilliseconds;
  return {
    ...rate,
    ...{ share: Math.max(slowestShare, shareNow(rate, now) * slowerBy), throttledAt: now },
    ...(isSecond && { askedAt: 0 }),
  };
}

/** The share of the rate that is used now. */
export function shareNow({ share, throttledAt }: Rate, now: number): number {
  if (throttledAt === null) return 1;
  const steps = Math.floor((now - throttledAt - slowMilliseconds) / fasterEachMilliseconds) + 1;
  return steps <= 0 ? share : Math.min(1, share * fasterBy ** steps);
}

// ── places ───────────────────────────────────────────────────────────────────────────────────────

/** Places for letters: the first leaves at `first`, each further one `apart` milliseconds later. */
export interface Places {
  readonly count: number;
  readonly first: number;
  readonly apart: number;
}
export type Taking =
  | { readonly is: "taken"; readonly rate: Rate; readonly places: Places }
  /** The next place is too far away to wait for it in paid time: it is free at `at`. */
  | { readonly is: "too-soon"; readonly at: number; readonly perSecond: number }
  /** The carrier takes no more today; there is room again at `until`. */
  | { readonly is: "day-full"; readonly until: number };

/**
 * Nobody takes more than a quarter of a second's letters at once. Waiting is paid for: three who wait for their quarter
 * are enough to keep the carrier busy, and whoever comes later goes away.
 */
const takenShare = 1 / 4;
const waiting = 3;
/** A slow carrier's next place is waited for all the same. */
const longestWait = 2000;

/** How many letters a second a lane may send now. */
export const speedNow = (rate: Rate, lane: Lane, now: number): number =>
  laneRate(lane, rate.quota) * shareNow(rate, now);

/** Takes places for `wanted` letters or fewer, the next ones that are free. */
export function take(rate: Rate, lane: Lane, wanted: number, now: number): Taking {
  const perSecond = speedNow(rate, lane, now);
  const left = leftToday(rate, lane);
  if (left < 1) return { is: "day-full", until: roomAgainAt(rate, now) };
  const first = Math.max(rate.free, now);
  if (perSecond <= 0 || first - now > longestWaitAt(perSecond)) return { is: "too-soon", at: first, perSecond };
  const count = Math.floor(Math.min(left, Math.max(1, Math.min(wanted, perSecond * takenShare))));
  const apart = 1000 / perSecond;
  return {
    is: "taken",
    rate: { ...rate, free: first + count * apart, taken: rate.taken + count, hours: withHour(rate.hours, count, now) },
    places: { count, first, apart },
  };
}

const longestWaitAt = (perSecond: number): number =>
  Math.min(longestWait, (waiting * Math.max(1, perSecond * takenShare) * 1000) / perSecond);

/** Letters the day still has room for. */
export const leftToday = ({ quota, taken }: Rate, lane: Lane): number =>
  quota.perDay === null
    ? Number.POSITIVE_INFINITY
    : laneDay(lane, { perDay: quota.perDay }) - quota.sentInLastDay - taken;

const hour = 3_600_000;
const hoursKept = 25;

function withHour(hours: Rate["hours"], letters: number, now: number): Rate["hours"] {
  const at = Math.floor(now / hour) * hour;
  const kept = hours.filter((one) => one.at > at - hoursKept * hour);
  const last = kept.at(-1);
  if (last?.at === at) return [...kept.slice(0, -1), { at, letters: last.letters + letters }];
  return [...kept, { at, letters }];
}

/** Where others than us filled the day nobody knows when they stop: asked again so soon. */
const askAgainMilliseconds = hour / 4;
const mostlyOurs = 0.9;

/** Letters of more than a day ago count no more: when we filled the day ourselves there is room again then. */
function roomAgainAt({ hours, quota }: Rate, now: number): number {
  const lately = hours.filter(({ at }) => at + hoursKept * hour > now);
  const ours = lately.reduce((sum, { letters }) => sum + letters, 0);
  const [first] = lately;
  return first && ours >= mostlyOurs * (quota.perDay ?? 0) ? first.at + hoursKept * hour : now + askAgainMilliseconds;
}
