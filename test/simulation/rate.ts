import { laneRate } from "../../core/delivery/rate.ts";
import type { Broken } from "./invariants.ts";
import type { World } from "./world.ts";

/** Between a letter's place in the rate and its leaving lie so many calls: consent is read and the claim written. */
const callsBetween = 6;
/** A quick call takes at most so long there and back, in milliseconds. */
const longestCall = 16;
/** Who takes places takes one at least, however few a second has. */
const leastTaken = 1;

/**
 * No second begins more letters than the carrier takes in one. A letter leaves when its place comes or up to `late`
 * afterwards, so the places of `1 s + late` may meet in one second: at the lane's rate, which is three quarters of the
 * carrier's, that is still below it where calls are quick. Containers that read different clocks shift each other's
 * places by as much. Where calls stall for half a minute, or clocks are minutes apart, one second says nothing.
 */
export function tooFast({ carrier, faults, slowness, clocksOff }: World): Broken[] {
  if (faults.counts.has("call was slow") || clocksOff > 1000) return [];
  const { perSecond } = carrier.quota();
  const late = callsBetween * longestCall * slowness + 2 * clocksOff;
  const places = laneRate("editions", { perSecond }) * (1 + late / 1000);
  const most = Math.max(perSecond, Math.ceil(places)) + leastTaken;
  const begun = carrier.handed.map(({ begunAt }) => begunAt);
  let [first, worst] = [0, 0];
  for (let last = 0; last < begun.length; last++) {
    while ((begun[last] ?? 0) - (begun[first] ?? 0) >= 1000) first++;
    worst = Math.max(worst, last - first + 1);
  }
  const says = `${worst} letters were begun in one second, ${most} are allowed at ${perSecond} a second`;
  return worst > most ? [{ promise: "quotaOvershoot", says }] : [];
}
