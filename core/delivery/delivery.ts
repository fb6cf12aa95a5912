import type { AddressKey } from "../subscriber/subscriber.ts";

/** One issue to one address. There is no row while it waits: the row is born by its claim. */

interface Row {
  readonly v: 1;
  readonly addressKey: AddressKey;
  /** The one attempt this row belongs to; also the SES tag by which a doubtful send is resolved. */
  readonly attempt: string;
  /** 1, and one more for every time "send to the rest" was said: nobody is tried twice under one number. */
  readonly attemptNo: number;
  readonly claimedAt: string;
  /** Tried once more though nobody knows the end of an earlier attempt. */
  readonly isRetry?: true;
  /** The ledger forgets the reader then; long before, nothing is sent for the issue any more. */
  readonly expiresAt?: string;
}
interface Taken extends Row {
  readonly messageId: string;
  readonly acceptedAt: string;
}
export type SkipReason = "unsubscribed" | "suppressed" | "moved" | "away" | "topic" | "gone";

export type Sending = Row & { readonly state: "sending"; readonly leaseUntil: string };
/** SES took it; `delayedAt`: a mailbox does not take it yet. */
export type Accepted = Taken & { readonly state: "accepted"; readonly delayedAt?: string };
export type Skipped = Row & { readonly state: "skipped"; readonly reason: SkipReason };
export type Rejected = Row & { readonly state: "rejected"; readonly reason: string; readonly rejectedAt: string };
export type Uncertain = Row & { readonly state: "uncertain"; readonly reason: string; readonly uncertainSince: string };
export type Unresolved = Row & { readonly state: "unresolved"; readonly reason: string };
export type Cancelled = Row & { readonly state: "cancelled" };

/** What SES tells later. A mailbox that took the letter may still bounce it or its reader complain. */
export type Delivered = Taken & { readonly state: "delivered"; readonly deliveredAt: string };
export type Bounced = Taken & {
  readonly state: "bounced";
  /** hard: the address is none · soft: it may be one again. */
  readonly bounce: "hard" | "soft";
  readonly reason: string;
  readonly bouncedAt: string;
};
export type Complained = Taken & {
  readonly state: "complained";
  readonly reason: string;
  readonly complainedAt: string;
};

export type Delivery =
  | Sending
  | Accepted
  | Skipped
  | Rejected
  | Uncertain
  | Unresolved
  | Cancelled
  | Delivered
  | Bounced
  | Complained;

/** How long rows of deliveries are kept after their issue began, and how long it may still be sent. */
export const ledgerDays = 100;
export const sendingDays = 90;

export const rounds = [..."0123456789abcdef"] as const;

/** One batch holds this many keys at most: 40 × 22 bytes and their frame stay within one 1 KB write unit. */
export const batchSize = 40;
