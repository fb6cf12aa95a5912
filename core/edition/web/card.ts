import type { Article, Picture } from "../../article/article.ts";
import { imageOf } from "../../article/picture-address.ts";
import { readingMinutes, teaserOf } from "../../article/plain.ts";
import { fill, type Language, words } from "../../words.ts";
import type { EditionInput } from "../edition.ts";
import { type Address, articleAddress } from "./address.ts";
import { eventDays } from "./dates.ts";
import type { Shown } from "./picture.ts";

/** An article as a cover shows it: plain data, so that the archive can keep it. */
export interface Card {
  readonly address: Address;
  readonly title: string;
  /** What the author put above the title, else the section. */
  readonly kicker: string;
  /** "Anzeige" before everything an advertiser paid for; "" otherwise. */
  readonly mark: string;
  readonly teaser: string;
  /** "Jördis Mühlbach · 5 Minuten" */
  readonly byline: string;
  readonly authors: readonly string[];
  /** "" where it is the issue's own. */
  readonly language: Language | "";
  readonly picture: Shown | null;
  /** Of a date: its days as people write them, and the first one for machines. */
  readonly event: { readonly days: string; readonly day: string; readonly place: string } | null;
  /** A notice is printed whole, unless notes or links belong to it: these stand on its page. */
  readonly whole: Article | null;
}

/** What a cover needs to know of an article. @param section its name, shown where the author put nothing above the title */
export function cardOf(article: Article, section: string, { publication, issue }: EditionInput): Card {
  const { language } = issue;
  const advertisement = article.kind === "advertisement";
  return {
    address: articleAddress(publication, issue, article.slug),
    title: article.title,
    kicker: article.kicker || section,
    mark: advertisement ? words(language).web.advertisement : "",
    teaser: teaserOf(article),
    byline: bylineOf(article, language),
    authors: article.authors.map(({ name }) => name),
    language: article.language === language ? "" : article.language,
    picture: shownOf({ article, picture: article.hero }),
    event: article.event && {
      days: eventDays(article.event, { year: issue.year, language }),
      day: article.event.day,
      place: article.event.place,
    },
    whole: isWhole(article) ? article : null,
  };
}

const isWhole = ({ kind, notes, linkBox }: Article): boolean =>
  kind === "notice" && notes.length === 0 && linkBox === null;

/** A picture of an article. Null where it has not come. */
export function shownOf({ article, picture }: { article: Article; picture: Picture | null }): Shown | null {
  const image = imageOf(article, picture);
  return image ? { image, alt: picture?.alt ?? "" } : null;
}

/** Who wrote it, and how long it takes to read. A notice is read already, an advertisement names nobody. */
function bylineOf(article: Article, language: Language): string {
  if (article.kind === "advertisement") return "";
  const names = new Intl.ListFormat(language, { type: "conjunction" }).format(article.authors.map(({ name }) => name));
  const time = isWhole(article) ? "" : readingTime(article, language);
  return [names, time].filter(Boolean).join(" · ");
}

/** "5 Minuten", in the language of the page. */
export function readingTime(article: Article, language: Language): string {
  const minutes = readingMinutes(article);
  const { minute, minutes: several } = words(language).web;
  return fill(minutes === 1 ? minute : several, { minutes });
}
