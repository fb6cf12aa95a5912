import type { Withdrawal } from "../../issue/amend.ts";
import { fill, words } from "../../words.ts";
import type { EditionInput } from "../edition.ts";
import { planOf } from "../letter/shape.ts";
import { absoluteAt, issueAddress, printAddress, relativeFrom } from "./address.ts";
import { articleView, type Place } from "./article-view.ts";
import { coverOf } from "./cover.ts";
import { creditsView } from "./credits.ts";
import { backTo, renderPage, titleIn } from "./page.ts";
import { withdrawnView } from "./withdrawn-page.ts";

/** The whole issue on one page, for printing and for reading it out in one go. */
export function printPage(input: EditionInput, withdrawals: readonly Withdrawal[] = []): string {
  const { publication, issue, house } = input;
  const { web } = words(issue.language);
  const linkTo = relativeFrom(printAddress(publication, issue));
  const place: Place = { linkTo, level: 3, shared: true };
  const page = {
    language: issue.language,
    title: titleIn(fill(web.wholeIssueOf, { theme: issue.theme.title }), publication, issue),
    description: issue.theme.intro || issue.theme.title,
    canonical: absoluteAt(publication.baseUrl)(issueAddress(publication, issue)),
    linkTo,
    home: issueAddress(publication, issue),
    issue,
    small: false,
    indexed: true,
    social: null,
    data: null,
  } as const;
  return renderPage(house, publication, "web/print-page", page, {
    theme: issue.theme,
    sections: sectionsOf(input).map(({ name, articles }) => ({
      name,
      articles: articles.map((article) => articleView(article, input, { ...place, below: name })),
    })),
    withdrawn: withdrawals.map((one) => withdrawnView(one, issue.language)),
    credits: creditsView(coverOf(input).credits, linkTo),
    back: { url: linkTo(issueAddress(publication, issue)), label: backTo(issue) },
  });
}

/** The lead opens the section it belongs to. */
function sectionsOf({ issue, articles }: EditionInput) {
  const { lead, sections } = planOf(issue, articles);
  const { web } = words(issue.language);
  const home = issue.sections.find((section) => section.articles.includes(lead.id))?.name ?? web.theme;
  const [opening] = sections.filter(({ name }) => name === home);
  const others = sections.filter((section) => section !== opening);
  return [
    { name: home, articles: [lead, ...(opening?.articles ?? [])] },
    ...others.map(({ name, articles: some }) => ({ name: name || web.editorial, articles: some })),
  ];
}
