import type { ExclusionReason, Subscriber } from "../subscriber/subscriber.ts";
import type { SkipReason } from "./delivery.ts";

/**
 * Why a reader is left out when the audience is frozen; undefined: the issue goes to them.
 *
 * @param topic what the issue is about, where it is not for everybody
 */
export function exclusionOf(
  subscriber: Subscriber,
  isSuppressed: boolean,
  now: string,
  topic?: string,
): ExclusionReason | undefined {
  if (isSuppressed) return "suppressed";
  if (subscriber.state !== "confirmed") return subscriber.state;
  if (isAway(subscriber, now)) return "away";
  return isForThem(subscriber, topic) ? undefined : "topic";
}

/** Why a planned reader is passed over when their turn comes. Whoever is not confirmed any more has left. */
export function skipReasonOf(
  subscriber: Subscriber | undefined,
  isSuppressed: boolean,
  now: string,
  topic?: string,
): SkipReason | undefined {
  if (isSuppressed) return "suppressed";
  if (!subscriber) return "gone";
  if (subscriber.state === "moved") return "moved";
  if (subscriber.state !== "confirmed") return "unsubscribed";
  if (isAway(subscriber, now)) return "away";
  return isForThem(subscriber, topic) ? undefined : "topic";
}

/** Who chose no topic reads everything. */
const isForThem = ({ topics }: { readonly topics: readonly string[] }, topic: string | undefined): boolean =>
  topic === undefined || topics.length === 0 || topics.includes(topic);

const isAway = ({ pausedUntil }: { pausedUntil?: string }, now: string): boolean =>
  pausedUntil !== undefined && pausedUntil > now;
