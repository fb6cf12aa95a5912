import type { Cloud, Item, Query } from "../cloud/cloud.ts";

const pageSize = 400;

/**
 * Every row of a range in the order of its keys, page by page.
 *
 * @param first how many whoever stops early is going to look at: so many are read first
 */
export async function* rowsOf(
  cloud: Cloud,
  range: Omit<Query, "limit" | "after">,
  first: number = pageSize,
): AsyncGenerator<Item> {
  let [after, limit]: [string | undefined, number] = [undefined, first];
  do {
    const page = await cloud.table.query({ ...range, limit, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    [after, limit] = [page.next, pageSize];
  } while (after !== undefined);
}
