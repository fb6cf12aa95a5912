import type { Article } from "../../core/article/article.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow } from "../records/acts.ts";
import { type ArticleCard, readArticle } from "../records/articles.ts";
import { dropOffer } from "../records/revisions.ts";
import { type ArticlePlace, demandSeen, type Opened, openToMend, orMovedOn, saveAs, textOf } from "./articles.ts";

/** Earlier revisions, and those that later files offer: nothing is ever lost, and everything can come back. */

interface Choice {
  /** The revision that counted when they chose. */
  readonly seen: number;
  readonly revision: number;
}

/**
 * Brings an earlier revision back, as a new one with its words and pictures.
 *
 * @throws Refusal `no-revision`, `article-moved-on`, `article-scheduled`, `article-closed`, `no-article`, `not-allowed`
 */
export async function restoreRevision(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { seen, revision }: Choice,
): Promise<ArticleCard> {
  const opened = await openToMend(cloud, person, place);
  await demandSeen(cloud, opened, seen);
  const earlier = await requireRevision(cloud, place, revision);
  return saveAs(cloud, person, opened, { how: "restored", ...asItWas(earlier, opened), seen, from: revision });
}

/**
 * Takes the words of files that came after the article was mended; what was mended stays among its revisions.
 *
 * @throws Refusal `nothing-offered`, and as above
 */
export async function takeOffered(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { seen, revision }: Choice,
): Promise<ArticleCard> {
  const opened = await openToMend(cloud, person, place);
  demandOffered(opened, revision);
  await demandSeen(cloud, opened, seen);
  const offered = await requireRevision(cloud, place, revision);
  const taken = { ...asItWas(offered, opened), seen, from: revision, takes: revision };
  return saveAs(cloud, person, opened, { how: "restored", ...taken });
}

/** Stays with the mended words; what the files say stays among the revisions. @throws Refusal as above */
export async function refuseOffered(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { seen, revision }: Choice,
): Promise<ArticleCard> {
  const opened = await openToMend(cloud, person, place);
  demandOffered(opened, revision);
  const { card, thing } = opened;
  const act = actRow(cloud.clock, person, "edit-article", thing, { revision: card.revision, how: "kept" });
  return orMovedOn(card, seen, () => dropOffer(cloud, card, [act]));
}

function demandOffered({ card }: Opened, revision: number): void {
  if (card.offered !== revision) throw new Refusal("nothing-offered");
}

/** @throws Refusal `no-revision` */
export async function requireRevision(
  cloud: Cloud,
  { publication, article }: ArticlePlace,
  revision: number,
): Promise<Article> {
  const known = Number.isSafeInteger(revision) && revision > 0 && revision < 1_000_000;
  const found = known ? await readArticle(cloud, publication, article, revision) : undefined;
  if (!found) throw new Refusal("no-revision", { revision: Number.isFinite(revision) ? revision : "–" });
  return found;
}

/** Its words, and its pictures as they were then; those that came since stay at hand. */
function asItWas(earlier: Article, { article }: Opened) {
  return { text: textOf(earlier), images: { ...article.images, ...earlier.images } };
}
