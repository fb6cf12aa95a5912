import type { Article, Block, Inline, LinkBox, Picture } from "../../article/article.ts";
import { plain, readingMinutes, teaserOf } from "../../article/plain.ts";
import { issueTeaser } from "../../issue/printed.ts";
import { fill, type Language, words } from "../../words.ts";
import { spokenDays } from "../web/dates.ts";
import { type Frame, type PictureView, pictureView, withoutAwaited } from "./picture.ts";

/** An article as the letter shows it: heads, teasers, full texts. Pure data, no markup. */

export interface AuthorView {
  readonly name: string;
  readonly role: string;
  readonly portrait: PictureView | null;
}

export interface Head {
  readonly url: string;
  readonly title: string;
  readonly kicker: string;
  /** "Anzeige" before everything an advertiser paid for; "" otherwise. */
  readonly mark: string;
  /** Only where the article speaks another language than the letter. */
  readonly language: Language | "";
}

export interface Teaser extends Head {
  readonly text: string;
  /** "Jördis Mühlbach · 5 Minuten" */
  readonly byline: string;
  readonly picture: PictureView | null;
}

export interface Line extends Head {
  readonly byline: string;
}

export interface FullText extends Head {
  readonly subtitle: string;
  readonly standfirst: readonly Inline[];
  readonly authors: readonly AuthorView[];
  readonly picture: PictureView | null;
  /** Without pictures that are still awaited. */
  readonly blocks: readonly Block[];
  readonly linkBox: LinkBox | null;
  readonly notes: readonly (readonly Inline[])[];
  /** Shows a picture of the blocks. */
  readonly show: (picture: Picture) => PictureView | null;
}

export interface DateLine {
  readonly day: string;
  readonly place: string;
  readonly title: string;
  readonly url: string;
}

export const headOf = (article: Article, frame: Frame): Head => ({
  url: `${frame.issueUrl}${article.slug}/`,
  title: article.title,
  kicker: article.kicker,
  mark: article.kind === "advertisement" ? words(frame.language).email.advertisement : "",
  language: article.language === frame.language ? "" : article.language,
});

export const teaserView = (article: Article, frame: Frame, pictured: boolean): Teaser => ({
  ...headOf(article, frame),
  text: teaserOf(article),
  byline: bylineOf(article, frame.language),
  picture: pictured ? pictureView(article, frame, article.hero, "lead") : null,
});

export const lineView = (article: Article, frame: Frame): Line => ({
  ...headOf(article, frame),
  byline: namesOf(article, frame.language),
});

export const fullTextView = (article: Article, frame: Frame): FullText => ({
  ...headOf(article, frame),
  subtitle: article.subtitle,
  standfirst: article.lead,
  authors: authorsOf(article, frame),
  picture: pictureView(article, frame, article.hero, "lead"),
  blocks: withoutAwaited(article.blocks, article),
  linkBox: article.linkBox && {
    ...article.linkBox,
    title: article.linkBox.title || words(frame.language).email.linkBox,
  },
  notes: article.notes,
  show: (picture) => pictureView(article, frame, picture, "mail"),
});

/** The lead as standfirst and button. */
export const introducedView = (article: Article, frame: Frame): FullText => ({
  ...fullTextView(article, frame),
  standfirst: introduction(article, frame),
  blocks: [],
  linkBox: null,
  notes: [],
});

/** What was written for this issue, else the standfirst, else what serves as a teaser. */
const introduction = (article: Article, { issue }: Frame): readonly Inline[] =>
  plain(article.lead) && issueTeaser(issue, article.id) === undefined
    ? article.lead
    : [{ type: "text", text: teaserOf(article) }];

/** A notice is printed whole, but without the ceremony of a byline row. */
export const noticeView = (article: Article, frame: Frame): FullText => ({
  ...fullTextView(article, frame),
  authors: [],
  picture: null,
});

export function dateView(article: Article, frame: Frame): DateLine {
  const day = article.event ? spokenDays(article.event, frame) : "";
  return { ...headOf(article, frame), day, place: article.event?.place ?? "" };
}

const conjunction: Readonly<Record<Language, Intl.ListFormat>> = {
  de: new Intl.ListFormat("de", { type: "conjunction" }),
  en: new Intl.ListFormat("en", { type: "conjunction" }),
};

const namesOf = (article: Article, language: Language): string =>
  conjunction[language].format(article.authors.map(({ name }) => name));

/** Advertisements name nobody and have no reading time. */
function bylineOf(article: Article, language: Language): string {
  if (article.kind === "advertisement") return "";
  const minutes = readingMinutes(article);
  const { minute, minutes: several } = words(language).email;
  return [namesOf(article, language), fill(minutes === 1 ? minute : several, { minutes })].filter(Boolean).join(" · ");
}

const authorsOf = (article: Article, frame: Frame): AuthorView[] =>
  article.authors.map(({ name, roleAtTime, portrait }) => ({
    name,
    role: roleAtTime,
    portrait: pictureView(article, frame, portrait, "portrait"),
  }));
