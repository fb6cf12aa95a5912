import { skipReasonOf } from "../../core/delivery/audience.ts";
import type { Delivery, Sending, Skipped } from "../../core/delivery/delivery.ts";
import type { AddressKey, Confirmed } from "../../core/subscriber/subscriber.ts";
import type { Change, Outcome } from "../cloud/cloud.ts";
import { deliveryOfRow, expiryOf, replaceDelivery, rowOfDelivery, takeBack } from "../records/deliveries.ts";
import type { Place } from "../records/issue-control.ts";
import { subscriberKey, suppressionKey } from "../records/keys.ts";
import { subscriberOfRow } from "../records/subscribers.ts";
import { leaseUntil, type Walk } from "./walk.ts";

/** A reader this walk may write to: nobody else has a row for them. */
export interface Claim {
  readonly delivery: Sending;
  readonly reader: Confirmed;
  /** What stood there before, where somebody is tried once more. */
  readonly before: Delivery | undefined;
}
export interface Claims {
  readonly ours: readonly Claim[];
  /** Readers whose delivery stands already, and those who are passed over. */
  readonly settled: readonly Delivery[];
  /** When consent and suppression were read, in milliseconds. */
  readonly readAt: number;
}
/** A reader nobody has a delivery for, or one who is tried once more. */
export interface Wanted {
  readonly addressKey: AddressKey;
  readonly before: Delivery | undefined;
}

/**
 * Claims readers of a batch. A delivery is born here, put where none stands; what stood there decides. Consent is read
 * from the table itself in the same breath.
 */
export async function claim(walk: Walk, wanted: readonly Wanted[]): Promise<Claims> {
  const { cloud, control } = walk;
  const now = cloud.clock.now();
  const rows = await cloud.table.get(
    wanted.flatMap(({ addressKey: key }) => [subscriberKey(control.publication, key), suppressionKey(key)]),
    { consistent: true },
  );
  const born = {
    ...{ v: 1 as const, claimedAt: now.toISOString(), attempt: cloud.clock.id(), attemptNo: control.resend + 1 },
    expiresAt: expiryOf(control.startedAt),
  };
  const lease = leaseUntil(cloud, walk.deadline);
  const claims = wanted.map(({ addressKey, before }, index): Claim | Passed => {
    const common = { ...born, addressKey, ...(before && { isRetry: true as const }) };
    const row = rows[2 * index];
    const reader = row && subscriberOfRow(row);
    const reason = skipReasonOf(reader, rows[2 * index + 1] !== undefined, born.claimedAt, control.topic);
    if (reader?.state === "confirmed" && !reason)
      return { reader, before, delivery: { ...common, state: "sending", leaseUntil: lease } };
    return { before, delivery: { ...common, state: "skipped", reason: reason ?? "gone" } };
  });
  return { ...sorted(claims, await putOrGiveBack(walk, claims)), readAt: now.getTime() };
}

interface Passed {
  readonly delivery: Skipped;
  readonly before: Delivery | undefined;
}

/** The reader waits again, or is where they were before: only for an attempt of which it is certain that nothing left. */
export const giveBack = (place: Place, { delivery, before }: Claim): Change =>
  before ? replaceDelivery(place, delivery, before) : takeBack(place, delivery);

/**
 * A fault in the middle leaves rows of letters that never began: they are taken back as far as the table allows. Who
 * was passed over stays so: a removal that comes late would take a row that another walk has counted.
 */
async function putOrGiveBack({ cloud, control }: Walk, claims: readonly (Claim | Passed)[]): Promise<Outcome[]> {
  try {
    return await cloud.table.each(
      claims.map(({ delivery, before }) =>
        before ? replaceDelivery(control, before, delivery) : { put: rowOfDelivery(control, delivery), if: "absent" },
      ),
    );
  } catch (fault) {
    const begun = claims.filter((one) => "reader" in one);
    await cloud.table.each(begun.map((one) => giveBack(control, one))).catch(() => {});
    throw fault;
  }
}

function sorted(claims: readonly (Claim | Passed)[], outcomes: readonly Outcome[]): Omit<Claims, "readAt"> {
  const ours: Claim[] = [];
  const settled: Delivery[] = [];
  claims.forEach((one, index) => {
    const outcome = outcomes[index] ?? "done";
    const row = outcome === "done" ? undefined : outcome.failed[0]?.found;
    const found = row && deliveryOfRow(row);
    // Our own attempt standing there: the first try of a write that was repeated had succeeded.
    const isOurs = outcome === "done" || found?.attempt === one.delivery.attempt;
    if (isOurs && "reader" in one) ours.push(one);
    else if (isOurs) settled.push(one.delivery);
    else if (found) settled.push(found);
  });
  return { ours, settled };
}
