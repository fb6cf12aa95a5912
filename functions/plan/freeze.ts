import { nobody, nothing, plusFrozen } from "../../core/delivery/account.ts";
import { exclusionOf } from "../../core/delivery/audience.ts";
import { type Batch, type Candidate, cutBatches, endOfRound, startOfRound, total } from "../../core/delivery/batch.ts";
import type { Pass } from "../../core/delivery/rest.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { batchesOf, putBatch } from "../records/batches.ts";
import type { ForWhom, Place } from "../records/issue-control.ts";
import { withoutOriginal } from "../records/received.ts";
import { nothingSpent, putRound, type RoundPlace, readRounds } from "../records/rounds.ts";
import { subscribersAfter, suppressedAmong } from "../records/subscribers.ts";
import { freezeRest } from "./freeze-rest.ts";

/** Readers looked at together: ten full batches. */
const pageSize = 400;

/** Lays out a round for the pass the issue is in. Answers false when it is too late to go on: what is written stands. */
export async function freezeRound(
  cloud: Cloud,
  issue: Place & Pass & ForWhom,
  round: string,
  isLate: () => boolean,
): Promise<boolean> {
  const frozen = (await readRounds(cloud, issue)).find((one) => one.round === round);
  // Cancelled before this round was frozen: its readers are planned now, and nobody has begun with them.
  if (!frozen) return freezeWhole(cloud, issue, round, isLate);
  return issue.resend === 0 || freezeRest(cloud, issue, frozen, isLate);
}

/**
 * Writes the batches of one round one after the other, each from where the one before it ends. Where a batch stands
 * already, it is the truth: two planners, or one that died, still leave one row of batches without gap or double.
 */
export async function freezeWhole(
  cloud: Cloud,
  issue: Place & Pass & ForWhom,
  round: string,
  isLate: () => boolean,
): Promise<boolean> {
  const place = { publication: issue.publication, issue: issue.issue, round };
  const books = { after: startOfRound, batches: 0, ...nobody };
  const enter = (batch: Batch): void => {
    const planned = batch.keys.length;
    const frozen = { candidates: planned + total(batch.excluded), planned, excluded: batch.excluded };
    Object.assign(books, plusFrozen(books, frozen), { after: batch.last, batches: books.batches + 1 });
  };
  for await (const batch of batchesOf(cloud, place)) enter(batch);
  while (books.after !== endOfRound) {
    if (isLate()) return false;
    for (const batch of await nextBatches(cloud, { ...place, topic: issue.topic }, books.after)) {
      const standing = await putBatch(cloud, place, books.batches, batch);
      enter(standing);
      if (standing.last !== batch.last) break;
    }
  }
  const { after: _, ...frozen } = books;
  await putRound(cloud, place, {
    ...{ v: 1, round, phase: "walking", turn: 0, heldUntil: null, wakeAt: null, next: 0, pass: issue.resend },
    ...{ freezes: freezesOf(issue, frozen.batches), tally: nothing, spent: nothingSpent },
    ...frozen,
  });
  return true;
}

/** All of them belong to the first freeze, whichever pass the issue is in. */
const freezesOf = ({ resend }: Pass, batches: number): readonly number[] => [
  0,
  ...Array.from({ length: resend }, () => batches),
];

async function nextBatches(
  cloud: Cloud,
  { publication, issue, round, topic }: RoundPlace & ForWhom,
  after: string,
): Promise<Batch[]> {
  const page = await subscribersAfter(cloud, publication, round, after, pageSize);
  const [suppressed, without] = await Promise.all([
    suppressedAmong(
      cloud,
      page.subscribers.map(({ addressKey }) => addressKey),
    ),
    withoutOriginal(cloud, { publication, issue }, page.subscribers),
  ]);
  const now = cloud.clock.now().toISOString();
  const candidates = page.subscribers.map((subscriber): Candidate => {
    const { addressKey } = subscriber;
    const left = without.has(addressKey) ? "not-received" : undefined;
    return { addressKey, exclusion: exclusionOf(subscriber, suppressed.has(addressKey), now, topic) ?? left };
  });
  return cutBatches(after, candidates, page.isLast ? endOfRound : (candidates.at(-1)?.addressKey ?? after));
}
