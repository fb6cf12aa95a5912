import { type Batch, type Candidate, cutBatches, endOfRound, startOfRound } from "../../core/delivery/batch.ts";
import { batchSize } from "../../core/delivery/delivery.ts";
import type { Pass } from "../../core/delivery/rest.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { batchesOf, putBatchOver } from "../records/batches.ts";
import type { ForWhom, Place } from "../records/issue-control.ts";
import { newcomers } from "../records/newcomers.ts";
import { type Round, type RoundPlace, saveRound } from "../records/rounds.ts";

/**
 * Makes a round ready for "send to the rest": readers who are new to the issue get batches behind those that stand, and
 * the round is walked from its first batch on.
 */
export async function freezeRest(
  cloud: Cloud,
  issue: Place & Pass & ForWhom,
  round: Round,
  isLate: () => boolean,
): Promise<boolean> {
  if (round.pass >= issue.resend) return true;
  const place = { publication: issue.publication, issue: issue.issue, round: round.round };
  const books = { after: startOfRound, batches: round.batches, joined: 0 };
  const enter = ({ keys, last }: Batch): void => {
    Object.assign(books, { after: last, batches: books.batches + 1, joined: books.joined + keys.length });
  };
  // Behind them may stand batches of a pass that never came to its end.
  for await (const batch of batchesOf(cloud, place, round.batches)) {
    if (batch.pass !== issue.resend) break;
    enter(batch);
  }
  let candidates: Candidate[] = [];
  for await (const { addressKey, group } of newcomers(
    cloud,
    { ...place, topic: issue.topic },
    { after: books.after, pass: issue.resend },
  )) {
    if (isLate()) return false;
    if (!issue.rest.includes(group)) continue;
    candidates.push({ addressKey, exclusion: undefined });
    if (candidates.length < batchSize) continue;
    enter(await putRest(cloud, issue, place, books, candidates, addressKey));
    candidates = [];
  }
  if (candidates.length > 0) enter(await putRest(cloud, issue, place, books, candidates, endOfRound));
  return makeReady(cloud, issue, round, books);
}

async function putRest(
  cloud: Cloud,
  { resend }: Pass,
  place: RoundPlace,
  { after, batches }: { after: string; batches: number },
  candidates: readonly Candidate[],
  until: string,
): Promise<Batch> {
  const [batch] = cutBatches(after, candidates, until);
  if (!batch) throw new Error("a batch without a reader");
  const standing = await putBatchOver(cloud, place, batches, batch, resend);
  // Another planner was faster and saw other readers: begin again from its batch.
  if (standing.pass !== resend || standing.last !== batch.last)
    throw new Error(`batch ${batches} of round ${place.round} was cut elsewhere`);
  return standing;
}

/** Whoever settles the round at this moment loses it: the turn moves on. */
function makeReady(
  cloud: Cloud,
  issue: Place & Pass,
  { round, turn, batches, freezes, candidates, planned, tally }: Round,
  books: { readonly batches: number; readonly joined: number },
): Promise<boolean> {
  const isBegunAnew = issue.rest.includes("never-begun");
  return saveRound(cloud, { publication: issue.publication, issue: issue.issue, round }, turn, {
    ...{ turn: turn + 1, phase: "walking", pass: issue.resend, next: 0, heldUntil: null, wakeAt: null },
    freezes: [...freezes, ...Array.from({ length: issue.resend + 1 - freezes.length }, () => batches)],
    ...{ batches: books.batches, candidates: candidates + books.joined, planned: planned + books.joined },
    tally: { ...tally, cancelled: isBegunAnew ? 0 : tally.cancelled },
  });
}
