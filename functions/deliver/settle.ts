import { counted, nothing, plusDelivery, plusTally, type Tally } from "../../core/delivery/account.ts";
import { kindOf } from "../../core/delivery/advance.ts";
import type { Batch } from "../../core/delivery/batch.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { isRevoked } from "../../core/delivery/rejections.ts";
import { isTriedAgain, isWanted } from "../../core/delivery/rest.ts";
import { aged, looksAgainAt } from "../../core/delivery/settle.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { batchesOf, readBatch } from "../records/batches.ts";
import { deliveriesOf, expiryOf, readDeliveries, replaceDelivery, takeBack } from "../records/deliveries.ts";
import type { Control } from "../records/issue-control.ts";
import type { Round, RoundPlace } from "../records/rounds.ts";

export type Settled =
  | { readonly is: "balanced"; readonly tally: Tally }
  /** A reader of this batch is to be written to; `tally` is of the batches before it. */
  | { readonly is: "incomplete"; readonly batch: number; readonly tally: Tally }
  /** Something may still change; in milliseconds. */
  | { readonly is: "open"; readonly tally: Tally; readonly again: number };

/**
 * Reads a round once in key order, batches against ledger. What time has decided is written down; a reader without a
 * delivery is to be written to, or was cancelled.
 */
export async function settle(cloud: Cloud, control: Control, round: Round): Promise<Settled> {
  const place = { publication: control.publication, issue: control.issue, round: round.round };
  const now = cloud.clock.now();
  if (expiryOf(control.startedAt) <= now.toISOString())
    return { is: "balanced", tally: await asKnown(cloud, place, round) };
  const { eventSeconds } = cloud.grace;
  const changes: Change[] = [];
  let [tally, again] = [nothing, Number.POSITIVE_INFINITY];
  let incomplete: { batch: number; tally: Tally } | undefined;
  for await (const { number, deliveries } of batchByBatch(cloud, place, round)) {
    const before = tally;
    for (const delivery of deliveries) {
      const next = delivery && standingOf(control, delivery, now, eventSeconds);
      if (isToBeWrittenTo(control, round, number, next)) incomplete ??= { batch: number, tally: before };
      if (delivery && next !== delivery)
        changes.push(next ? replaceDelivery(place, delivery, next) : takeBack(place, delivery));
      tally = next ? plusDelivery(tally, next) : plusTally(tally, { ...nothing, cancelled: 1 });
      again = Math.min(again, (next ? looksAgainAt(next, eventSeconds) : mayStillLandUntil(round, now)) ?? again);
    }
    if (incomplete && !mayHoldRevoked(control)) break;
  }
  const outcomes = await cloud.table.each(changes);
  if (incomplete) return { is: "incomplete", ...incomplete };
  // Somebody else changed a row meanwhile: look again at once.
  if (outcomes.some((outcome) => outcome !== "done")) again = now.getTime();
  return again === Number.POSITIVE_INFINITY ? { is: "balanced", tally } : { is: "open", tally, again };
}

/**
 * The ledger has forgotten the issue: the round's own books are all there is, and nobody is written to any more. Of the
 * batch a walk was in, and of a later pass, nobody can tell.
 */
async function asKnown(
  cloud: Cloud,
  place: RoundPlace,
  { planned, next, batches, pass, tally }: Round,
): Promise<Tally> {
  const left = planned - counted(tally);
  const isInBatch = pass === 0 && next < batches;
  const inBatch = isInBatch ? (await readBatch(cloud, place, next)).keys.length : 0;
  const inDoubt = pass === 0 ? inBatch : left;
  const { sending, uncertain, unresolved, cancelled } = tally;
  const open = { sending: 0, uncertain: 0, unresolved: unresolved + sending + uncertain + inDoubt };
  return { ...tally, ...open, cancelled: cancelled + left - inDoubt };
}

/**
 * What time and later knowledge make of a delivery. Undefined: they wait again, or were cancelled with the issue. A letter
 * that was accepted first and rejected later, for what it contains, has left: it is not taken back.
 */
function standingOf(control: Control, delivery: Delivery, now: Date, eventSeconds: number): Delivery | undefined {
  const isAtDoor = delivery.state === "rejected" && kindOf(delivery) === undefined;
  if (!isAtDoor || !isRevoked(control.revoked, delivery.rejectedAt)) return aged(delivery, now, eventSeconds);
  if (!delivery.isRetry) return undefined;
  const { rejectedAt: _, ...row } = delivery;
  return { ...row, state: "unresolved", attemptNo: delivery.attemptNo - 1 };
}

/** A claim whose write failed may land after it was taken back: until then a missing row says nothing. */
const mayStillLandUntil = ({ unsureUntil = "" }: Round, now: Date): number | undefined =>
  unsureUntil > now.toISOString() ? Date.parse(unsureUntil) : undefined;

/** Whether this reader's turn comes once more, or for the first time. */
function isToBeWrittenTo(control: Control, round: Round, batch: number, delivery: Delivery | undefined): boolean {
  if (control.state !== "sending") return false;
  return delivery ? isTriedAgain(delivery, control) : isWanted(control, isFrozenLast(round, batch));
}

/** Batches of the freeze that belongs to the pass the round was made ready for. */
export const isFrozenLast = ({ pass, freezes }: Round, batch: number): boolean =>
  batch >= (freezes[pass] ?? Number.POSITIVE_INFINITY);

const mayHoldRevoked = ({ revoked }: Control): boolean => revoked.length > 0;

interface Looked {
  readonly number: number;
  /** In the order of the batch's keys; undefined for who has none. */
  readonly deliveries: readonly (Delivery | undefined)[];
}

/** The first freeze beside the ledger, both in key order; the few readers frozen later by their keys. */
async function* batchByBatch(cloud: Cloud, place: RoundPlace, { freezes, batches }: Round): AsyncGenerator<Looked> {
  const ledger = deliveriesOf(cloud, place);
  let row = await ledger.next();
  const fromLedger = async ({ keys }: Batch): Promise<(Delivery | undefined)[]> => {
    const found: (Delivery | undefined)[] = [];
    for (const key of keys) {
      while (!row.done && row.value.addressKey < key) row = await ledger.next();
      found.push(!row.done && row.value.addressKey === key ? row.value : undefined);
    }
    return found;
  };
  let number = 0;
  for await (const batch of batchesOf(cloud, place)) {
    // Behind them may stand batches of a freeze that was never finished.
    if (number >= batches) return;
    const isFirst = number < (freezes[1] ?? Number.POSITIVE_INFINITY);
    yield { number, deliveries: isFirst ? await fromLedger(batch) : await readDeliveries(cloud, place, batch.keys) };
    number++;
  }
}
