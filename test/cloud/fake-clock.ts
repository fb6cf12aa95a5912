import { createHash } from "node:crypto";
import type { Clock } from "../../functions/cloud/cloud.ts";

/** A clock that stands still until it is told, or until somebody sleeps: sleeping takes no time of ours. */
export interface FakeClock extends Clock {
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number }): void;
  set(instant: string): void;
}

/** @param lot two clocks with the same lot draw the same ids */
export function fakeClock(start = "2026-11-23T08:00:00.000Z", lot = "kurier"): FakeClock {
  let now = Date.parse(start);
  let drawn = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const wakeNext = (): void => {
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
  };
  return {
    now: () => new Date(now),
    id: () => createHash("sha256").update(`${lot} ${drawn++}`).digest().subarray(0, 16).toString("base64url"),
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: now + milliseconds, wake });
        setImmediate(wakeNext);
      }),
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }) {
      now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
    },
    set(instant) {
      now = Date.parse(instant);
    },
  };
}
