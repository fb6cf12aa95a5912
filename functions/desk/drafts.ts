import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type ArticleDraft, dropDraftChange, keepDraft, longestDraftBytes } from "../records/drafts.ts";
import { type ArticlePlace, openToMend } from "./articles.ts";

/** What somebody types is kept while they type; it counts only once they save it. */

interface Typed {
  /** The revision they began with. */
  readonly revision: number;
  /** Of the draft this window knows; 0 where it knows none. */
  readonly version: number;
  readonly markdown: string;
}

/**
 * Keeps what was typed so far. No act: nobody else's work has changed.
 *
 * @throws Refusal `draft-moved-on` from another window, `draft-too-long`, `article-closed`, `no-article`, `not-allowed`
 */
export async function keepTyped(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { revision, version, markdown }: Typed,
): Promise<ArticleDraft> {
  await openToMend(cloud, person, place);
  if (Buffer.byteLength(markdown) > longestDraftBytes) throw new Refusal("draft-too-long");
  const keptAt = cloud.clock.now().toISOString();
  const draft: ArticleDraft = { v: 1, version, by: person.id, revision, markdown, keptAt };
  const kept = await keepDraft(cloud, place.publication, place.article, draft);
  if (!kept) throw new Refusal("draft-moved-on");
  return kept;
}

/** Throws it away. @throws Refusal as above */
export async function dropTyped(cloud: Cloud, person: Person, place: ArticlePlace): Promise<void> {
  await openToMend(cloud, person, place);
  await cloud.table.write([dropDraftChange(place.publication, place.article, person.id)]);
}
