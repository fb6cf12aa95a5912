import type { Batch, Counts } from "../../core/delivery/batch.ts";
import { addressKeyLength, type ExclusionReason } from "../../core/subscriber/subscriber.ts";
import type { Cloud, Conflict, Item } from "../cloud/cloud.ts";
import { batchKey, issueName } from "./keys.ts";
import { type RoundPlace, rowsInRound } from "./rounds.ts";

/** The frozen audience of a round: forty readers a row, written once. */

/** Forty keys are one string: a list of them would no longer fit into one write unit. */
const rowOfBatch = (place: RoundPlace, number: number, { after, last, keys, excluded }: Batch): Item => ({
  ...batchKey(place.publication, place.issue, place.round, number),
  ...{ v: 1, after, last, keys: keys.join(""), excluded },
});

function batchOfRow(row: Item): Batch {
  const packed = String(row.keys);
  const keys = Array.from({ length: packed.length / addressKeyLength }, (_, index) =>
    packed.slice(index * addressKeyLength, (index + 1) * addressKeyLength),
  );
  const excluded = row.excluded as Counts<ExclusionReason>;
  return { after: String(row.after), last: String(row.last), keys, excluded };
}

/** Writes a batch where none stands, and answers the one that stands there now: it is the truth. */
export async function putBatch(cloud: Cloud, place: RoundPlace, number: number, batch: Batch): Promise<Batch> {
  const [outcome] = await cloud.table.each([{ put: rowOfBatch(place, number, batch), if: "absent" }]);
  if (outcome === "done") return batch;
  const found = (outcome as Conflict).failed[0]?.found;
  if (!found) throw new Error("a batch stood there and was gone");
  return batchOfRow(found);
}

/** One batch by its number. @throws when the round lacks it: batches are written before their round */
export async function readBatch(cloud: Cloud, place: RoundPlace, number: number): Promise<Batch> {
  const key = batchKey(place.publication, place.issue, place.round, number);
  const [row] = await cloud.table.get([key], { consistent: true });
  if (!row)
    throw new Error(`round ${place.round} of ${issueName(place.publication, place.issue)} lacks batch ${number}`);
  return batchOfRow(row);
}

/** Every batch of a round in order, from the one with this number on. */
export async function* batchesOf(cloud: Cloud, place: RoundPlace, first = 0): AsyncGenerator<Batch> {
  const from = batchKey(place.publication, place.issue, place.round, first).sk.slice("batch#".length);
  for await (const row of rowsInRound(cloud, place, "batch#", from)) yield batchOfRow(row);
}
