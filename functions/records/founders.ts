import type { Typed } from "../../core/desk/settings.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Clock, Cloud, Item } from "../cloud/cloud.ts";
import { founderKey } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** Somebody who may found one publication, and what they have typed of it so far; gone once it is founded. */
export interface Founder {
  readonly addressKey: AddressKey;
  readonly name: string;
  readonly address: string;
  readonly typed: Typed;
  /** One more with every step. */
  readonly version: number;
  /** Under which id it was founded: what is left is to show its pages. */
  readonly founded?: string;
}

/** So long may somebody take. */
const openDays = 90;

export async function findFounder(cloud: Cloud, addressKey: AddressKey): Promise<Founder | undefined> {
  const [row] = await cloud.table.get([founderKey(addressKey)], { consistent: true });
  return row && founderOf(row);
}

export const listFounders = (cloud: Cloud): Promise<Founder[]> =>
  Array.fromAsync(rowsOf(cloud, { pk: founderKey("").pk }), founderOf);

/** Whoever was invited already keeps what they have typed. */
export const newFounderChange = (
  clock: Clock,
  { addressKey, name, address }: Pick<Founder, "addressKey" | "name" | "address">,
): Change => ({
  put: { ...founderKey(addressKey), v: 1, version: 1, name, address, typed: {}, expiresAt: expiryOf(clock) },
  if: "absent",
});

/** @throws Conflict of the write where they typed in another window meanwhile */
export const founderTypedChange = (clock: Clock, { addressKey, version }: Founder, typed: Typed): Change => ({
  patch: founderKey(addressKey),
  set: { typed, version: version + 1, expiresAt: expiryOf(clock) },
  if: { version },
});

export const founderFoundedChange = ({ addressKey, version }: Founder, founded: string): Change => ({
  patch: founderKey(addressKey),
  set: { founded, version: version + 1 },
  if: { version },
});

export const removeFounderChange = ({ addressKey }: Founder): Change => ({ remove: founderKey(addressKey) });

const expiryOf = (clock: Clock): string => new Date(clock.now().getTime() + openDays * 86_400_000).toISOString();

const founderOf = ({ sk, name, address, typed, version, founded }: Item): Founder => ({
  ...{ addressKey: sk as AddressKey, name: String(name), address: String(address) },
  ...{ typed: typed as Typed, version: Number(version) },
  ...(founded !== undefined && { founded: String(founded) }),
});
