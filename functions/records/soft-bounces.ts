import {
  afterArrival,
  isGivenUp,
  plusSoftBounce,
  type SoftBounce,
  type SoftBounces,
} from "../../core/delivery/suppression.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { softBouncesKey } from "./keys.ts";
import { suppress } from "./suppressions.ts";

/** Addresses on their way to being suppressed: their mailboxes send letters back for the time being. */

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
