import type { Subscriber } from "./subscriber.ts";

export const subscriberStates = ["confirmed", "pending", "unsubscribed", "moved"] as const;
export type SubscriberState = (typeof subscriberStates)[number];

/** Which readers of a publication somebody wants to see. */
export interface Wanted {
  readonly states?: ReadonlySet<SubscriberState>;
  readonly topic?: string;
  /** As `readAddress` spells it: "xn--bcher-kva.example". */
  readonly domain?: string;
  /** In their state since then, an instant. */
  readonly since?: string;
  /** And before then. */
  readonly until?: string;
}

export function isWanted(subscriber: Subscriber, { states, topic, domain, since, until }: Wanted): boolean {
  if (states && !states.has(subscriber.state)) return false;
  // Who left has neither address nor topics any more.
  if (topic !== undefined && !("topics" in subscriber && subscriber.topics.includes(topic))) return false;
  if (domain !== undefined && !("address" in subscriber && subscriber.address.endsWith(`@${domain}`))) return false;
  const at = stateSince(subscriber) ?? "";
  if (until !== undefined && !(at !== "" && at < until)) return false;
  return since === undefined || at >= since;
}

/** When they came into their state; nobody wrote down when a reader moved. */
export function stateSince(subscriber: Subscriber): string | undefined {
  switch (subscriber.state) {
    case "pending":
      return subscriber.requestedAt;
    case "confirmed":
      return subscriber.confirmedAt;
    case "unsubscribed":
      return subscriber.unsubscribedAt;
    case "moved":
      return undefined;
  }
}
