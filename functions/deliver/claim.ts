import { skipReasonOf } from "../../core/delivery/audience.ts";
import type { Delivery, Sending, Skipped } from "../../core/delivery/delivery.ts";
import type { AddressKey, Confirmed } from "../../core/subscriber/subscriber.ts";
import type { Outcome } from "../cloud/cloud.ts";
import { deliveryOfRow, giveBack, rowOfDelivery } from "../records/deliveries.ts";
import { subscriberKey, suppressionKey } from "../records/keys.ts";
import { subscriberOfRow } from "../records/subscribers.ts";
import { leaseUntil, type Walk } from "./walk.ts";

/** A reader this walk may write to: nobody else has a row for them. */
export interface Claim {
  readonly delivery: Sending;
  readonly reader: Confirmed;
}
export interface Claims {
  readonly ours: readonly Claim[];
  /** Readers whose delivery stands already, and those who are passed over. */
  readonly settled: readonly Delivery[];
  /** When consent and suppression were read, in milliseconds. */
  readonly readAt: number;
}

/**
 * Claims readers of a batch. A delivery is born here, put where none stands; what stood there decides. Consent is read
 * from the table itself in the same breath.
 */
export async function claim(walk: Walk, keys: readonly AddressKey[]): Promise<Claims> {
  const { cloud, control } = walk;
  const now = cloud.clock.now();
  const rows = await cloud.table.get(
    keys.flatMap((key) => [subscriberKey(control.publication, key), suppressionKey(key)]),
    { consistent: true },
  );
  const born = { claimedAt: now.toISOString(), leaseUntil: leaseUntil(walk.deadline), attempt: cloud.clock.id() };
  const wanted = keys.map((addressKey, index): Claim | Skipped => {
    const row = rows[2 * index];
    const reader = row && subscriberOfRow(row);
    const reason = skipReasonOf(reader, rows[2 * index + 1] !== undefined, born.claimedAt);
    const { leaseUntil: lease, ...common } = { v: 1 as const, addressKey, attemptNo: 1, ...born };
    if (reader?.state === "confirmed" && !reason) {
      return { reader, delivery: { ...common, state: "sending", leaseUntil: lease } };
    }
    return { ...common, state: "skipped", reason: reason ?? "gone" };
  });
  const outcomes = await putOrGiveBack(walk, wanted.map(deliveryOf));
  return { ...sorted(wanted, outcomes), readAt: now.getTime() };
}

const deliveryOf = (wanted: Claim | Skipped): Delivery => ("reader" in wanted ? wanted.delivery : wanted);

/**
 * A fault in the middle leaves rows of letters that never began: they are taken back as far as the table allows. Who
 * was passed over stays so: a removal that comes late would take a row that another walk has counted.
 */
async function putOrGiveBack({ cloud, control }: Walk, deliveries: readonly Delivery[]): Promise<Outcome[]> {
  try {
    return await cloud.table.each(
      deliveries.map((delivery) => ({ put: rowOfDelivery(control, delivery), if: "absent" })),
    );
  } catch (fault) {
    const begun = deliveries.filter(({ state }) => state === "sending");
    await cloud.table.each(begun.map((delivery) => giveBack(control, delivery))).catch(() => {});
    throw fault;
  }
}

function sorted(wanted: readonly (Claim | Skipped)[], outcomes: readonly Outcome[]): Omit<Claims, "readAt"> {
  const ours: Claim[] = [];
  const settled: Delivery[] = [];
  wanted.forEach((one, index) => {
    const outcome = outcomes[index] ?? "done";
    const row = outcome === "done" ? undefined : outcome.failed[0]?.found;
    const found = row && deliveryOfRow(row);
    // Our own attempt standing there: the first try of a write that was repeated had succeeded.
    const isOurs = outcome === "done" || found?.attempt === deliveryOf(one).attempt;
    if (isOurs && "reader" in one) ours.push(one);
    else if (isOurs) settled.push(deliveryOf(one));
    else if (found) settled.push(found);
  });
  return { ours, settled };
}
