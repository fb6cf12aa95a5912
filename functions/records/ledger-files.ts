import { counted } from "../../core/delivery/account.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { type LedgerHead, type LedgerLine, pack, unpack } from "../../core/delivery/ledger.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { deliveriesOf } from "./deliveries.ts";
import type { Place } from "./issue-control.ts";
import { ledgerFile } from "./paths.ts";
import { plannedOf } from "./planned.ts";
import { type Round, type RoundPlace, readRounds, saveRound } from "./rounds.ts";

/** The ledger as files: it outlives its rows, and a table that is lost. */

export interface Entry {
  readonly addressKey: AddressKey;
  /** Undefined when nobody has tried to write to this reader. */
  readonly delivery: Delivery | undefined;
}

/** Everybody a round was planned for, in key order, with what became of them: the audience beside the ledger. */
export async function* entriesOf(cloud: Cloud, place: RoundPlace, round: Round): AsyncGenerator<Entry> {
  const ledger = deliveriesOf(cloud, place);
  let row = await ledger.next();
  for await (const addressKey of plannedOf(cloud, place, round)) {
    while (!row.done && row.value.addressKey < addressKey) row = await ledger.next();
    yield { addressKey, delivery: !row.done && row.value.addressKey === addressKey ? row.value : undefined };
  }
}

/**
 * Writes the file of every balanced round whose books it does not hold yet. A round that was opened again by a late event
 * has another turn, and its file is written again. May die anywhere and run again.
 */
export async function keepLedger(cloud: Cloud, place: Place): Promise<void> {
  for (const round of await readRounds(cloud, place)) {
    if (round.phase !== "balanced" || round.kept === round.turn) continue;
    const roundPlace = { ...place, round: round.round };
    const body = await packed(cloud, roundPlace, round);
    const file = ledgerFile(place.publication, place.issue, round.round);
    if (body) await cloud.files.write(file, body, { type: "application/gzip" });
    await saveRound(cloud, roundPlace, round.turn, { kept: round.turn });
  }
}

/** Lines held in memory as text at a time; what is packed is a fraction of it. */
const linesAtOnce = 1000;

/** Undefined when rows have left the table already: then the file that stands is the truth. */
async function packed(cloud: Cloud, place: RoundPlace, round: Round): Promise<Uint8Array | undefined> {
  const { candidates, planned, excluded, pass, tally } = round;
  const head: LedgerHead = { v: 1, ...place, pass, candidates, planned, excluded };
  const pieces = [pack([head])];
  let [lines, begun]: [LedgerLine[], number] = [[], 0];
  for await (const { addressKey, delivery } of entriesOf(cloud, place, round)) {
    lines.push(delivery ?? { addressKey, state: "cancelled" });
    if (delivery) begun++;
    if (lines.length < linesAtOnce) continue;
    pieces.push(pack(lines));
    lines = [];
  }
  return begun < counted(tally) - tally.cancelled ? undefined : Buffer.concat([...pieces, pack(lines)]);
}

/** What stands in a round's file. Undefined when its books were never closed. */
export async function readLedger(
  cloud: Cloud,
  { publication, issue, round }: RoundPlace,
): Promise<{ head: LedgerHead; lines: readonly LedgerLine[] } | undefined> {
  const file = await cloud.files.read(ledgerFile(publication, issue, round));
  return file && unpack(file.body);
}
