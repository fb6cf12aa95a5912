import type { Change, Cloud, Table } from "../cloud/cloud.ts";
import { isJournalBegun } from "./journal.ts";
import { fenceKey } from "./keys.ts";

/**
 * The fence: a row of the table that says which table it stands in. Where a table was copied, or restored from a
 * backup, the row says another id than the table has, and nothing leaves until `kurier restore` was run.
 */

/** Tables known to be ours. One that is not is asked about again, so that a restore frees whoever is running. */
const ours = new WeakSet<Table>();

/** Whether this table is a copy, or an older one put back: then no letter of any kind may leave. */
export async function isFenced(cloud: Cloud): Promise<boolean> {
  if (ours.has(cloud.table)) return false;
  const id = await cloud.table.id();
  const isOurs = (await fenceOf(cloud)) === id || (await raiseFence(cloud, id));
  if (isOurs) ours.add(cloud.table);
  return !isOurs;
}

/** Says that this table is ours from now on, with the rows that belong to it: whatever it could not know it was told. */
export async function takeFence(cloud: Cloud, besides: readonly Change[]): Promise<void> {
  const [id, before] = [await cloud.table.id(), await fenceOf(cloud)];
  const put = { ...fenceKey, v: 1, id };
  await cloud.table.write([{ put, if: before === undefined ? "absent" : { id: before } }, ...besides]);
}

/** The id of the table that last sent from this deployment. */
async function fenceOf(cloud: Cloud): Promise<string | undefined> {
  const [row] = await cloud.table.get([fenceKey], { consistent: true });
  return row && String(row.id);
}

/**
 * A table without a fence begins here, unless there is a journal: then it is an empty one, put in the place of a lost
 * one. Its first publication raises the fence, before anything can be entered.
 */
async function raiseFence(cloud: Cloud, id: string): Promise<boolean> {
  if (await isJournalBegun(cloud)) return false;
  await cloud.table.each([{ put: { ...fenceKey, v: 1, id }, if: "absent" }]);
  return (await fenceOf(cloud)) === id;
}
