import type { Delivery } from "./delivery.ts";
import { contentReason, type Feedback, type FeedbackKind, feedbackKinds } from "./feedback.ts";

/**
 * What SES tells moves a delivery forward and never back. However its events come, in any order and any number of
 * times, the row they leave is the same: the furthest kind decides, and of two of a kind the earlier.
 */
export function advance(delivery: Delivery, feedback: Feedback): Delivery {
  if (!concerns(feedback, delivery)) return delivery;
  const next = told(feedback, delivery);
  const [from, to] = [rank(kindOf(delivery)), rank(feedback.kind)];
  if (to !== from) return to > from ? next : delivery;
  return stampOf(next) < stampOf(delivery) ? next : delivery;
}

/**
 * A letter nobody wrote down: an older copy of the table was put in its place. Whoever has that letter must not get it
 * again, and only a row keeps others from claiming them.
 */
export const unknownDelivery = (feedback: Feedback): Delivery => {
  const { addressKey, attempt, sentAt } = feedback;
  return told(feedback, { v: 1, addressKey, attempt, attemptNo: 1, claimedAt: sentAt });
};

/** The furthest SES has told of a delivery, or answered when it was sent; undefined while it is not known to have it. */
export function kindOf(delivery: Delivery): FeedbackKind | undefined {
  switch (delivery.state) {
    case "accepted":
      return delivery.delayedAt === undefined ? "sent" : "delayed";
    case "rejected":
      return delivery.reason === contentReason ? "rejected" : undefined;
    case "bounced":
      return delivery.bounce === "hard" ? "hardBounced" : "softBounced";
    case "delivered":
    case "complained":
      return delivery.state;
    default:
      return undefined;
  }
}

const rank = (kind: FeedbackKind | undefined): number => (kind ? feedbackKinds.indexOf(kind) : -1);

/**
 * An event is about its own attempt. One of another attempt still shows that the reader has a letter, where the row
 * knows of none: they must not get one more.
 */
function concerns({ attempt, kind }: Feedback, delivery: Delivery): boolean {
  const { state } = delivery;
  if (state === "skipped" || state === "cancelled") return false;
  if (attempt === delivery.attempt) return true;
  const isWithoutLetter = state === "uncertain" || state === "unresolved" || state === "rejected";
  return isWithoutLetter && kindOf(delivery) === undefined && kind !== "rejected";
}

type Row = Pick<Delivery, "v" | "addressKey" | "attempt" | "attemptNo" | "claimedAt" | "expiresAt">;

function told(feedback: Feedback, before: Row): Delivery {
  const { attempt, messageId, at, reason, sentAt: acceptedAt } = feedback;
  const row = { ...withoutState(before), attempt };
  const taken = { ...row, messageId, acceptedAt };
  switch (feedback.kind) {
    case "sent":
      return { ...taken, state: "accepted" };
    case "delayed":
      return { ...taken, state: "accepted", delayedAt: at };
    case "rejected":
      return { ...row, state: "rejected", reason, rejectedAt: at };
    case "delivered":
      return { ...taken, state: "delivered", deliveredAt: at };
    case "softBounced":
      return { ...taken, state: "bounced", bounce: "soft", reason, bouncedAt: at };
    case "hardBounced":
      return { ...taken, state: "bounced", bounce: "hard", reason, bouncedAt: at };
    case "complained":
      return { ...taken, state: "complained", reason, complainedAt: at };
  }
}

/** Whatever else a row holds stays, what the next version of the code wrote too. */
const withoutState = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([field]) => !ofStates.has(field))) as unknown as Row;

/** What says more of a state than its name. */
const ofStates: ReadonlySet<string> = new Set([
  ...["state", "leaseUntil", "uncertainSince", "messageId", "acceptedAt", "delayedAt", "deliveredAt"],
  ...["reason", "rejectedAt", "bounce", "bouncedAt", "complainedAt"],
]);

/** When and why: the lesser of two of a kind stands. */
function stampOf(delivery: Delivery): string {
  switch (delivery.state) {
    case "accepted":
      return delivery.delayedAt ?? ""; // that SES took it is known from its answer: not worth a write
    case "rejected":
      return delivery.rejectedAt;
    case "delivered":
      return delivery.deliveredAt;
    case "bounced":
      return `${delivery.bouncedAt} ${delivery.reason}`;
    case "complained":
      return `${delivery.complainedAt} ${delivery.reason}`;
    default:
      return "";
  }
}
