import type { AddressKey, ExclusionReason } from "../subscriber/subscriber.ts";
import { batchSize } from "./delivery.ts";

/** Forty readers of a round, and the stretch of the round's keys they are all of: `(after, last]`. */
export interface Batch {
  readonly after: string;
  readonly last: string;
  readonly keys: readonly AddressKey[];
  readonly excluded: Counts<ExclusionReason>;
}
export type Counts<Reason extends string> = Readonly<Partial<Record<Reason, number>>>;

/** Before and behind every key: base64url has no sign below "-" or above "z". */
export const startOfRound = "";
export const endOfRound = "~";

/** A reader of the publication, in key order. */
export interface Candidate {
  readonly addressKey: AddressKey;
  readonly exclusion: ExclusionReason | undefined;
}

/** Cuts the readers of the stretch `(after, until]` into batches that tile it: no gap, no double. */
export function cutBatches(after: string, candidates: readonly Candidate[], until: string): Batch[] {
  const batches: Batch[] = [];
  let from = after;
  let keys: AddressKey[] = [];
  let excluded: Counts<ExclusionReason> = {};
  for (const { addressKey, exclusion } of candidates) {
    if (exclusion) excluded = plusOne(excluded, exclusion);
    else keys.push(addressKey);
    if (keys.length === batchSize) {
      batches.push({ after: from, last: addressKey, keys, excluded });
      [from, keys, excluded] = [addressKey, [], {}];
    }
  }
  return until === from ? batches : [...batches, { after: from, last: until, keys, excluded }];
}

/** Counts one more for a reason. */
export const plusOne = <Reason extends string>(counts: Counts<Reason>, reason: Reason): Counts<Reason> => ({
  ...counts,
  [reason]: (counts[reason] ?? 0) + 1,
});

/** Adds reason by reason. */
export function plusCounts<Reason extends string>(one: Counts<Reason>, other: Counts<Reason>): Counts<Reason> {
  const sum: Partial<Record<Reason, number>> = { ...one };
  for (const reason of Object.keys(other) as Reason[]) sum[reason] = (sum[reason] ?? 0) + (other[reason] ?? 0);
  return sum;
}

/** All reasons together. */
export const total = (counts: Counts<string>): number =>
  Object.values(counts).reduce((sum: number, count) => sum + (count ?? 0), 0);
