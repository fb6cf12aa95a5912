import type { ExclusionReason } from "../subscriber/subscriber.ts";
import { type Counts, plusCounts, plusOne, total } from "./batch.ts";
import type { Delivery, SkipReason } from "./delivery.ts";

/** How many deliveries of a round, or of an issue, stand where. Whoever has no delivery yet is waiting. */
export interface Tally {
  readonly sending: number;
  /** Whatever SES ever took: delivered, bounced and complained are among them. */
  readonly accepted: number;
  /** What SES has told of those it took. */
  readonly reported: Counts<Report>;
  readonly skipped: Counts<SkipReason>;
  readonly rejected: number;
  readonly uncertain: number;
  readonly unresolved: number;
  readonly cancelled: number;
}
export type Report = "delivered" | "bounced" | "complained";
export const nothing: Tally = {
  ...{ sending: 0, accepted: 0, reported: {}, skipped: {}, rejected: 0, uncertain: 0, unresolved: 0, cancelled: 0 },
};

export interface IssueAccount extends Tally {
  readonly candidates: number;
  readonly excluded: Counts<ExclusionReason>;
  readonly planned: number;
  readonly waiting: number;
}

/** What the carrier has told of accepted letters. A letter that arrived may be complained of later: both are counted. */
export interface Reported {
  readonly delivered: number;
  readonly bounced: number;
  readonly hardBounced: number;
  readonly softBounced: number;
  readonly complained: number;
  readonly delayed: number;
}

/** What the freeze of one round, or of all, wrote down. */
export interface Frozen {
  readonly candidates: number;
  readonly excluded: Counts<ExclusionReason>;
  readonly planned: number;
}

/** Before anything was written down. */
export const nobody: Frozen = { candidates: 0, excluded: {}, planned: 0 };

/** The line of the account a delivery stands in: what SES tells of letters it took is beneath "accepted". */
export const lineOf = ({ state }: Delivery): Exclude<Delivery["state"], Report> =>
  state === "delivered" || state === "bounced" || state === "complained" ? "accepted" : state;

/** The tally with one delivery more. */
export function plusDelivery(tally: Tally, delivery: Delivery): Tally {
  switch (delivery.state) {
    case "skipped":
      return { ...tally, skipped: plusOne(tally.skipped, delivery.reason) };
    case "delivered":
    case "bounced":
    case "complained":
      return { ...tally, accepted: tally.accepted + 1, reported: plusOne(tally.reported, delivery.state) };
    default:
      return { ...tally, [delivery.state]: tally[delivery.state] + 1 };
  }
}

/** Counts deliveries by what became of them. */
export const tallyOf = (deliveries: readonly Delivery[]): Tally => deliveries.reduce(plusDelivery, nothing);

/** Two tallies as one. */
export const plusTally = (one: Tally, other: Tally): Tally => ({
  sending: one.sending + other.sending,
  accepted: one.accepted + other.accepted,
  reported: plusCounts(one.reported, other.reported),
  skipped: plusCounts(one.skipped, other.skipped),
  rejected: one.rejected + other.rejected,
  uncertain: one.uncertain + other.uncertain,
  unresolved: one.unresolved + other.unresolved,
  cancelled: one.cancelled + other.cancelled,
});

/** What two freezes wrote down, as one. */
export const plusFrozen = (one: Frozen, other: Frozen): Frozen => ({
  candidates: one.candidates + other.candidates,
  excluded: plusCounts(one.excluded, other.excluded),
  planned: one.planned + other.planned,
});

/** Everybody with a delivery, whatever became of it. */
export const counted = (tally: Tally): number =>
  tally.sending +
  tally.accepted +
  total(tally.skipped) +
  tally.rejected +
  tally.uncertain +
  tally.unresolved +
  tally.cancelled;

/**
 * The two equations of an issue, which hold at every moment: candidates = planned + excluded, and
 * planned = waiting + all that have a delivery.
 *
 * @throws when the books do not agree: nobody may be left out silently
 */
export function accountOf(frozen: Frozen, tally: Tally): IssueAccount {
  const waiting = frozen.planned - counted(tally);
  if (waiting < 0 || frozen.candidates !== frozen.planned + total(frozen.excluded)) {
    throw new Error(`the books do not agree: ${JSON.stringify({ frozen, tally })}`);
  }
  return { ...frozen, waiting, ...tally };
}

/** Nothing is waiting, on its way or uncertain any more. */
export const isAtRest = ({ waiting, sending, uncertain }: IssueAccount): boolean =>
  waiting === 0 && sending === 0 && uncertain === 0;
