import { total } from "../../core/delivery/batch.ts";
import type { Reactions } from "../../core/delivery/breakers.ts";
import { type FeedbackKind, feedbackKinds } from "../../core/delivery/feedback.ts";
import type { Cloud, Item } from "../cloud/cloud.ts";
import { issueAccount } from "./account.ts";
import type { Place } from "./issue-control.ts";
import { feedbackKey } from "./keys.ts";

/**
 * What SES has told of an issue, counted while it comes; one row an issue.
 * sent: letters it told more of than that it took them · the others: letters it told this of.
 * A run that dies between its rows and its counts leaves them a little too low: the account is exact, these are early.
 */
export type FeedbackCounts = Readonly<Record<FeedbackKind, number>>;

/** Nothing heard yet. */
export const nothingHeard = Object.fromEntries(feedbackKinds.map((kind) => [kind, 0])) as FeedbackCounts;

export const plusFeedbackCounts = (one: FeedbackCounts, other: FeedbackCounts): FeedbackCounts =>
  Object.fromEntries(feedbackKinds.map((kind) => [kind, one[kind] + other[kind]])) as FeedbackCounts;

const rowOf = async (cloud: Cloud, { publication, issue }: Place): Promise<Item | undefined> => {
  const [row] = await cloud.table.get([feedbackKey(publication, issue)], { consistent: true });
  return row;
};

const countsOf = (row: Item | undefined): FeedbackCounts =>
  Object.fromEntries(feedbackKinds.map((kind) => [kind, Number(row?.[kind] ?? 0)])) as FeedbackCounts;

export const readFeedbackCounts = async (cloud: Cloud, place: Place): Promise<FeedbackCounts> =>
  countsOf(await rowOf(cloud, place));

/** One atomic add a kind. */
export async function addFeedbackCounts(cloud: Cloud, place: Place, counts: FeedbackCounts): Promise<void> {
  const key = feedbackKey(place.publication, place.issue);
  const heard = feedbackKinds.filter((kind) => counts[kind] > 0);
  await Promise.all(heard.map((kind) => cloud.table.count(key, kind, counts[kind])));
}

/** What stood there when the issue stopped by itself the last time; undefined when it never did. */
export async function readReactions(
  cloud: Cloud,
  place: Place,
): Promise<{ counts: FeedbackCounts; lastStop: Reactions | undefined }> {
  const row = await rowOf(cloud, place);
  const lastStop = {
    accepted: Number(row?.stopAccepted),
    hardBounced: Number(row?.stopHardBounced),
    complained: Number(row?.stopComplained),
  };
  return { counts: countsOf(row), lastStop: row?.stopAccepted === undefined ? undefined : lastStop };
}

/** From here on it is counted anew. Whoever was slower than another leaves what stands. */
export async function saveStop(
  cloud: Cloud,
  place: Place,
  now: Reactions,
  lastStop: Reactions | undefined,
): Promise<void> {
  const set = { stopAccepted: now.accepted, stopHardBounced: now.hardBounced, stopComplained: now.complained };
  const standing = { stopAccepted: lastStop?.accepted ?? null, stopHardBounced: lastStop?.hardBounced ?? null };
  await cloud.table.each([{ patch: feedbackKey(place.publication, place.issue), set, if: standing }]);
}

/** Nearly every letter is delivered or comes back within the hour; the rest waits for a mailbox that is slow. */
const healthyShare = 0.9;

export interface FeedbackHealth {
  readonly accepted: number;
  /** Of how many of them SES has told where they went. */
  readonly heard: number;
  /** Events reach us: what SES does not tell of a letter then says something about the letter. */
  readonly isHealthy: boolean;
}

/**
 * Whether we would have heard of a letter that nobody can tell the fate of. A crash leaves the count a little too low,
 * nothing makes it too high. Too early after the last letter the answer is no, and
 * nothing is lost but minutes. A carrier that never reports has no way that could be broken. Where it took nothing there
 * is nothing to hear of, and the answer is yes: whoever sends to the unresolved then is told that some may have it.
 */
export async function feedbackHealth(cloud: Cloud, { publication, issue }: Place): Promise<FeedbackHealth> {
  const account = await issueAccount(cloud, publication, issue);
  const accepted = account?.accepted ?? 0;
  const heard = Math.max(
    total(account?.reported ?? {}),
    (await readFeedbackCounts(cloud, { publication, issue })).sent,
  );
  return { accepted, heard, isHealthy: !cloud.mail.reports || heard >= healthyShare * accepted };
}

/** The reactions to an issue so far. */
export const reactionsOf = ({ hardBounced, complained }: FeedbackCounts, accepted: number): Reactions => ({
  accepted,
  hardBounced,
  complained,
});
