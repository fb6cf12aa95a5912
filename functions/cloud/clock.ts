import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Clock } from "./cloud.ts";

/** The machine's own time and randomness. */
export const systemClock: Clock = {
  now: () => new Date(),
  id: () => randomBytes(16).toString("base64url"),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

/** A clock that others set right: workers whose clocks differ by minutes agree on leases, claims and the rate. */
export interface SharedClock extends Clock {
  /** A run begins: while a Lambda is frozen its monotonic time may stand still, so it starts from the machine's again. */
  wake(): void;
  /** An answer came with the time it was written at, so many milliseconds after it was asked for. */
  hear(told: Date, tookMilliseconds: number): void;
}

/** Where time comes from; a test has its own. */
interface Machine {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** An HTTP date has whole seconds, and an answer its way: only what is further off than this is a wrong clock. */
const tolerance = 2_000;
const wholeSecond = 1_000;

/**
 * The machine's time until somebody tells a better one; between answers monotonic time, which nobody sets.
 * Every worker hears the same table, so they agree even where all of them are wrong.
 */
export function sharedClock(machine: Machine = { wall: Date.now, monotonic: () => performance.now() }): SharedClock {
  let offset = 0;
  let start = machine.wall() - machine.monotonic();
  const now = (): number => start + machine.monotonic() + offset;
  return {
    ...systemClock,
    now: () => new Date(now()),
    wake: () => {
      start = machine.wall() - machine.monotonic();
    },
    hear: (told, tookMilliseconds) => {
      const earliest = told.getTime();
      const latest = earliest + wholeSecond + tookMilliseconds;
      if (now() < earliest - tolerance || now() > latest + tolerance) offset += (earliest + latest) / 2 - now();
    },
  };
}
