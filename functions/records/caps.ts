import { blind, dayOf, hourMilliseconds, hourOf } from "../../core/subscriber/protection.ts";
import type { Cloud, Key, Table } from "../cloud/cloud.ts";
import { breakerKey, capKey, saltKey } from "./keys.ts";

/** How often somebody has asked within the hour. Networks, addresses and domains stand there as hashes nobody can undo. */

/** What is counted: `ours` names a thing of ours, `theirs` is hashed with the day's salt. */
export type Counted = { readonly what: string } & ({ readonly theirs: string } | { readonly ours: string });

const keyOf = async (cloud: Cloud, now: Date, counted: Counted): Promise<Key> =>
  capKey(hourOf(now), counted.what, "ours" in counted ? counted.ours : await blinded(cloud, now, counted.theirs));

/** How many there are in this hour. */
export async function countsNow(cloud: Cloud, all: readonly Counted[]): Promise<number[]> {
  const now = cloud.clock.now();
  const keys = await Promise.all(all.map((counted) => keyOf(cloud, now, counted)));
  const rows = await cloud.table.get(keys, { consistent: true });
  return rows.map((row) => Number(row?.asked ?? 0));
}

/** One more in this hour; answers how many there are now. */
export async function countOne(cloud: Cloud, counted: Counted): Promise<number> {
  const now = cloud.clock.now();
  // Kept an hour longer than it counts: two of us may not agree on the time.
  const expiresAt = new Date(now.getTime() + 2 * hourMilliseconds).toISOString();
  return cloud.table.count(await keyOf(cloud, now, counted), "asked", 1, { expiresAt });
}

/**
 * A name that means nothing once the day is over: then its salt is gone, and no secret of ours brings it back. So what
 * is counted of a network is kept for a day, however late the table sweeps its rows.
 */
export const blinded = async (cloud: Cloud, now: Date, text: string): Promise<string> =>
  blind(await saltOf(cloud, dayOf(now)), text);

const salts = new WeakMap<Table, { readonly day: string; readonly salt: Promise<string> }>();

function saltOf(cloud: Cloud, day: string): Promise<string> {
  const known = salts.get(cloud.table);
  if (known?.day === day) return known.salt;
  const salt = readSalt(cloud, day);
  salts.set(cloud.table, { day, salt });
  salt.catch(() => salts.delete(cloud.table));
  return salt;
}

async function readSalt(cloud: Cloud, day: string): Promise<string> {
  const key = saltKey(day);
  const read = async (): Promise<unknown> => (await cloud.table.get([key], { consistent: true }))[0]?.salt;
  const standing = await read();
  if (typeof standing === "string") return standing;
  const expiresAt = new Date(Date.parse(day) + 25 * hourMilliseconds).toISOString();
  await cloud.table.each([{ put: { ...key, v: 1, salt: cloud.clock.id(), expiresAt }, if: "absent" }]);
  return String(await read());
}

// ── the breaker ──────────────────────────────────────────────────────────────────────────────────

/** Closes the form until the hour is over, and says so in the log, where an alarm hears it. */
export async function closeForm(cloud: Cloud, because: string): Promise<void> {
  const now = cloud.clock.now();
  const expiresAt = new Date((Math.floor(now.getTime() / hourMilliseconds) + 1) * hourMilliseconds).toISOString();
  const put = { ...breakerKey, v: 1, because, at: now.toISOString(), expiresAt };
  const [outcome] = await cloud.table.each([{ put, if: "absent" }]);
  if (outcome === "done") console.warn({ formClosed: because, until: expiresAt });
}

export async function isFormClosed(cloud: Cloud): Promise<boolean> {
  const [row] = await cloud.table.get([breakerKey]);
  return row !== undefined;
}
