import type { AtAddress } from "../../core/subscriber/subscribe.ts";
import type { AddressKey, Pending, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item } from "../cloud/cloud.ts";
import { requestKey, subscriberKey, suppressionKey } from "./keys.ts";
import { rowOfSubscriber, subscriberOfRow } from "./subscribers.ts";

/**
 * Who is at an address. A request stands in the subscriber's own row, and vanishes from there when nobody confirms; where
 * that row says that somebody left or moved, the request waits beside it, so that this is never forgotten.
 */
export async function readAtAddress(cloud: Cloud, publication: string, addressKey: AddressKey): Promise<AtAddress> {
  const keys = [
    subscriberKey(publication, addressKey),
    requestKey(addressKey, publication),
    suppressionKey(addressKey),
  ];
  const [row, beside, suppression] = await cloud.table.get(keys, { consistent: true });
  const subscriber = row && subscriberOfRow(row);
  const isSuppressed = suppression !== undefined;
  if (subscriber?.state === "pending") return { settled: undefined, waiting: subscriber, isSuppressed };
  return { settled: subscriber, waiting: beside && (subscriberOfRow(beside) as Pending), isSuppressed };
}

/** Puts a request where it waits. */
export function putRequest({ settled, waiting }: AtAddress, pending: Pending): Change {
  const put: Item = settled
    ? { ...rowOfSubscriber(pending), ...requestKey(pending.addressKey, pending.publication) }
    : rowOfSubscriber(pending);
  return { put, if: waiting ? { version: waiting.version } : "absent" };
}

/** Puts a subscriber in the place of whoever is there; nothing waits any more. Fails where what waits was withdrawn meanwhile. */
export function putSettled({ settled, waiting }: AtAddress, next: Subscriber): Change[] {
  const standing = settled ?? waiting;
  const put: Change = { put: rowOfSubscriber(next), if: standing ? { version: standing.version } : "absent" };
  if (!settled || !waiting) return [put];
  const { addressKey, publication, version } = waiting;
  return [put, { remove: requestKey(addressKey, publication), if: { version } }];
}
