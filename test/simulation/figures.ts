import type { Broken } from "./invariants.ts";
import type { Simulated } from "./simulation.ts";

/** What many seeds come to. */
export interface Figures {
  readonly seeds: number;
  /** Letters begun. */
  readonly deliveries: number;
  /** Faults, and acts of people. */
  readonly faults: number;
  readonly sentTwice: number;
  readonly lostInSilence: number;
  readonly afterUnsubscribe: number;
  readonly afterPause: number;
  readonly unresolved: number;
  readonly unresolvedButAccepted: number;
  readonly quotaOvershoot: number;
  readonly failedSeeds: readonly number[];
  /** The promises that were not kept, other than those above. */
  readonly otherBroken: number;
  readonly faultsByKind: Readonly<Record<string, number>>;
}

export interface Failure {
  readonly seed: number;
  readonly broken: readonly string[];
  readonly trace: readonly string[];
}

/** What a worker tells of one seed. */
export interface Told extends Omit<Simulated, "trace" | "faults" | "minutes"> {
  readonly faults: Readonly<Record<string, number>>;
  readonly trace: readonly string[];
}

/** A trace is long and of interest only where something went wrong. */
export const told = ({ minutes: _, ...simulated }: Simulated): Told => ({
  ...simulated,
  faults: Object.fromEntries(simulated.faults),
  trace: simulated.broken.length > 0 ? simulated.trace : [],
});

const counted = ["sentTwice", "lostInSilence", "afterUnsubscribe", "afterPause", "quotaOvershoot"] as const;

export function figuresOf(seeds: readonly Told[]): Figures {
  const sum = (of: (one: Told) => number): number => seeds.reduce((total, one) => total + of(one), 0);
  const broken = seeds.flatMap((one) => one.broken);
  const of = (promise: Broken["promise"]): number => broken.filter((one) => one.promise === promise).length;
  const faultsByKind: Record<string, number> = {};
  for (const { faults } of seeds)
    for (const [kind, count] of Object.entries(faults)) faultsByKind[kind] = (faultsByKind[kind] ?? 0) + count;
  return {
    seeds: seeds.length,
    deliveries: sum(({ letters }) => letters),
    faults: Object.values(faultsByKind).reduce((total, count) => total + count, 0),
    ...{ sentTwice: of("sentTwice"), lostInSilence: of("lostInSilence") },
    ...{ afterUnsubscribe: of("afterUnsubscribe"), afterPause: of("afterPause") },
    unresolved: sum(({ unresolved }) => unresolved),
    unresolvedButAccepted: sum(({ unresolvedButAccepted }) => unresolvedButAccepted),
    quotaOvershoot: of("quotaOvershoot"),
    failedSeeds: seeds.flatMap((one) => (one.broken.length > 0 ? [one.seed] : [])).sort((one, other) => one - other),
    otherBroken: broken.filter(({ promise }) => !counted.some((one) => one === promise)).length,
    faultsByKind: Object.fromEntries(Object.entries(faultsByKind).sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
