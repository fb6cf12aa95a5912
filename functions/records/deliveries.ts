import type { Tally } from "../../core/delivery/account.ts";
import type { Batch, Counts } from "../../core/delivery/batch.ts";
import { type Delivery, rounds } from "../../core/delivery/delivery.ts";
import { type AddressKey, addressKeyLength, type ExclusionReason } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Conflict, Item, Value } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { batchKey, deliveryKey, issueName, roundKey, roundPartition } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** Rounds, batches and deliveries of an issue: the ledger. */

/** One sixteenth of an issue's readers and how far its walk has come. */
export interface Round {
  readonly v: 1;
  readonly round: string;
  readonly phase: "walking" | "balanced";
  /** Who holds the round: a walker must name the turn it took with every change. */
  readonly turn: number;
  /** Until then its walker may be alive. */
  readonly heldUntil: string | null;
  /** Not before then is there anything to do. */
  readonly wakeAt: string | null;
  /** Every reader of the batches before this one has a delivery. */
  readonly next: number;
  readonly batches: number;
  readonly candidates: number;
  readonly planned: number;
  readonly excluded: Counts<ExclusionReason>;
  /** What became of the readers of the batches before `next`; of all of them once the round is balanced. */
  readonly tally: Tally;
}
export interface RoundPlace extends Place {
  readonly round: string;
}

const keyOf = ({ publication, issue, round }: RoundPlace) => roundKey(publication, issue, round);

/** The rounds that are frozen, in order; sixteen once planning is done. */
export async function readRounds(cloud: Cloud, { publication, issue }: Place): Promise<Round[]> {
  const keys = rounds.map((round) => roundKey(publication, issue, round));
  return (await cloud.table.get(keys, { consistent: true })).flatMap((row) => (row ? [roundOfRow(row)] : []));
}

const roundOfRow = ({ pk: _, sk: __, ...row }: Item): Round => row as unknown as Round;

/** The mark that a round is frozen; a second planner finds it there. */
export async function putRound(cloud: Cloud, place: RoundPlace, round: Round): Promise<void> {
  await cloud.table.each([{ put: { ...keyOf(place), ...(round as unknown as Record<string, Value>) }, if: "absent" }]);
}

/** Takes the round for one walk. Undefined when another walk has it, or nothing is left to do. */
export async function takeTurn(
  cloud: Cloud,
  place: RoundPlace,
  turn: number,
  heldUntil: string,
): Promise<Round | undefined> {
  const free = { turn, phase: "walking" };
  const set = { turn: turn + 1, heldUntil, wakeAt: null };
  const [outcome] = await cloud.table.each([{ patch: keyOf(place), set, if: free }]);
  if (outcome !== "done") return undefined;
  const [row] = await cloud.table.get([keyOf(place)], { consistent: true });
  // Whoever was slow may find the next walk in it already: that turn is not theirs.
  return row?.turn === set.turn ? roundOfRow(row) : undefined;
}

/** Changes a round for the walk that holds it. Answers false when the turn was lost. */
export async function saveRound(cloud: Cloud, place: RoundPlace, turn: number, set: Partial<Round>): Promise<boolean> {
  const change = { patch: keyOf(place), set: set as Readonly<Record<string, Value>>, if: { turn } };
  const [outcome] = await cloud.table.each([change]);
  return outcome === "done";
}

// ── batches ──────────────────────────────────────────────────────────────────────────────────────

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

/** Every batch of a round in order. */
export async function* batchesOf(cloud: Cloud, place: RoundPlace): AsyncGenerator<Batch> {
  for await (const row of inRound(cloud, place, "batch#")) yield batchOfRow(row);
}

// ── deliveries ───────────────────────────────────────────────────────────────────────────────────

/** Kinds of trouble a person may want to look at, in the index `byTrouble`. */
const troubles: readonly Delivery["state"][] = ["rejected", "bounced", "complained", "uncertain", "unresolved"];

/** A delivery as it stands in the table. The key holds the reader. */
export function rowOfDelivery(place: Place, { addressKey, ...delivery }: Delivery): Item {
  const key = deliveryKey(place.publication, place.issue, addressKey);
  const trouble = `${issueName(place.publication, place.issue)}#${delivery.state}`;
  return { ...key, ...delivery, ...(troubles.includes(delivery.state) ? { trouble } : {}) };
}

/** A row of the table as a delivery. */
export function deliveryOfRow({ pk: _, sk, trouble: __, ...row }: Item): Delivery {
  return { ...row, addressKey: sk.slice("delivery#".length) } as unknown as Delivery;
}

/** Replaces a delivery, but only the very attempt in the very state it was seen in. */
export const replaceDelivery = (place: Place, seen: Delivery, next: Delivery): Change => ({
  put: rowOfDelivery(place, next),
  if: { attempt: seen.attempt, state: seen.state },
});

/** Makes a reader wait again: only for an attempt of which it is certain that nothing left. */
export const giveBack = (place: Place, { addressKey, attempt, state }: Delivery): Change => ({
  remove: deliveryKey(place.publication, place.issue, addressKey),
  if: { attempt, state },
});

/** The deliveries of some readers, undefined for who has none. */
export async function readDeliveries(
  cloud: Cloud,
  place: Place,
  keys: readonly AddressKey[],
): Promise<(Delivery | undefined)[]> {
  const wanted = keys.map((addressKey) => deliveryKey(place.publication, place.issue, addressKey));
  return (await cloud.table.get(wanted, { consistent: true })).map((row) => row && deliveryOfRow(row));
}

/** Every delivery of a round, in the order of its readers. */
export async function* deliveriesOf(cloud: Cloud, place: RoundPlace): AsyncGenerator<Delivery> {
  for await (const row of inRound(cloud, place, "delivery#")) yield deliveryOfRow(row);
}

function inRound(cloud: Cloud, { publication, issue, round }: RoundPlace, kind: string): AsyncGenerator<Item> {
  return rowsOf(cloud, { pk: roundPartition(publication, issue, round), from: kind, to: `${kind}~`, consistent: true });
}
