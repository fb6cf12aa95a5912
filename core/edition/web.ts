import type { Article } from "../article/article.ts";
import { type Withdrawal, withoutWithdrawn } from "../issue/amend.ts";
import { articlesOf } from "../issue/draft.ts";
import { Refusal } from "../refusal.ts";
import type { EditionFile, EditionInput, Rendered } from "./edition.ts";
import { planOf } from "./letter/shape.ts";
import { readable } from "./letter.ts";
import { eachText, visible } from "./visible.ts";
import { type Address, articleAddress, fileOf, issueAddress, printAddress } from "./web/address.ts";
import { articlePage } from "./web/article-page.ts";
import { coverOf } from "./web/cover.ts";
import { coverPage } from "./web/cover-page.ts";
import { lookOf } from "./web/look.ts";
import { printPage } from "./web/print-page.ts";
import { withdrawnPage } from "./web/withdrawn-page.ts";

/**
 * The web edition: cover, a page per article, the whole issue on one page, and what they are dressed in.
 *
 * @param withdrawals a sentence stands in the place of each of these articles; where nothing else is left, in every place
 */
export function renderWeb(given: EditionInput, withdrawals: readonly Withdrawal[] = []): Rendered {
  const whole = readable(given);
  const sentences = eachText([...withdrawals], visible);
  const input = { ...whole, issue: withoutWithdrawn(whole.issue, withdrawals) };
  const { publication, issue, house } = whole;
  const isEmpty = articlesOf(input.issue).length === 0;
  const order = isEmpty ? [] : readingOrder(input);
  const gone = (address: Address, some: readonly Withdrawal[]): EditionFile => ({
    ...page(address, withdrawnPage(whole, address, some)),
    isGone: true,
  });
  const orGone = (address: Address, body: () => string): EditionFile =>
    isEmpty ? gone(address, sentences) : page(address, body());
  const files: EditionFile[] = [
    orGone(issueAddress(publication, issue), () => coverPage(house, publication, coverOf(input))),
    ...order.map((article, index) =>
      page(
        articleAddress(publication, issue, article.slug),
        articlePage(article, input, { before: order[index - 1], after: order[index + 1] }),
      ),
    ),
    orGone(printAddress(publication, issue), () => printPage(input, sentences)),
    ...sentences.map((one) => gone(articleAddress(publication, issue, slugIn(whole, one.article)), [one])),
    ...lookOf(house, publication).files,
  ];
  return {
    files: files.map((file) => ({ ...file, path: `web/${file.path}` })),
    notes: [],
    refusals: sharedAddresses(input, order),
  };
}

const page = (address: string, body: string): EditionFile => ({
  path: fileOf(address),
  body,
  type: "text/html; charset=utf-8",
});

const slugIn = ({ articles }: EditionInput, id: string): string => articles.get(id)?.slug ?? id;

function readingOrder({ issue, articles }: EditionInput): Article[] {
  const { lead, sections } = planOf(issue, articles);
  return [lead, ...sections.flatMap((section) => section.articles)];
}

/** Two pages can never lie at one address: not two articles, not an article and the page for printing. */
function sharedAddresses({ publication, issue }: EditionInput, articles: readonly Article[]): Refusal[] {
  const taken = new Set([printAddress(publication, issue)]);
  return articles.flatMap(({ title, slug }) => {
    const address = articleAddress(publication, issue, slug);
    if (taken.has(address)) return [new Refusal("address-taken", { title, address })];
    taken.add(address);
    return [];
  });
}
