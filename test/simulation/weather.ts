import type { FaultKind } from "./faults.ts";
import type { Lots } from "./lots.ts";

/** What the carrier goes through for a while. */
export type Spell = Extract<
  FaultKind,
  "carrier closed" | "carrier unreachable" | "carrier answered 5xx" | "carrier throttled half"
>;

export interface Weather {
  /** Which of the carrier's troubles lasts at this moment. */
  now(): Spell | undefined;
  /** Another day with fewer troubles ends sooner. */
  readonly endsAt: number;
}

const minute = 60_000;
/** How many in a hundred seeds have it, and how long it lasts, in milliseconds. */
const spells: Readonly<Record<Spell, { inHundred: number; from: number; to: number }>> = {
  "carrier closed": { inHundred: 20, from: 10_000, to: 5 * minute },
  "carrier unreachable": { inHundred: 6, from: 30 * minute, to: 30 * minute },
  "carrier answered 5xx": { inHundred: 15, from: 10_000, to: 3 * minute },
  "carrier throttled half": { inHundred: 10, from: 10 * minute, to: 10 * minute },
};

/** At most one trouble in a seed, while the first letters leave or later. */
export function someWeather(lots: Lots, now: () => number): Weather {
  const start = now();
  const calmUntil = start + lots.between(3, 12) * minute;
  let drawn = lots.below(100);
  const kind = (Object.keys(spells) as Spell[]).find((one) => {
    drawn -= spells[one].inHundred;
    return drawn < 0;
  });
  if (!kind) return { now: () => undefined, endsAt: calmUntil };
  const from = lots.between(start + minute, lots.pick([start + 1.2 * minute, calmUntil]));
  const to = from + lots.between(spells[kind].from, spells[kind].to);
  return { now: () => (now() >= from && now() < to ? kind : undefined), endsAt: Math.max(calmUntil, to) };
}
