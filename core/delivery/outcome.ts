import type { Delivery } from "./delivery.ts";

/** Where a reader of the publication stands with an issue, for people: waiting and not planned have no row. */
export const readerStates = [
  ...(["not-planned", "waiting", "sending", "accepted", "delivered", "bounced", "complained"] as const),
  ...(["skipped", "rejected", "uncertain", "unresolved", "cancelled"] as const),
] as const;
export type ReaderState = (typeof readerStates)[number];

/** What became of a letter, in the words of its row. */
export interface Outcome {
  readonly state: ReaderState;
  /** When it came to stand there; null where nothing happened yet. */
  readonly at: string | null;
  readonly messageId: string | null;
  /** A code or the carrier's words; null where nothing needs explaining. */
  readonly reason: string | null;
  readonly bounce: "hard" | "soft" | null;
  /** How often somebody tried. */
  readonly attempts: number;
}

/** Of a reader without a row. */
export const without = (state: ReaderState, reason: string | null = null): Outcome => ({
  ...{ state, at: null, messageId: null, reason, bounce: null, attempts: 0 },
});

/** What a row tells. */
export function outcomeOf(delivery: Delivery): Outcome {
  return {
    state: delivery.state,
    at: timeOf(delivery),
    messageId: "messageId" in delivery ? delivery.messageId : null,
    reason: "reason" in delivery ? delivery.reason : isDelayed(delivery) ? "delayed" : null,
    bounce: delivery.state === "bounced" ? delivery.bounce : null,
    attempts: delivery.attemptNo,
  };
}

const isDelayed = (delivery: Delivery): boolean => delivery.state === "accepted" && delivery.delayedAt !== undefined;

function timeOf(delivery: Delivery): string {
  switch (delivery.state) {
    case "accepted":
      return delivery.acceptedAt;
    case "delivered":
      return delivery.deliveredAt;
    case "bounced":
      return delivery.bouncedAt;
    case "complained":
      return delivery.complainedAt;
    case "rejected":
      return delivery.rejectedAt;
    case "uncertain":
      return delivery.uncertainSince;
    default:
      return delivery.claimedAt;
  }
}
