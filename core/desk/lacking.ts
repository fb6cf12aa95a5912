import type { Article } from "../article/article.ts";
import { picturesOf, portraitsOf } from "../article/contents.ts";
import { imageOf } from "../article/picture-address.ts";
import { plain } from "../article/plain.ts";
import { listFormat } from "../formats.ts";
import type { IssuePlan } from "../issue/issue.ts";
import { issueTeaser } from "../issue/printed.ts";
import { type Language, type Words, words } from "../words.ts";

/** What an article still needs before it may appear, at a glance; the check says it in sentences. */
export type Lack = keyof Words["desk"]["lacking"];

/** Each once, what stops a build first. */
export function lacksOf(article: Article, issue: Pick<IssuePlan, "teasers">): Lack[] {
  const pictures = picturesOf(article);
  const come = pictures.filter((picture) => imageOf(article, picture));
  const portraits = portraitsOf(article);
  const shown = come.filter((picture) => !portraits.includes(picture));
  const isSigned = ["lead", "report", "interview"].includes(article.kind);
  const hasTeaser = article.teaser || plain(article.lead) || issueTeaser(issue, article.id);
  const lacking: Readonly<Record<Lack, boolean>> = {
    alt: shown.some(({ alt }) => alt === null),
    credit: come.some(({ credit }) => !credit?.trim()),
    caption: shown.some(({ alt, caption }) => alt !== "" && !plain(caption).trim()),
    picture: come.length < pictures.length,
    author: isSigned && article.authors.length === 0,
    teaser: isSigned && !hasTeaser,
    day: article.kind === "date" && article.event === null,
  };
  return (Object.keys(lacking) as Lack[]).filter((lack) => lacking[lack]);
}

/** "Alternativtext und Bildnachweis"; "" where nothing is lacking. */
export const lackingWords = (lacks: readonly Lack[], language: Language): string =>
  listFormat(language).format(lacks.map((lack) => words(language).desk.lacking[lack]));
