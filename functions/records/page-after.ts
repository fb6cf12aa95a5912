import type { Cloud, Item, Query } from "../cloud/cloud.ts";

/** No sort key of a list is longer; what is comes from elsewhere. */
const longestPlace = 200;

/**
 * A page of rows in the order of their keys, or against it. Where it goes on is the sort key of its last row: a link
 * carries it, so anybody may write one, and whatever lies outside the list begins at its beginning.
 *
 * @param after the sort key the last page ended with
 */
export async function pageAfter(
  { table }: Cloud,
  range: Query & { readonly from: string; readonly to: string },
  after: string | undefined,
): Promise<{ readonly items: readonly Item[]; readonly next?: string }> {
  const { from, to, limit, newestFirst } = range;
  const isPlace = after !== undefined && after >= from && after <= to && after.length <= longestPlace;
  // Bounds hold what they name, which was seen already; one more tells whether a page follows.
  const rest = isPlace && (newestFirst ? { to: after } : { from: after });
  const asked = { ...range, ...rest, limit: limit + 2 };
  const rows = (await table.query(asked)).items.filter(({ sk }) => !isPlace || sk !== after);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last && { next: last.sk }) };
}
