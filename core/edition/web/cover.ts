import type { Article } from "../../article/article.ts";
import { idOfIssue } from "../../issue/issue.ts";
import { coverPicture } from "../../issue/printed.ts";
import { words } from "../../words.ts";
import type { EditionInput } from "../edition.ts";
import { type PlannedSection, planOf } from "../letter/shape.ts";
import { isSameName } from "../visible.ts";
import { type Address, articleAddress, downloadAddress, issueAddress, printAddress } from "./address.ts";
import { type Card, cardOf, shownOf } from "./card.ts";
import { creditsOf, type PictureCredits } from "./credits.ts";

/** The cover of an issue: plain data, links as addresses, so that the start page shows the same. */
export interface Cover {
  readonly number: number;
  readonly year: number;
  readonly date: string;
  readonly language: "de" | "en";
  readonly address: Address;
  readonly print: Address;
  readonly theme: { readonly title: string; readonly intro: string };
  readonly lead: Card;
  /** At most three, beside the lead: the editorial, then what follows the lead in its section. */
  readonly side: readonly Card[];
  readonly sections: readonly CoverSection[];
  readonly downloads: readonly Download[];
  readonly credits: readonly PictureCredits[];
}

export interface CoverSection {
  readonly name: string;
  /** Of the place on the page, for links to it. */
  readonly id: string;
  readonly cards: readonly Card[];
  readonly dates: readonly Card[];
}

export interface Download {
  readonly address: Address;
  readonly label: string;
  readonly bytes: number;
}

const mostBeside = 3;

/** The cover from the plan: who stands beside the lead, what each section shows. */
export function coverOf(input: EditionInput): Cover {
  const { publication, issue, articles } = input;
  const { lead, sections } = planOf(issue, articles);
  const opening = openingSection(input, lead);
  const beside = besideLead(sections, opening).slice(0, mostBeside);
  const left = sections
    .map(({ name, articles: some }) => ({ name, articles: some.filter((one) => !beside.includes(one)) }))
    .filter((section) => section.articles.length > 0);
  const card = (article: Article): Card => cardOf(article, sectionOf(article, input), input);
  const { number, year, date, language, theme } = issue;
  return {
    number,
    year,
    date,
    language,
    theme,
    address: issueAddress(publication, issue),
    print: printAddress(publication, issue),
    lead: { ...card(lead), picture: shownOf(coverPicture(issue, articles, lead)) },
    side: beside.map(card),
    sections: left.map((section, index) => coverSection(section, index, input)),
    downloads: issue.downloads.map(({ file, label, bytes }) => ({
      address: downloadAddress(publication, issue, file),
      label,
      bytes,
    })),
    credits: creditsOf([lead, ...sections.flatMap((section) => section.articles)], language, ({ slug }) =>
      articleAddress(publication, issue, slug),
    ),
  };
}

/** The section the lead opens, if it is the issue's first. */
const openingSection = ({ issue }: EditionInput, lead: Article): string | undefined =>
  issue.sections.find(({ articles }, index) => index === 0 && articles.includes(lead.id))?.name;

const besideLead = (sections: readonly PlannedSection[], opening: string | undefined): Article[] =>
  sections
    .filter(({ name }) => name === "" || name === opening)
    .flatMap(({ articles }) => articles)
    .filter(({ kind }) => kind !== "date" && kind !== "notice" && kind !== "advertisement");

/** The name above an article that has no kicker: its section's, unless that only says it is the theme or all there is. */
export function sectionOf(article: Article, { issue }: EditionInput): string {
  const { web } = words(issue.language);
  if (article.id === issue.editorial) return web.editorial;
  const name = issue.sections.find(({ articles }) => articles.includes(article.id))?.name ?? "";
  return issue.sections.filter(({ articles }) => articles.length > 0).length === 1 || isSameName(name, web.theme)
    ? ""
    : name;
}

function coverSection({ name, articles }: PlannedSection, index: number, input: EditionInput): CoverSection {
  const cards = articles.map((article) => cardOf(article, "", input));
  return {
    name: name || words(input.issue.language).web.editorial,
    id: `${idOfIssue(input.issue)}-${index + 1}`,
    cards: cards.filter(({ event }) => event === null),
    dates: cards.filter(({ event }) => event !== null),
  };
}

/** Every article of the cover in reading order. */
export const cardsOf = ({ lead, side, sections }: Cover): Card[] => [
  lead,
  ...side,
  ...sections.flatMap(({ cards, dates }) => [...cards, ...dates]),
];
