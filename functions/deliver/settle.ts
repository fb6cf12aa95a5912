import { nothing, plusDelivery, plusTally, type Tally } from "../../core/delivery/account.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { aged, looksAgainAt } from "../../core/delivery/settle.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { batchesOf } from "../records/batches.ts";
import { deliveriesOf, replaceDelivery } from "../records/deliveries.ts";
import type { RoundPlace } from "../records/rounds.ts";

export type Settled =
  | { readonly is: "balanced"; readonly tally: Tally }
  /** A reader of this batch has no delivery; `tally` is of the batches before it. */
  | { readonly is: "incomplete"; readonly batch: number; readonly tally: Tally }
  /** Something may still change; in milliseconds. */
  | { readonly is: "open"; readonly tally: Tally; readonly again: number };

/**
 * Reads a round once in key order, batches against ledger. What time has decided is written down; a reader without a
 * delivery is to be written to, or was cancelled.
 */
export async function settle(cloud: Cloud, place: RoundPlace, isCancelled: boolean): Promise<Settled> {
  const now = cloud.clock.now();
  const ledger = deliveriesOf(cloud, place);
  let row = await ledger.next();
  let [tally, number, again] = [nothing, 0, Number.POSITIVE_INFINITY];
  const changed: { seen: Delivery; next: Delivery }[] = [];
  for await (const batch of batchesOf(cloud, place)) {
    const before = tally;
    for (const key of batch.keys) {
      if (row.done || row.value.addressKey !== key) {
        if (!isCancelled) return { is: "incomplete", batch: number, tally: before };
        tally = plusTally(tally, { ...nothing, cancelled: 1 });
        continue;
      }
      const next = aged(row.value, now);
      if (next !== row.value) changed.push({ seen: row.value, next });
      tally = plusDelivery(tally, next);
      again = Math.min(again, looksAgainAt(next) ?? again);
      row = await ledger.next();
    }
    number++;
  }
  if (!(await write(cloud, place, changed))) again = now.getTime();
  return again === Number.POSITIVE_INFINITY ? { is: "balanced", tally } : { is: "open", tally, again };
}

/** Answers false when any row was changed by somebody else meanwhile. */
async function write(
  cloud: Cloud,
  place: RoundPlace,
  changed: readonly { seen: Delivery; next: Delivery }[],
): Promise<boolean> {
  const outcomes = await cloud.table.each(changed.map(({ seen, next }) => replaceDelivery(place, seen, next)));
  return outcomes.every((outcome) => outcome === "done");
}
