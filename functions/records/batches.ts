import type { Batch, Counts } from "../../core/delivery/batch.ts";
import { addressKeyLength, type ExclusionReason } from "../../core/subscriber/subscriber.ts";
import { type Cloud, Conflict, type Item, type Outcome } from "../cloud/cloud.ts";
import { batchKey, issueName } from "./keys.ts";
import { type RoundPlace, rowsInRound } from "./rounds.ts";

/** The frozen audience of a round: forty readers a row, written once. */

/** Forty keys are one string: a list of them would no longer fit into one write unit. */
const rowOfBatch = (place: RoundPlace, number: number, { after, last, keys, excluded }: Batch, pass: number): Item => ({
  ...batchKey(place.publication, place.issue, place.round, number),
  ...{ v: 1, pass, after, last, keys: keys.join(""), excluded },
});

/** A batch as it stands, and for which pass it was written. */
export interface StandingBatch extends Batch {
  readonly pass: number;
}

function batchOfRow(row: Item): StandingBatch {
  const packed = String(row.keys);
  const keys = Array.from({ length: packed.length / addressKeyLength }, (_, index) =>
    packed.slice(index * addressKeyLength, (index + 1) * addressKeyLength),
  );
  const excluded = row.excluded as Counts<ExclusionReason>;
  return { after: String(row.after), last: String(row.last), keys, excluded, pass: Number(row.pass ?? 0) };
}

/** Writes a batch where none stands, and answers the one that stands there now: it is the truth. */
export async function putBatch(
  cloud: Cloud,
  place: RoundPlace,
  number: number,
  batch: Batch,
  pass = 0,
): Promise<StandingBatch> {
  const put = rowOfBatch(place, number, batch, pass);
  const [outcome] = await cloud.table.each([{ put, if: "absent" }]);
  return outcome === "done" ? { ...batch, pass } : batchOfRow(standingIn(outcome));
}

/** The same for a later pass: what a pass left there that never came to its end is nobody's, and written over. */
export async function putBatchOver(
  cloud: Cloud,
  place: RoundPlace,
  number: number,
  batch: Batch,
  pass: number,
): Promise<StandingBatch> {
  const standing = await putBatch(cloud, place, number, batch, pass);
  if (standing.pass >= pass) return standing;
  const put = rowOfBatch(place, number, batch, pass);
  const [outcome] = await cloud.table.each([{ put, if: { pass: standing.pass } }]);
  return outcome === "done" ? { ...batch, pass } : batchOfRow(standingIn(outcome));
}

function standingIn(outcome: Outcome | undefined): Item {
  const found = outcome instanceof Conflict ? outcome.failed[0]?.found : undefined;
  if (!found) throw new Error("a batch stood there and was gone");
  return found;
}

/** One batch by its number. @throws when the round lacks it: batches are written before their round */
export async function readBatch(cloud: Cloud, place: RoundPlace, number: number): Promise<StandingBatch> {
  const key = batchKey(place.publication, place.issue, place.round, number);
  const [row] = await cloud.table.get([key], { consistent: true });
  if (!row)
    throw new Error(`round ${place.round} of ${issueName(place.publication, place.issue)} lacks batch ${number}`);
  return batchOfRow(row);
}

/** So many batches from one on, less those that are not there. */
export async function readBatches(
  cloud: Cloud,
  { publication, issue, round }: RoundPlace,
  first: number,
  count: number,
): Promise<StandingBatch[]> {
  const keys = Array.from({ length: Math.max(0, count) }, (_, index) =>
    batchKey(publication, issue, round, first + index),
  );
  return (await cloud.table.get(keys, { consistent: true })).flatMap((row) => (row ? [batchOfRow(row)] : []));
}

/** Every batch of a round in order, from the one with this number on. */
export async function* batchesOf(cloud: Cloud, place: RoundPlace, first = 0): AsyncGenerator<StandingBatch> {
  const from = batchKey(place.publication, place.issue, place.round, first).sk.slice("batch#".length);
  for await (const row of rowsInRound(cloud, place, "batch#", from)) yield batchOfRow(row);
}
