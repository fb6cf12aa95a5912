import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { erasureKey } from "./keys.ts";

/** Addresses whose readers asked to be forgotten, as keys. Nobody else may subscribe them again; they themselves may. */

/** The last time counts: whoever came back may ask again. */
export const erasureChange = (addressKey: AddressKey, at: string): Change => ({
  put: { ...erasureKey(addressKey), v: 1, at },
});

/** When it was erased. */
export async function readErasure(cloud: Cloud, addressKey: AddressKey): Promise<string | undefined> {
  const [row] = await cloud.table.get([erasureKey(addressKey)], { consistent: true });
  return row && String(row.at);
}

export async function erasedAmong(cloud: Cloud, keys: readonly AddressKey[]): Promise<ReadonlySet<AddressKey>> {
  const rows = await cloud.table.get(keys.map(erasureKey), { consistent: true });
  return new Set(keys.filter((_, index) => rows[index] !== undefined));
}
