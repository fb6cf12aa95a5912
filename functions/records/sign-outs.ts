import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { signedOutKey } from "./keys.ts";

/** When somebody last signed out: what they had shown their issuer before counts no more. */

/** Longer than issuers remember anybody. */
const keptDays = 30;

export async function noteSignOut({ clock, table }: Cloud, addressKey: AddressKey): Promise<void> {
  const now = clock.now().getTime();
  const expiresAt = new Date(now + keptDays * 86_400_000).toISOString();
  await table.write([{ put: { ...signedOutKey(addressKey), v: 1, at: wholeSecond(now), expiresAt } }]);
}

/** Issuers say in whole seconds when it was. */
const wholeSecond = (milliseconds: number): string => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();

/** @param shownAt when they showed who they are; an issuer that does not say is believed */
export async function hasLeftSince(
  { table }: Cloud,
  addressKey: AddressKey,
  shownAt: string | undefined,
): Promise<boolean> {
  if (shownAt === undefined) return false;
  const [row] = await table.get([signedOutKey(addressKey)], { consistent: true });
  return row !== undefined && shownAt < String(row.at);
}
