import type { AddressKey } from "../subscriber/subscriber.ts";

/** One issue to one address. There is no row while it waits: the row is born by its claim. */

interface Row {
  readonly v: 1;
  readonly addressKey: AddressKey;
  /** The one attempt this row belongs to; also the SES tag by which a doubtful send is resolved. */
  readonly attempt: string;
  readonly attemptNo: number;
  readonly claimedAt: string;
}
export type SkipReason = "unsubscribed" | "suppressed" | "moved" | "away" | "gone";

export type Sending = Row & { readonly state: "sending"; readonly leaseUntil: string };
export type Accepted = Row & { readonly state: "accepted"; readonly messageId: string; readonly acceptedAt: string };
export type Skipped = Row & { readonly state: "skipped"; readonly reason: SkipReason };
export type Rejected = Row & { readonly state: "rejected"; readonly reason: string };
export type Uncertain = Row & { readonly state: "uncertain"; readonly reason: string; readonly uncertainSince: string };
export type Unresolved = Row & { readonly state: "unresolved"; readonly reason: string };
export type Cancelled = Row & { readonly state: "cancelled" };
/** Told by SES later. */
export type Outcome = Row & {
  readonly state: "delivered" | "bounced" | "complained";
  readonly messageId: string;
  readonly acceptedAt: string;
  readonly reason?: string;
};

export type Delivery = Sending | Accepted | Skipped | Rejected | Uncertain | Unresolved | Cancelled | Outcome;

export const rounds = [..."0123456789abcdef"] as const;

/** One batch holds this many keys at most: 40 × 22 bytes and their frame stay within one 1 KB write unit. */
export const batchSize = 40;
