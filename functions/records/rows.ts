import type { Cloud, Item, Query } from "../cloud/cloud.ts";

const pageSize = 400;

type Range = Omit<Query, "limit" | "after">;

/** Every row of a range in the order of its keys, one by one. */
export async function* rowsOf(cloud: Cloud, range: Range): AsyncGenerator<Item> {
  for await (const rows of pagesOf(cloud, range)) yield* rows;
}

/** Every row of a range at once, as `made` of it: waiting for each by itself costs as much as reading it. */
export async function allOf<T>(cloud: Cloud, range: Range, made: (row: Item) => T): Promise<T[]> {
  const all: T[] = [];
  for await (const rows of pagesOf(cloud, range)) for (const row of rows) all.push(made(row));
  return all;
}

/**
 * The rows of a range in the order of their keys, page by page.
 *
 * @param first how many whoever stops early is going to look at: so many are read first
 */
export async function* pagesOf(cloud: Cloud, range: Range, first: number = pageSize): AsyncGenerator<readonly Item[]> {
  let [after, limit]: [string | undefined, number] = [undefined, first];
  do {
    const page = await cloud.table.query({ ...range, limit, ...(after === undefined ? {} : { after }) });
    yield page.items;
    [after, limit] = [page.next, pageSize];
  } while (after !== undefined);
}
