import type { Ask } from "../../core/subscriber/ask.ts";
import { confirmBy } from "../../core/subscriber/subscribe.ts";
import type { Cloud } from "../cloud/cloud.ts";

/** The longest a queue holds a message back. */
const longestSeconds = 900;

/** So late a link would lead nowhere: the wish has lapsed. */
export const isOver = ({ clock }: Cloud, ask: Ask): boolean =>
  ask.is !== "welcome" && confirmBy(ask.at) <= clock.now().toISOString();

/** Why a wish waits. */
export type Waits = "reading" | "restored" | "lease" | "cap" | "rate" | "quota" | "closed" | "throttled" | "doubt";
/** These may last for days. */
const long: readonly Waits[] = ["restored", "closed"];

/**
 * Nothing may leave now, and nothing has: the wish comes back later. A welcome is a courtesy nobody waits for days for:
 * it is let go.
 */
export async function later(cloud: Cloud, ask: Ask, waits: Waits, seconds = longestSeconds): Promise<void> {
  console.info({ ask: ask.id, waits });
  if (ask.is === "welcome" && long.includes(waits)) return;
  const delaySeconds = Math.min(longestSeconds, Math.max(1, Math.ceil(seconds)));
  await cloud.queues.confirmations.add([ask], { delaySeconds });
}

/** The same until an instant. */
export const laterAt = (cloud: Cloud, ask: Ask, waits: Waits, at: number): Promise<void> =>
  later(cloud, ask, waits, (at - cloud.clock.now().getTime()) / 1000);
