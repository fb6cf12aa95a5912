import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud, Item } from "../cloud/cloud.ts";
import { movingKey, requestKey, subscriberKey } from "./keys.ts";
import { listPublications } from "./publications.ts";

/** Which publications have anything to do with an address. */

/** Those that have a row of it, whatever it says: a reader, somebody who left or moved. */
export async function publicationsKnowing(cloud: Cloud, addressKey: AddressKey): Promise<readonly string[]> {
  const ids = await listPublications(cloud);
  const rows = await cloud.table.get(
    ids.map((id) => subscriberKey(id, addressKey)),
    { consistent: true },
  );
  return ids.filter((_, index) => rows[index] !== undefined);
}

/** Who knows some addresses: a publication, and where it does not, any other; `here` is its row. */
export async function whoKnows(
  cloud: Cloud,
  publication: string,
  addressKeys: readonly AddressKey[],
): Promise<readonly { readonly here: Item | undefined; readonly isElsewhere: boolean }[]> {
  const rows = await cloud.table.get(addressKeys.map((key) => subscriberKey(publication, key)));
  const strangers = addressKeys.filter((_, index) => !rows[index]);
  const others = strangers.length === 0 ? [] : (await listPublications(cloud)).filter((id) => id !== publication);
  const keys = strangers.flatMap((key) => others.map((id) => subscriberKey(id, key)));
  const found = await cloud.table.get(keys);
  const theirs = new Set(keys.flatMap(({ sk }, index) => (found[index] ? [sk] : [])));
  return addressKeys.map((key, index) => ({ here: rows[index], isElsewhere: theirs.has(key) }));
}

/** Whether another publication holds one of these addresses: as a reader's, or of somebody who asked to be one. */
export async function isHeldElsewhere(
  cloud: Cloud,
  publication: string,
  addressKeys: readonly AddressKey[],
): Promise<boolean> {
  const others = (await listPublications(cloud)).filter((id) => id !== publication);
  const keys = others.flatMap((id) =>
    addressKeys.flatMap((key) => [subscriberKey(id, key), requestKey(key, id), movingKey(key, id)]),
  );
  const rows = await cloud.table.get(keys, { consistent: true });
  return rows.some((row) => row?.address !== undefined);
}
