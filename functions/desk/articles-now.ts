import type { Article } from "../../core/article/article.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readArticle, readCards } from "../records/articles.ts";
import { inBatches } from "../records/in-batches.ts";

/** Articles somebody has just looked at, by the hash of their words: the same hash, the same article. */
const kept = new Map<string, Article>();
/** Some issues' worth; an article is a few dozen kilobytes. */
const mostKept = 120;

/** Articles as they are in the library now; one that does not exist is not in the answer. Only what is new is read. */
export async function articlesNow(
  cloud: Cloud,
  publication: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Article>> {
  const cards = await readCards(cloud, publication, ids);
  const articles = await inBatches(cards, async ({ id, digest, revision }) => {
    const article = kept.get(digest) ?? (await readArticle(cloud, publication, id, revision));
    if (article) keep(digest, article);
    return article;
  });
  return new Map(articles.flatMap((article) => (article ? [[article.id, article] as const] : [])));
}

function keep(digest: string, article: Article): void {
  kept.delete(digest);
  kept.set(digest, article);
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
}
