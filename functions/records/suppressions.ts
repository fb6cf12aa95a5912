import {
  afterArrival,
  isGivenUp,
  plusSoftBounce,
  type SoftBounce,
  type SoftBounces,
  type SuppressionReason,
} from "../../core/delivery/suppression.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { inBatches } from "./in-batches.ts";
import { enterJournal } from "./journal.ts";
import { softBouncesKey, suppressionKey, suppressionListKey, suppressionsPartition } from "./keys.ts";
import { pageAfter } from "./page-after.ts";

/** Addresses never to be mailed again, in the whole deployment, and those on their way there. */

/**
 * Suppresses addresses that are not suppressed yet; the reason that was first stays. The readers' own rows stay as they
 * are: a suppression is looked at whenever a letter is claimed.
 *
 * @throws when the journal or the table took not all of them: everything may be tried again
 */
export async function suppress(cloud: Cloud, reasons: ReadonlyMap<AddressKey, SuppressionReason>): Promise<void> {
  const all = [...reasons.keys()];
  const standing = await cloud.table.get(all.map(suppressionKey));
  const wanted = all.filter((_, index) => standing[index] === undefined);
  const at = cloud.clock.now().toISOString();
  const reasonOf = (addressKey: AddressKey): SuppressionReason => reasons.get(addressKey) ?? "bounced";
  await inBatches(wanted, (addressKey) =>
    enterJournal(cloud, { kind: "suppressed", at, addressKey, reason: reasonOf(addressKey) }),
  );
  // On the list first: a line too many is passed over, one that lacks would be missed.
  const list = wanted.map(
    (addressKey): Change => ({ put: { ...suppressionListKey(at, addressKey), v: 1, addressKey } }),
  );
  await cloud.table.each(list);
  await cloud.table.each(
    wanted.map((addressKey) => ({
      put: { ...suppressionKey(addressKey), v: 1, reason: reasonOf(addressKey), at },
      if: "absent",
    })),
  );
}

/** A suppression as it stands, for the whole deployment. */
export interface Suppression {
  readonly addressKey: AddressKey;
  readonly reason: string;
  readonly at: string;
}

/** A page of all suppressions, the newest first. @param after what an earlier page answered as `next` */
export async function suppressionsPage(
  cloud: Cloud,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ readonly suppressions: readonly Suppression[]; readonly next?: string }> {
  // Each begins with its instant.
  const range = { pk: suppressionsPartition, from: "0", to: "9~", limit, newestFirst: true };
  const { items, next } = await pageAfter(cloud, range, after);
  const keys = items.map(({ addressKey }) => String(addressKey));
  const rows = await cloud.table.get(keys.map(suppressionKey));
  const suppressions = items.flatMap(({ sk }, index): Suppression[] => {
    const [row, addressKey = ""] = [rows[index], keys[index]];
    const isStanding = row !== undefined && sk === suppressionListKey(String(row.at), addressKey).sk;
    return isStanding ? [{ addressKey, reason: String(row.reason), at: String(row.at) }] : [];
  });
  return { suppressions, ...(next !== undefined && { next }) };
}

/**
 * What has to be written to let an address be mailed again, with whatever makes it so: its reader confirmed it anew.
 * Issues that came back before count no more.
 */
export async function lifting(cloud: Cloud, addressKey: AddressKey): Promise<Change[]> {
  const [suppression] = await cloud.table.get([suppressionKey(addressKey)], { consistent: true });
  if (!suppression) return [];
  // The journal first: an older table put back must not bring the suppression back unseen.
  await enterJournal(cloud, { kind: "unsuppressed", at: cloud.clock.now().toISOString(), addressKey });
  return [
    { remove: suppressionKey(addressKey), if: { at: String(suppression.at) } },
    { remove: suppressionListKey(String(suppression.at), addressKey) },
    { remove: softBouncesKey(addressKey) },
  ];
}

/** A letter of this issue came back from there, or arrived there. */
export type Seen = SoftBounce & { readonly addressKey: AddressKey };

/** Counts letters that came back for the time being; an address that sends back issue after issue is suppressed. */
export async function countSoftBounces(cloud: Cloud, bounced: readonly Seen[]): Promise<void> {
  const rows = await changeRows(cloud, bounced, { consistent: true }, plusSoftBounce);
  const given = [...rows].filter(([, row]) => isGivenUp(row));
  await suppress(cloud, new Map(given.map(([addressKey]) => [addressKey, "bounced"])));
}

/** Letters arrived: rows of soft bounces end there. Hardly any address has one, so what is read may be a moment old. */
export const endSoftBounces = async (cloud: Cloud, arrived: readonly Seen[]): Promise<void> =>
  void (await changeRows(cloud, arrived, { consistent: false }, (row, seen) => row && afterArrival(row, seen)));

/** How often a row is looked at again that others change at the same time. */
const tries = 5;
/** A row of soft bounces nobody added to for so long says nothing any more. */
const keptDays = 400;

/** Changes the rows of some addresses, each as it stands; answers those that stand now. */
async function changeRows(
  cloud: Cloud,
  all: readonly Seen[],
  options: { consistent: boolean },
  change: (row: SoftBounces | undefined, seen: Seen) => SoftBounces | undefined,
): Promise<ReadonlyMap<AddressKey, SoftBounces>> {
  const standing = new Map<AddressKey, SoftBounces>();
  let open = all;
  for (let left = tries; open.length > 0; left--) {
    if (left === 0) throw new Error("rows of soft bounces changed again and again");
    const rows = await cloud.table.get(
      open.map(({ addressKey }) => softBouncesKey(addressKey)),
      options,
    );
    const changes: Change[] = [];
    const changed: Seen[] = [];
    open.forEach((seen, index) => {
      const row = rows[index] as unknown as SoftBounces | undefined;
      const next = change(row, seen);
      if (next) standing.set(seen.addressKey, next);
      if (!next || next === row) return;
      changes.push(replaceRow(cloud, seen.addressKey, next));
      changed.push(seen);
    });
    const outcomes = await cloud.table.each(changes);
    open = changed.filter((_, index) => outcomes[index] !== "done");
    options = { consistent: true };
  }
  return standing;
}

function replaceRow({ clock }: Cloud, addressKey: AddressKey, { version, issues }: SoftBounces): Change {
  const condition = version === 0 ? "absent" : { version };
  if (issues.length === 0) return { remove: softBouncesKey(addressKey), if: condition };
  const expiresAt = new Date(clock.now().getTime() + keptDays * 86_400_000).toISOString();
  const row = { v: 1, version: version + 1, issues: issues as unknown as Value, expiresAt };
  const put: Item = { ...softBouncesKey(addressKey), ...row };
  return { put, if: condition };
}
