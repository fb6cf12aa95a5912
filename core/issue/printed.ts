import type { Article, Picture } from "../article/article.ts";
import { picturesOf } from "../article/contents.ts";
import type { IssuePlan } from "./issue.ts";

/** An article as one issue prints it: what editors wrote for this issue alone stands in place of the article's own. */

/** The teaser written for this issue. Undefined where the article's own serves. */
export const issueTeaser = ({ teasers }: Pick<IssuePlan, "teasers">, article: string): string | undefined =>
  teasers && Object.hasOwn(teasers, article) ? teasers[article] : undefined;

/** The article with this issue's teaser. */
export function asPrinted(article: Article, issue: Pick<IssuePlan, "teasers">): Article {
  const teaser = issueTeaser(issue, article.id);
  return teaser === undefined ? article : { ...article, teaser };
}

/** The picture that opens the issue, and whose it is: the one the issue names, or the lead's own where that is gone. */
export function coverPicture(
  { cover }: Pick<IssuePlan, "cover">,
  articles: ReadonlyMap<string, Article>,
  lead: Article,
): { article: Article; picture: Picture | null } {
  const article = cover && articles.get(cover.article);
  const picture = article && picturesOf(article).find(({ name }) => name === cover.picture);
  return article && picture ? { article, picture } : { article: lead, picture: lead.hero };
}
