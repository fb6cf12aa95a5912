import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import type { ArticleCard } from "./articles.ts";
import { articleKey, libraryKey } from "./keys.ts";
import { movedPlaces } from "./moved-places.ts";
import { pageAfter } from "./page-after.ts";

/** Cards as people look through them: once more in the order of changes. Whoever needs one article reads its own. */

/** A card over the one that was read, and its place among the latest. @returns the card's own change first */
export function cardChanges(card: ArticleCard | undefined, next: ArticleCard): Change[] {
  const row = next as unknown as Readonly<Record<string, Value>>;
  return [
    { put: { ...articleKey(next.publication, next.id), ...row }, if: card ? { version: card.version } : "absent" },
    ...movedPlaces(card && cardPlaces(card), cardPlaces(next)),
  ];
}

/** What whoever looks through sees of an article, and searches by. */
export type LibraryCard = Pick<
  ArticleCard,
  "id" | "version" | "title" | "kind" | "authors" | "kicker" | "lacks" | "offered" | "changedAt"
>;

export function cardPlaces(card: ArticleCard): Item[] {
  const { publication, id, version, title, kind, authors, kicker, lacks, offered, changedAt } = card;
  const row = {
    ...{ id, version, title, kind, authors, changedAt },
    ...(kicker && { kicker }),
    ...(lacks && { lacks }),
    ...(offered !== undefined && { offered }),
  };
  return [{ ...libraryKey(publication, changedAt, id), v: 1, ...row }];
}

/** Some cards, the latest change first. @param after what an earlier page answered as `next`, or {@link placeOf} a card */
export async function latestCards(
  cloud: Cloud,
  publication: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly cards: readonly LibraryCard[]; readonly next?: string }> {
  const { pk } = libraryKey(publication, "", "");
  // Each begins with its instant.
  const range = { pk, from: "0", to: "9~", limit, newestFirst: true, consistent: true };
  const { items, next } = await pageAfter(cloud, range, after);
  return { cards: items.map(cardOf), ...(next !== undefined && { next }) };
}

/** Where a card stands in that order. */
export const placeOf = ({ changedAt, id }: LibraryCard): string => libraryKey("", changedAt, id).sk;

const cardOf = (row: Item): LibraryCard => row as unknown as LibraryCard;
