import type { Article } from "../article/article.ts";
import { holdTogether } from "../article/no-break.ts";
import { idOfIssue, issueLabel, spokenLabel } from "../issue/issue.ts";
import { asPrinted, coverPicture } from "../issue/printed.ts";
import { paths } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import type { EditionInput } from "./edition.ts";
import {
  type DateLine,
  dateView,
  type FullText,
  fullTextView,
  introducedView,
  type Line,
  lineView,
  noticeView,
  type Teaser,
  teaserView,
} from "./letter/article.ts";
import { type Footer, footerOf } from "./letter/footer.ts";
import { type Frame, pictureView } from "./letter/picture.ts";
import type { Plan, Shape } from "./letter/shape.ts";
import { slot } from "./slots.ts";
import { eachText, isSameName, oneLine, visible } from "./visible.ts";

/** The letter both parts of the mail are printed from: the same words in the same order. */
export interface Letter {
  readonly language: Language;
  readonly direction: "ltr";
  /** What a browser tab or a screen reader says first. */
  readonly title: string;
  readonly subject: string;
  readonly preheader: string;
  readonly browser: Link;
  readonly masthead: Masthead;
  readonly theme: { readonly label: string; readonly title: string; readonly intro: string };
  readonly lead: Lead;
  readonly sections: readonly Section[];
  readonly footer: Footer;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

export interface Masthead {
  readonly bold: string;
  readonly light: string;
  readonly subtitle: string;
  readonly url: string;
  /** "Ausgabe" and "01|26", for eyes; "Ausgabe 1, 2026" for ears. */
  readonly issue: string;
  readonly number: string;
  readonly spoken: string;
}

export interface Lead extends FullText {
  /** First line of the standfirst's paragraph, filled per reader. */
  readonly greeting: string;
  /** Null where the whole text follows: the one button of the mail. */
  readonly button: string | null;
}

export interface Section {
  readonly name: string;
  readonly items: readonly Item[];
}

/** One of these each; the others are null, so that templates need no more than `if`. */
export interface Item {
  readonly teaser: Teaser | null;
  readonly line: Line | null;
  readonly full: FullText | null;
  readonly notice: FullText | null;
  readonly dates: readonly DateLine[] | null;
}

/** Author text becomes harmless here, once, for every edition. */
export const readable = (input: EditionInput): EditionInput => withTexts(input, visible);

/** Readable, and without the line breaks of an editor's window: a letter has no place for them. */
export const unbroken = (input: EditionInput): EditionInput => withTexts(input, (text) => oneLine(visible(text)));

function withTexts(input: EditionInput, change: (text: string) => string): EditionInput {
  const publication = eachText(input.publication, change);
  const issue = eachText(input.issue, change);
  const articles = new Map(
    [...input.articles].map(([id, article]) => [id, eachText(asPrinted(article, input.issue), change)]),
  );
  // Articles were set at intake; of settings and plan, what is read in lines is set here.
  const set = (text: string): string => holdTogether(text, issue.language);
  const { subtitle, claim, publisher, responsiblePerson } = publication;
  return {
    ...input,
    publication: { ...publication, ...eachText({ subtitle, claim, publisher, responsiblePerson }, set) },
    issue: { ...issue, theme: eachText(issue.theme, set) },
    articles,
  };
}

/** @param input made {@link unbroken}; every article the issue names is there */
export function composeLetter(input: EditionInput, plan: Plan, shape: Shape): Letter {
  const { publication, issue } = input;
  const { email } = words(issue.language);
  const home = `${publication.baseUrl}/${paths[publication.language].issues}/${idOfIssue(issue)}/`;
  const frame: Frame = { publication, issue, issueUrl: home, year: issue.year, language: issue.language };
  const [bold, light] = publication.titleParts;
  const label = issueLabel(issue);
  const named = { publication: publication.title, theme: issue.theme.title };
  const subject = issue.subject || usualSubject(input);
  return {
    language: issue.language,
    direction: "ltr",
    title: fill(email.title, { ...named, issue: spokenLabel(issue) }),
    subject: publication.proofPrinting ? fill(email.proofSubject, { subject }) : subject,
    preheader: issue.preheader || firstTitles(plan).join(" · "),
    browser: { label: email.readInBrowser, url: home },
    masthead: {
      bold,
      light,
      subtitle: publication.subtitle,
      url: home,
      issue: email.issue,
      number: label,
      spoken: fill(email.issueSpoken, { number: issue.number, year: issue.year }),
    },
    theme: { label: issue.erratum === undefined ? email.theme : words(issue.language).erratum.section, ...issue.theme },
    lead: { ...leadView(plan.lead, frame, shape), picture: openingPicture(input, plan, frame) },
    sections: plan.sections.map(({ name, articles }) => sectionOf(name || email.editorial, articles, frame, shape)),
    footer: footerOf(input),
  };
}

/** "ELBLANDbote 01|26: Kleine Orte, große Wege" */
export const usualSubject = ({ publication: { title }, issue }: Pick<EditionInput, "publication" | "issue">): string =>
  fill(words(issue.language).email.subject, {
    ...{ publication: title, theme: issue.theme.title, issue: issueLabel(issue) },
  });

const firstTitles = ({ lead, sections }: Plan): string[] =>
  [lead, ...sections.flatMap(({ articles }) => articles)].slice(0, 3).map(({ title }) => title);

function leadView(article: Article, frame: Frame, shape: Shape): Lead {
  const greeting = slot("greeting");
  if (shape.full.has(article.id)) return { ...fullTextView(article, frame), greeting, button: null };
  return { ...introducedView(article, frame), greeting, button: words(frame.language).email.readArticle };
}

function openingPicture({ issue, articles }: EditionInput, { lead }: Plan, frame: Frame): Lead["picture"] {
  const { article, picture } = coverPicture(issue, articles, lead);
  return pictureView(article, frame, picture, "lead");
}

/** A kicker that only repeats the section's name is not printed below it. */
function sectionOf(name: string, articles: readonly Article[], frame: Frame, shape: Shape): Section {
  const printed = articles.map((article) => (isSameName(article.kicker, name) ? { ...article, kicker: "" } : article));
  return { name, items: itemsOf(printed, frame, shape) };
}

const none: Item = { teaser: null, line: null, full: null, notice: null, dates: null };

/** Dates that follow each other become one list. */
function itemsOf(articles: readonly Article[], frame: Frame, shape: Shape): Item[] {
  const items: Item[] = [];
  for (const article of articles) {
    const last = items.at(-1);
    if (article.kind === "date" && last?.dates) {
      items[items.length - 1] = { ...last, dates: [...last.dates, dateView(article, frame)] };
    } else items.push(itemOf(article, frame, shape));
  }
  return items;
}

function itemOf(article: Article, frame: Frame, { full, pictured, lines }: Shape): Item {
  if (article.kind === "date") return { ...none, dates: [dateView(article, frame)] };
  if (full.has(article.id) && article.kind === "notice") return { ...none, notice: noticeView(article, frame) };
  if (full.has(article.id)) return { ...none, full: fullTextView(article, frame) };
  if (lines.has(article.id)) return { ...none, line: lineView(article, frame) };
  return { ...none, teaser: teaserView(article, frame, pictured.has(article.id)) };
}
