import { type Change, type Cloud, Conflict, type Item, type Key } from "../cloud/cloud.ts";
import type { ArticleCard } from "./articles.ts";
import { inBatches } from "./in-batches.ts";
import { articleKey, issueKey, libraryKey, personKey, submissionKey, submissionListKey } from "./keys.ts";
import { cardPlaces } from "./library.ts";
import { personOf, personPlaces } from "./people.ts";
import { notePlaces } from "./places.ts";
import { pagesOf } from "./rows.ts";
import { submissionPlaces } from "./submissions.ts";

/** How rows of before come into the lists people look through. What stands there already is not written again. */

/** Reads everything of a publication, page by page. Answers how many articles there are. */
export async function bringIn(cloud: Cloud, publication: string): Promise<number> {
  for await (const rows of pagesOf(cloud, { ...rangeOf(issueKey(publication, "")), consistent: true }))
    for (const row of rows) await notePlaces(cloud, row as unknown as Parameters<typeof notePlaces>[1]);
  const [articles = 0] = await Promise.all(nounsOf(publication).map((noun) => bringInEach(cloud, noun)));
  return articles;
}

/** What there are lists of. */
interface Noun {
  readonly rows: Range;
  readonly lists: readonly Range[];
  /** What stands in lists for a row. */
  readonly placesOf: (row: Item) => readonly Item[];
  /** Whose place it is. */
  readonly rowAt: (place: Item) => Key;
}
interface Range {
  readonly pk: string;
  readonly from?: string;
  readonly to?: string;
}
const rangeOf = ({ pk, sk }: Key): Range => ({ pk, from: sk, to: `${sk}\u{10ffff}` });

const nounsOf = (publication: string): readonly Noun[] => [
  {
    rows: rangeOf(articleKey(publication, "")),
    lists: [{ pk: libraryKey(publication, "", "").pk }],
    placesOf: ({ pk: _, sk: __, ...card }) => cardPlaces(card as unknown as ArticleCard),
    rowAt: ({ id }) => articleKey(publication, String(id)),
  },
  {
    rows: rangeOf(submissionKey(publication, "")),
    lists: [{ pk: submissionListKey(publication, "", "").pk }],
    placesOf: (row) => submissionPlaces(row as unknown as Parameters<typeof submissionPlaces>[0]),
    rowAt: ({ id }) => submissionKey(publication, String(id)),
  },
  {
    rows: rangeOf(personKey(publication, "")),
    lists: ["name#", "team#", "who#"].map((sk) => rangeOf({ ...personKey(publication, ""), sk })),
    placesOf: (row) => personPlaces(publication, personOf(row)),
    rowAt: ({ addressKey }) => personKey(publication, String(addressKey)),
  },
];

async function bringInEach(cloud: Cloud, noun: Noun): Promise<number> {
  let count = 0;
  for await (const rows of pagesOf(cloud, { ...noun.rows, consistent: true })) {
    count += rows.length;
    await enter(cloud, noun, rows);
  }
  for (const list of noun.lists)
    for await (const places of pagesOf(cloud, { ...list, consistent: true })) await leave(cloud, noun, places);
  return count;
}

/** Whoever changes a row meanwhile writes its places themselves. */
async function enter(cloud: Cloud, { placesOf }: Noun, rows: readonly Item[]): Promise<void> {
  const missing = rows.map((row) => ({ row, places: placesOf(row) }));
  const there = await cloud.table.get(
    missing.flatMap(({ places }) => places),
    { consistent: true },
  );
  const known = new Set(there.flatMap((place) => (place ? [nameOf(place)] : [])));
  const wanting = missing.filter(({ places }) => !places.every((place) => known.has(nameOf(place))));
  await inBatches(wanting, ({ row, places }) =>
    unlessChanged(cloud, [{ check: keyOf(row), if: asSeen(row) }, ...places.map((put): Change => ({ put }))]),
  );
}

/** Places of rows that stand elsewhere now, or nowhere: an older version of the code leaves them behind. */
async function leave(cloud: Cloud, { placesOf, rowAt }: Noun, places: readonly Item[]): Promise<void> {
  const rows = await cloud.table.get(places.map(rowAt), { consistent: true });
  const isLeft = (place: Item, row: Item | undefined): boolean =>
    row === undefined || !placesOf(row).some((one) => nameOf(one) === nameOf(place));
  const left = places.filter((place, index) => isLeft(place, rows[index]));
  await inBatches(left, (place) => unlessChanged(cloud, [{ remove: keyOf(place), if: asSeen(place) }]));
}

const keyOf = ({ pk, sk }: Item): Key => ({ pk, sk });
const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
const asSeen = ({ version }: Item) => ({ version: typeof version === "number" ? version : null });

async function unlessChanged(cloud: Cloud, changes: readonly Change[]): Promise<void> {
  try {
    await cloud.table.write(changes);
  } catch (conflict) {
    if (!(conflict instanceof Conflict)) throw conflict;
  }
}
