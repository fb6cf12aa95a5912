import type { Article } from "../../article/article.ts";
import { imageOf } from "../../article/picture-address.ts";
import { teaserOf } from "../../article/plain.ts";
import type { EditionInput } from "../edition.ts";
import { absoluteAt, articleAddress, issueAddress, relativeFrom } from "./address.ts";
import { articleView } from "./article-view.ts";
import { sectionOf } from "./cover.ts";
import { articleData, socialPicture } from "./json-ld.ts";
import { backTo, renderPage, titleIn } from "./page.ts";

export interface Neighbours {
  readonly before: Article | undefined;
  readonly after: Article | undefined;
}

/** One article on a page of its own. */
export function articlePage(article: Article, input: EditionInput, { before, after }: Neighbours): string {
  const { publication, issue, house } = input;
  const address = articleAddress(publication, issue, article.slug);
  const linkTo = relativeFrom(address);
  const image = imageOf(article, article.hero);
  const picture = socialPicture(image ? { image, alt: "" } : null, publication);
  const page = {
    language: issue.language,
    title: titleIn(article.title, publication, issue),
    description: teaserOf(article),
    canonical: absoluteAt(publication.baseUrl)(address),
    linkTo,
    home: issueAddress(publication, issue),
    issue,
    small: false,
    indexed: true,
    social: { type: "article", picture, published: issue.date },
    data: articleData(article, sectionOf(article, input), input),
  } as const;
  const neighbour = (other: Article | undefined): object | null =>
    other ? { title: other.title, url: linkTo(articleAddress(publication, issue, other.slug)) } : null;
  return renderPage(house, publication, "web/article-page", page, {
    article: articleView(article, input, { linkTo, level: 1, shared: false }),
    before: neighbour(before),
    after: neighbour(after),
    back: { url: linkTo(issueAddress(publication, issue)), label: backTo(issue) },
  });
}
