import type { Article } from "../article/article.ts";
import { Refusal } from "../refusal.ts";
import type { EditionFile, EditionInput, Rendered } from "./edition.ts";
import { planOf } from "./letter/shape.ts";
import { readable } from "./letter.ts";
import { articleAddress, fileOf, issueAddress, printAddress } from "./web/address.ts";
import { articlePage } from "./web/article-page.ts";
import { coverOf } from "./web/cover.ts";
import { coverPage } from "./web/cover-page.ts";
import { lookOf } from "./web/look.ts";
import { printPage } from "./web/print-page.ts";

/** The web edition: cover, a page per article, the whole issue on one page, and what they are dressed in. */
export function renderWeb(given: EditionInput): Rendered {
  const input = readable(given);
  const { publication, issue, house } = input;
  const order = readingOrder(input);
  const files: EditionFile[] = [
    page(issueAddress(publication, issue), coverPage(house, publication, coverOf(input))),
    ...order.map((article, index) =>
      page(
        articleAddress(publication, issue, article.slug),
        articlePage(article, input, { before: order[index - 1], after: order[index + 1] }),
      ),
    ),
    page(printAddress(publication, issue), printPage(input)),
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
