import type { Cloud, Item, Query } from "../cloud/cloud.ts";

/** No sort key of a list is longer; what is comes from elsewhere. */
const longestPlace = 200;

/**
 * A page of rows, the newest first. Where it goes on is the sort key of its last row: a link carries it, so anybody may
 * write one, and whatever lies outside the list begins at its beginning.
 *
 * @param below the sort key the last page ended with
 */
export async function pageBelow(
  { table }: Cloud,
  range: Query & { readonly from: string; readonly to: string },
  below: string | undefined,
): Promise<{ readonly items: readonly Item[]; readonly next?: string }> {
  const { from, to, limit } = range;
  const isPlace = below !== undefined && below >= from && below <= to && below.length <= longestPlace;
  // Bounds hold what they name, which was seen already; one more tells whether a page follows.
  const asked = { ...range, to: isPlace ? below : to, limit: limit + 2, newestFirst: true };
  const rows = (await table.query(asked)).items.filter(({ sk }) => !isPlace || sk !== below);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last && { next: last.sk }) };
}
