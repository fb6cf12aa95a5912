import type { Change, Cloud, Item, Key } from "../cloud/cloud.ts";
import { bringIn } from "./brought-in.ts";
import { listsKey } from "./keys.ts";

/**
 * What people look through has rows of its own, in the order it is shown in, written with what they tell of. Tables from
 * before have none of them: they come in when somebody first looks.
 */

export interface Lists {
  readonly version: number;
  /** How many articles there are. */
  readonly articles: number;
  /** Whether everything is in them; undefined: nobody has looked yet. */
  readonly whole?: "whole";
  /** Until then an older version of the code may still have written beside them. */
  readonly againAt?: string;
}
const none: Lists = { version: 0, articles: 0 };

/** As they stand; with rows somebody wants besides, in one read. Everything is in them. */
export async function inLists(
  cloud: Cloud,
  publication: string,
  keys: readonly Key[] = [],
): Promise<{ readonly lists: Lists; readonly rows: readonly (Item | undefined)[] }> {
  for (;;) {
    const [found, ...rows] = await cloud.table.get([listsKey(publication), ...keys], { consistent: true });
    const lists = listsOf(found);
    if (isWhole(cloud, lists)) return { lists, rows };
    await makeWhole(cloud, publication, lists);
  }
}

const isWhole = ({ clock }: Cloud, { whole, againAt }: Lists): boolean =>
  whole !== undefined && (againAt === undefined || clock.now().toISOString() < againAt);

/** Two versions of the code run at once during a deploy; no function runs longer. */
const longestRunMinutes = 16;

/** Whoever saves meanwhile counts the row one up: then what was counted may be wrong, and is counted again. */
async function makeWhole(cloud: Cloud, publication: string, seen: Lists): Promise<void> {
  const articles = await bringIn(cloud, publication);
  const { againAt: _, ...kept } = seen;
  const isFirst = seen.whole === undefined;
  const againAt = new Date(cloud.clock.now().getTime() + longestRunMinutes * 60_000).toISOString();
  const next: Lists = { ...kept, articles, whole: "whole", ...(isFirst && { againAt }) };
  await cloud.table.each([listsChange(publication, seen, next)]);
}

/** One article more, to be written with it. Whoever was quicker is a Conflict at this change. */
export async function oneArticleMore(cloud: Cloud, publication: string): Promise<Change> {
  const [found] = await cloud.table.get([listsKey(publication)], { consistent: true });
  const lists = listsOf(found);
  return listsChange(publication, lists, { ...lists, articles: lists.articles + 1 });
}

const listsChange = (publication: string, { version }: Lists, next: Lists): Change => ({
  put: { ...listsKey(publication), v: 1, ...next, version: version + 1 },
  if: version === 0 ? "absent" : { version },
});

const listsOf = (row: Item | undefined): Lists => (row ? (row as unknown as Lists) : none);
