/** One answer to one address, as it stands in the table. There is no row while it waits: the row is born by its claim. */

interface Row {
  readonly v: 1;
  /** The wish it answers. */
  readonly id: string;
  /** The one attempt this row belongs to; also the tag of the letter. */
  readonly attempt: string;
  readonly attemptNo: number;
  readonly claimedAt: string;
  readonly expiresAt: string;
}
export type ConfirmMail =
  | (Row & { readonly state: "sending"; readonly leaseUntil: string })
  | (Row & { readonly state: "accepted"; readonly messageId: string; readonly acceptedAt: string })
  | (Row & { readonly state: "rejected" | "uncertain"; readonly reason: string });
export type SendingMail = Extract<ConfirmMail, { state: "sending" }>;

/** A confirm mail that may not have left is sent again: a doubled one harms nobody, a lost one loses a reader. */
export const mostAttempts = 3;

/**
 * What a run finds and has to do. `wait`: another run may still be at it, until then. A run that died in the middle of
 * sending leaves a doubt like any other.
 */
export type Standing =
  | { readonly is: "send"; readonly attemptNo: number }
  | { readonly is: "wait"; readonly until: string }
  | { readonly is: "done" };

export function standingOf(mail: ConfirmMail | undefined, most: number, now: string): Standing {
  if (!mail) return { is: "send", attemptNo: 1 };
  if (mail.state === "accepted" || mail.state === "rejected") return { is: "done" };
  if (mail.state === "sending" && mail.leaseUntil > now) return { is: "wait", until: mail.leaseUntil };
  return mail.attemptNo < most ? { is: "send", attemptNo: mail.attemptNo + 1 } : { is: "done" };
}
