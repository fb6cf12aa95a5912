import type { Lots } from "./lots.ts";

/** Everything that goes wrong, with how often it does in a seed that has it: a share of all occasions. */
const shares = {
  "killed before an effect": 0.004,
  "killed after an effect": 0.004,
  "table failed before writing": 0.01,
  "table failed after writing": 0.01,
  "table wrote half": 0.02,
  "table wrote after it had failed": 0.005,
  "table wrote twice": 0.02,
  "table failed to read": 0.004,
  "read was stale": 0.3,
  "file failed": 0.003,
  "call was slow": 0.03,
  "queue failed before adding": 0.1,
  "queue failed after adding": 0.1,
  "message doubled": 0.2,
  "message delayed": 0.2,
  "message lost": 0.03,
  "timer failed": 0.15,
  "timer rang twice": 0.9,
  "carrier throttled": 0.02,
  "letter doubtful and accepted": 0.02,
  "letter doubtful and lost": 0.02,
  "event lost": 0.05,
  "event doubled": 0.2,
  "event hours late": 0.1,
} as const;

/** What happens at times of its own: counted here, drawn elsewhere. */
const happenings = [
  ...["carrier closed", "carrier unreachable", "carrier answered 5xx", "carrier throttled half", "day quota reached"],
  ...["address rejected", "address poisoned every letter", "run out of time", "redeployed in mid send"],
  ...["clock off by a second", "clock off by minutes", "next version at work", "event path dead"],
  ...["reader left", "reader suppressed", "reader joined", "letter bounced", "reader complained"],
  ...[
    "issue paused",
    "issue cancelled",
    "sent to the rest",
    "editions stopped by a person",
    "confirmations stopped by a person",
  ],
] as const;

export type Strike = keyof typeof shares;
export type FaultKind = Strike | (typeof happenings)[number];
export const faultKinds: readonly FaultKind[] = [...(Object.keys(shares) as Strike[]), ...happenings];

export interface Faults {
  /** Whether it goes wrong in this way, this time. */
  strikes(kind: Strike): boolean;
  count(kind: FaultKind): void;
  readonly counts: ReadonlyMap<FaultKind, number>;
  readonly endsAt: number;
  isOver(): boolean;
}

/** Half of the seeds' troubles are away in any one seed, and the others come seldom or often: each seed is another world. */
export function someFaults(lots: Lots, now: () => number, endsAt: number): Faults {
  const shareOf = new Map(
    Object.entries(shares).map(([kind, share]) => [kind, lots.chance(0.5) ? 0 : share * lots.pick([0.3, 1, 3])]),
  );
  const counts = new Map<FaultKind, number>();
  const count = (kind: FaultKind): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    strikes(kind) {
      const isStruck = now() < endsAt && lots.chance(shareOf.get(kind) ?? 0);
      if (isStruck) count(kind);
      return isStruck;
    },
    count,
    counts,
    endsAt,
    isOver: () => now() >= endsAt,
  };
}

/** What a table, a queue or a timer throws when it is told to. */
export class Simulated extends Error {}
