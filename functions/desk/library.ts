import {
  articlesOnPage,
  asksWhere,
  type Filter,
  isEverything,
  soughtBy,
  standsAsSought,
} from "../../core/desk/library.ts";
import { type Stands, standingsIn } from "../../core/desk/standing.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { withdrawnFrom } from "../records/amendments.ts";
import { issuesNaming } from "../records/issues-naming.ts";
import { type LibraryCard, latestCards, placeOf } from "../records/library.ts";
import { inLists } from "../records/lists.ts";

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
  const found: FoundArticle[] = [];
  let [lookedAt, next]: [number, string | undefined] = [0, undefined];
  for await (const { fits, isLast, ...one } of looked(cloud, publication, filter, { after, most })) {
    lookedAt += 1;
    if (fits) found.push(one);
    if (found.length < most && lookedAt < mostLookedAt(filter)) continue;
    next = isLast ? undefined : placeOf(one.card);
    break;
  }
  const articles = asksWhere(filter) ? found : await withStands(cloud, publication, found);
  return { articles, lookedAt, total: lists.articles, next };
}

interface Walk {
  readonly after?: string | undefined;
  readonly most?: number;
}
interface Looked extends FoundArticle {
  readonly fits: boolean;
  readonly isLast: boolean;
}

/** Read at once where nobody knows how many of them fit. */
const atOnce = 100;

async function* looked(
  cloud: Cloud,
  publication: string,
  filter: Filter,
  { after, most }: Walk,
): AsyncGenerator<Looked> {
  const limit = isEverything(filter) && most !== undefined ? most : atOnce;
  const isSought = soughtBy(filter);
  let next = after;
  do {
    const page = await latestCards(cloud, publication, { limit, after: next });
    const sought = page.cards.filter(isSought);
    const stands = asksWhere(filter) ? await whereTheyStand(cloud, publication, sought) : nowhere;
    const last = page.next === undefined ? page.cards.at(-1) : undefined;
    for (const card of page.cards) {
      const stand = stands.get(card.id);
      const fits = sought.includes(card) && (!asksWhere(filter) || standsAsSought(card.id, stand, filter));
      yield { card, stands: stand, fits, isLast: card === last };
    }
    next = page.next;
  } while (next !== undefined);
}

async function withStands(
  cloud: Cloud,
  publication: string,
  found: readonly FoundArticle[],
): Promise<readonly FoundArticle[]> {
  const cards = found.map(({ card }) => card);
  const stands = await whereTheyStand(cloud, publication, cards);
  return cards.map((card) => ({ card, stands: stands.get(card.id) }));
}

const nowhere: ReadonlyMap<string, Stands> = new Map();

/** Of those that stand anywhere; all others are free. */
async function whereTheyStand(
  cloud: Cloud,
  publication: string,
  cards: readonly LibraryCard[],
): Promise<ReadonlyMap<string, Stands>> {
  const ids = cards.map(({ id }) => id);
  const issues = await issuesNaming(cloud, publication, ids);
  return standingsIn(issues, await withdrawnFrom(cloud, publication, issues));
}
