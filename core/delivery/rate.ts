import { batchSize } from "./delivery.ts";

/** Below what the carrier allows, so that its own count and ours may differ a little. */
const share = 0.85;
/** A claim is sent within five seconds of its reading; four leave room for one slow answer. */
const claimSeconds = 4;

/** Letters a second for one of the rounds that are walked at the same time. */
export const lettersPerSecond = (quota: { perSecond: number }, rounds: number): number =>
  (quota.perSecond * share) / Math.max(1, rounds);

/** How many readers may be claimed at once at this pace. */
export const claimSize = (perSecond: number): number =>
  Math.max(1, Math.min(batchSize, Math.floor(perSecond * claimSeconds)));
