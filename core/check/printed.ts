import type { Article } from "../article/article.ts";
import type { EditionInput } from "../edition/edition.ts";
import { articlesOf } from "../issue/draft.ts";
import { asPrinted } from "../issue/printed.ts";

/** The articles an issue prints, in its order; those the library lacks are the gate's business. */
export const printed = ({ issue, articles }: Pick<EditionInput, "issue" | "articles">): Article[] =>
  articlesOf(issue).flatMap((id) => {
    const article = articles.get(id);
    return article ? [asPrinted(article, issue)] : [];
  });
