import { correctedBy } from "../../core/issue/erratum.ts";
import type { AddressKey, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readDeliveries } from "./deliveries.ts";
import type { Place } from "./issue-control.ts";

/**
 * Readers an erratum is not for: the ledger does not say that they received what it corrects, at this address or at one
 * they had before. Of any other issue nobody.
 */
export async function withoutOriginal(
  cloud: Cloud,
  { publication, issue }: Place,
  readers: readonly Subscriber[],
): Promise<ReadonlySet<AddressKey>> {
  const original = correctedBy(issue);
  if (original === undefined) return new Set();
  const keys = [...new Set(readers.flatMap(keysOf))];
  const deliveries = await readDeliveries(cloud, { publication, issue: original }, keys);
  const received = new Set(
    deliveries.flatMap((one) => (one && (one.state === "accepted" || one.state === "delivered") ? one.addressKey : [])),
  );
  return new Set(
    readers.filter((one) => !keysOf(one).some((key) => received.has(key))).map(({ addressKey }) => addressKey),
  );
}

const keysOf = (reader: Subscriber): AddressKey[] => [
  reader.addressKey,
  ...("movedFrom" in reader ? (reader.movedFrom ?? []) : []),
];
