import type { Article } from "../../article/article.ts";
import { imageOf } from "../../article/picture-address.ts";
import { teaserOf } from "../../article/plain.ts";
import type { EditionInput } from "../edition.ts";
import { absoluteAt, articleAddress, issueAddress, type LinkTo, relativeFrom } from "./address.ts";
import { articleView } from "./article-view.ts";
import { sectionOf } from "./cover.ts";
import { articleData, socialPicture } from "./json-ld.ts";
import { backTo, type Dress, type Page, renderDressed, renderPage, titleIn } from "./page.ts";

export interface Neighbours {
  readonly before: Article | undefined;
  readonly after: Article | undefined;
}

/** One article on a page of its own. */
export function articlePage(article: Article, input: EditionInput, neighbours: Neighbours): string {
  const linkTo = relativeFrom(articleAddress(input.publication, input.issue, article.slug));
  const page = pageOf(article, input, linkTo);
  return renderPage(
    input.house,
    input.publication,
    "web/article-page",
    page,
    contentOf(article, input, neighbours, linkTo),
  );
}

/** The same where it is no file among others: dressed as it is told, on its own. */
export function articleInFrame(
  article: Article,
  input: EditionInput,
  { linkTo, ...dress }: Dress & { linkTo: LinkTo },
): string {
  const content = contentOf(article, input, { before: undefined, after: undefined }, linkTo);
  const page = { ...pageOf(article, input, linkTo), indexed: false };
  return renderDressed(input.house, input.publication, "web/article-page", page, content, dress);
}

function pageOf(article: Article, input: EditionInput, linkTo: LinkTo): Page {
  const { publication, issue } = input;
  const image = imageOf(article, article.hero);
  const picture = socialPicture(image ? { image, alt: "" } : null, publication);
  return {
    language: issue.language,
    title: titleIn(article.title, publication, issue),
    description: teaserOf(article),
    canonical: absoluteAt(publication.baseUrl)(articleAddress(publication, issue, article.slug)),
    linkTo,
    home: issueAddress(publication, issue),
    issue,
    small: false,
    indexed: true,
    social: { type: "article", picture, published: issue.date },
    data: articleData(article, sectionOf(article, input), input),
  };
}

function contentOf(article: Article, input: EditionInput, { before, after }: Neighbours, linkTo: LinkTo): object {
  const { publication, issue } = input;
  const neighbour = (other: Article | undefined): object | null =>
    other ? { title: other.title, url: linkTo(articleAddress(publication, issue, other.slug)) } : null;
  return {
    article: articleView(article, input, { linkTo, level: 1, shared: false }),
    before: neighbour(before),
    after: neighbour(after),
    back: { url: linkTo(issueAddress(publication, issue)), label: backTo(issue) },
  };
}
