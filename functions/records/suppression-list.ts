import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Suppression, SuppressionWord } from "../../core/subscriber/suppressed.ts";
import type { Change, Cloud, Item } from "../cloud/cloud.ts";
import { journalAfter } from "./journal.ts";
import { suppressionKey, suppressionListKey, suppressionsListedKey, suppressionsPartition } from "./keys.ts";
import { pageAfter } from "./page-after.ts";
import { suppressionOfRow } from "./suppressions.ts";

/** All suppressions in the order of time, for people to look at: the suppression itself decides. */

export interface ListedSuppression {
  readonly suppression: Suppression;
  /** The one this line is of. */
  readonly word: SuppressionWord;
  /** Where the list goes on behind it. */
  readonly place: string;
}

/** A page of them, the newest first. @param after what an earlier page answered as `next`, or a line's `place` */
export async function suppressionsPage(
  cloud: Cloud,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly lines: readonly ListedSuppression[]; readonly next?: string }> {
  // Each begins with its instant.
  const range = { pk: suppressionsPartition, from: "0", to: "9~", limit, newestFirst: true };
  const { items, next } = await pageAfter(cloud, range, after);
  const keys = items.map(({ addressKey }) => String(addressKey));
  const rows = await cloud.table.get(keys.map(suppressionKey));
  const lines = items.flatMap(({ sk }, index): ListedSuppression[] => {
    const [row, addressKey = ""] = [rows[index], keys[index]];
    const suppression = row && suppressionOfRow(addressKey, row);
    // A line whose word was taken back is one too many.
    const word = suppression?.words.find((one) => lineKey(addressKey, one).sk === sk);
    return suppression && word ? [{ suppression, word, place: sk }] : [];
  });
  return { lines, ...(next !== undefined && { next }) };
}

const lineKey = (addressKey: AddressKey, { at, publication }: SuppressionWord) =>
  suppressionListKey(at, addressKey, publication);

/**
 * Brings those onto the list that were suppressed before there was one. The journal knows them all: it is walked once, a
 * piece a night, and what it was told since is on the list already.
 *
 * @returns whether it is done
 */
export async function listOlderSuppressions(cloud: Cloud, isLate: () => boolean): Promise<boolean> {
  const [row] = await cloud.table.get([suppressionsListedKey], { consistent: true });
  if (row?.isWhole === true) return true;
  for (let after = String(row?.after ?? ""); !isLate(); ) {
    const { entries, next } = await journalAfter(cloud, after);
    await enterLines(
      cloud,
      entries.flatMap((entry) => (entry.kind === "suppressed" ? entry.addressKey : [])),
    );
    await cloud.table.each([{ put: { ...suppressionsListedKey, v: 1, after: next ?? after, isWhole: !next } }]);
    if (!next) return true;
    after = next;
  }
  return false;
}

/** As they stand: whoever was suppressed and lifted long ago is on no list. */
async function enterLines(cloud: Cloud, keys: readonly AddressKey[]): Promise<void> {
  const all = [...new Set(keys)];
  const rows = await cloud.table.get(all.map(suppressionKey));
  await cloud.table.each(all.flatMap((addressKey, index) => linesOf(addressKey, rows[index])));
}

const linesOf = (addressKey: AddressKey, row: Item | undefined): Change[] =>
  (row ? suppressionOfRow(addressKey, row).words : []).map((word) => ({
    put: {
      ...lineKey(addressKey, word),
      ...{ v: 1, addressKey },
      ...(word.publication !== undefined && { publication: word.publication }),
    },
  }));
