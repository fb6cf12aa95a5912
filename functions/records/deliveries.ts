import { type Delivery, ledgerDays } from "../../core/delivery/delivery.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { deliveryKey, issueName, roundPartition } from "./keys.ts";
import { type RoundPlace, rowsInRound } from "./rounds.ts";

/** The ledger: one row for every reader somebody tried to write to. */

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

/** When the rows of an issue that began then leave the table. */
export const expiryOf = (startedAt: string): string =>
  new Date(Date.parse(startedAt) + ledgerDays * 86_400_000).toISOString();

/** Replaces a delivery, but only the very attempt in the very state it was seen in. */
export const replaceDelivery = (place: Place, seen: Delivery, next: Delivery): Change => ({
  put: rowOfDelivery(place, seen.expiresAt === undefined ? next : { ...next, expiresAt: seen.expiresAt }),
  if: { attempt: seen.attempt, state: seen.state },
});

/** Makes a reader wait again: only for an attempt of which it is certain that nothing left. */
export const takeBack = (place: Place, { addressKey, attempt, state }: Delivery): Change => ({
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

/** A page of a round's deliveries, from behind a key up to another; `isLast`: there are no more of them. */
export async function deliveriesAfter(
  cloud: Cloud,
  { publication, issue, round }: RoundPlace,
  after: AddressKey | "",
  to: string,
  limit: number,
): Promise<{ deliveries: Delivery[]; isLast: boolean }> {
  const pk = roundPartition(publication, issue, round);
  // As with subscribers: no sign of a key sorts below "-".
  const range = { pk, from: `delivery#${after}-`, to: `delivery#${to}` };
  const { items, next } = await cloud.table.query({ ...range, limit, consistent: true });
  return { deliveries: items.map(deliveryOfRow), isLast: next === undefined };
}

/** Every delivery of a round, in the order of its readers. */
export async function* deliveriesOf(cloud: Cloud, place: RoundPlace): AsyncGenerator<Delivery> {
  for await (const row of rowsInRound(cloud, place, "delivery#")) yield deliveryOfRow(row);
}
