import type { Delivery } from "./delivery.ts";

/**
 * What time makes of a delivery: a lease that ran out leaves it uncertain, an uncertainty nobody resolved leaves it
 * unresolved. Never waiting again: the letter may have left.
 *
 * @param eventSeconds how long an event may take to tell what became of a doubtful letter
 */
export function aged(delivery: Delivery, now: Date, eventSeconds: number): Delivery {
  if (delivery.state === "sending" && delivery.leaseUntil <= now.toISOString()) {
    const { leaseUntil: _, ...row } = delivery;
    return { ...row, state: "uncertain", reason: "lease expired", uncertainSince: now.toISOString() };
  }
  if (delivery.state === "uncertain" && restsAt(delivery, eventSeconds) <= now.getTime()) {
    const { uncertainSince: _, ...row } = delivery;
    return { ...row, state: "unresolved" };
  }
  return delivery;
}

/** When there is something to look at again, in milliseconds; undefined for what rests. */
export function looksAgainAt(delivery: Delivery, eventSeconds: number): number | undefined {
  if (delivery.state === "sending") return Date.parse(delivery.leaseUntil);
  return delivery.state === "uncertain" ? restsAt(delivery, eventSeconds) : undefined;
}

const restsAt = ({ uncertainSince }: { uncertainSince: string }, eventSeconds: number): number =>
  Date.parse(uncertainSince) + eventSeconds * 1000;
