import type { Cloud, Item, Query } from "../cloud/cloud.ts";

const pageSize = 400;

/** Every row of a range in the order of its keys, page by page. */
export async function* rowsOf(cloud: Cloud, range: Omit<Query, "limit" | "after">): AsyncGenerator<Item> {
  let after: string | undefined;
  do {
    const page = await cloud.table.query({ ...range, limit: pageSize, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
