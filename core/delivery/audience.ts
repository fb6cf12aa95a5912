import type { ExclusionReason, Subscriber } from "../subscriber/subscriber.ts";
import type { SkipReason } from "./delivery.ts";

/** Why a reader is left out when the audience is frozen; undefined: the issue goes to them. */
export function exclusionOf(subscriber: Subscriber, isSuppressed: boolean, now: string): ExclusionReason | undefined {
  if (isSuppressed) return "suppressed";
  if (subscriber.state !== "confirmed") return subscriber.state;
  return isAway(subscriber, now) ? "away" : undefined;
}

/** Why a planned reader is passed over when their turn comes. Whoever is not confirmed any more has left. */
export function skipReasonOf(
  subscriber: Subscriber | undefined,
  isSuppressed: boolean,
  now: string,
): SkipReason | undefined {
  if (isSuppressed) return "suppressed";
  if (!subscriber) return "gone";
  if (subscriber.state === "moved") return "moved";
  if (subscriber.state !== "confirmed") return "unsubscribed";
  return isAway(subscriber, now) ? "away" : undefined;
}

const isAway = ({ pausedUntil }: { pausedUntil?: string }, now: string): boolean =>
  pausedUntil !== undefined && pausedUntil > now;
