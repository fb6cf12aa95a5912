import {
  articlesOnPage,
  asksWhere,
  type Filter,
  isEverything,
  soughtBy,
  standsAsSought,
} from "../../core/desk/library.ts";
import type { Stands } from "../../core/desk/standing.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type LibraryCard, latestCards, placeOf } from "../records/library.ts";
import { inLists } from "../records/lists.ts";
import { whereTheyStand } from "./where-they-stand.ts";

/** Looking through the library, the latest change first: a piece at a time, and nothing of what lies behind it. */

export interface LookedThrough {
  readonly articles: readonly FoundArticle[];
  readonly lookedAt: number;
  /** How many articles there are in all. */
  readonly total: number;
  /** Where to look on; undefined at the end. */
  readonly next: string | undefined;
}
export interface FoundArticle {
  readonly card: LibraryCard;
  /** Undefined: it is free. */
  readonly stands: Stands | undefined;
}

/** Where hardly anything fits, whoever waits is told how far it got; to know where articles stand, twice as much is read. */
const mostLookedAt = (filter: Filter): number => (asksWhere(filter) ? 200 : 500);

/**
 * What somebody looks for, until there is enough of it.
 *
 * @param after what an earlier piece answered as `next`
 */
export async function lookThroughLibrary(
  cloud: Cloud,
  publication: string,
  filter: Filter,
  { after, most = articlesOnPage }: Walk = {},
): Promise<LookedThrough> {
  const { lists } = await inLists(cloud, publication);
  const limit = isEverything(filter) ? most : atOnce;
  const isSought = soughtBy(filter);
  const found: FoundArticle[] = [];
  let [lookedAt, next] = [0, after];
  do {
    const page = await latestCards(cloud, publication, { limit, after: next });
    const fitting = await fittingOf(cloud, publication, filter, page.cards.filter(isSought));
    const taken = fitting.slice(0, most - found.length);
    found.push(...taken);
    const last = found.length === most ? taken.at(-1)?.card : page.cards.at(-1);
    lookedAt += last ? page.cards.indexOf(last) + 1 : 0;
    next = last && last !== page.cards.at(-1) ? placeOf(last) : page.next;
  } while (next !== undefined && found.length < most && lookedAt < mostLookedAt(filter));
  const cards = found.map(({ card }) => card);
  const articles = asksWhere(filter) ? found : await withStands(cloud, publication, cards);
  return { articles, lookedAt, total: lists.articles, next };
}

interface Walk {
  readonly after?: string | undefined;
  readonly most?: number;
}

/** Read at once where nobody knows how many of them fit. */
const atOnce = 100;

/** Those that also stand as sought; where nobody asks, where they stand is not read. */
async function fittingOf(
  cloud: Cloud,
  publication: string,
  filter: Filter,
  sought: readonly LibraryCard[],
): Promise<readonly FoundArticle[]> {
  if (!asksWhere(filter)) return sought.map((card) => ({ card, stands: undefined }));
  const standing = await withStands(cloud, publication, sought);
  return standing.filter(({ card, stands }) => standsAsSought(card.id, stands, filter));
}

async function withStands(
  cloud: Cloud,
  publication: string,
  cards: readonly LibraryCard[],
): Promise<readonly FoundArticle[]> {
  const ids = cards.map(({ id }) => id);
  const stands = await whereTheyStand(cloud, publication, ids);
  return cards.map((card) => ({ card, stands: stands.get(card.id) }));
}
