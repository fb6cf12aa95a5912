import type { Article, Image, Picture } from "../../article/article.ts";
import { picturesOf } from "../../article/contents.ts";
import { imageOf } from "../../article/picture-address.ts";
import { plain, shorten } from "../../article/plain.ts";
import { fill, type Language, words } from "../../words.ts";
import type { Address, LinkTo } from "./address.ts";

/** Who made the pictures of an article: plain data, for a cover keeps it. */
export interface PictureCredits {
  readonly title: string;
  /** Absent in covers from before credits led anywhere, as are the makers. */
  readonly address?: Address;
  /** "" where it is the issue's own. */
  readonly language?: Language | "";
  readonly makers?: readonly Maker[];
  /** Of such earlier covers: the makers alone. */
  readonly names?: readonly string[];
}
interface Maker {
  readonly credit: string;
  /** What their pictures show; fewer than there are pictures where nothing is said of one. */
  readonly shows: readonly string[];
}

/** As much as tells one picture from another. */
const longestShown = 120;

/** Every picture printed, by article in reading order; a picture in several places is named where it comes first. */
export function creditsOf(
  articles: readonly Article[],
  language: Language,
  addressOf: (article: Article) => Address,
): PictureCredits[] {
  const seen = new Set<string>();
  return articles
    .map((article) => ({
      title: article.title,
      address: addressOf(article),
      language: article.language === language ? ("" as const) : article.language,
      makers: makersOf(article, seen),
    }))
    .filter(({ makers }) => makers.length > 0);
}

function makersOf(article: Article, seen: Set<string>): Maker[] {
  const makers = new Map<string, string[]>();
  for (const picture of picturesOf(article)) {
    const [image, credit] = [imageOf(article, picture), picture.credit?.trim()];
    if (!image || !credit || !isNew(seen, image, credit)) continue;
    makers.set(credit, [...(makers.get(credit) ?? []), ...whatItShows(picture, article)]);
  }
  return [...makers].map(([credit, shows]) => ({ credit, shows: [...new Set(shows)] }));
}

function isNew(seen: Set<string>, { sha256 }: Image, credit: string): boolean {
  const key = `${sha256} ${credit}`;
  return !seen.has(key) && Boolean(seen.add(key));
}

/** Its caption, else what those hear who do not see it; a portrait shows who it shows. */
function whatItShows(picture: Picture, { authors, language }: Article): string[] {
  const author = authors.find(({ portrait }) => portrait === picture);
  if (author) return [fill(words(language).web.portraitOf, { name: author.name })];
  const said = (plain(picture.caption).trim() || picture.alt || "").replace(/\s+/g, " ");
  return said === "" ? [] : [shorten(said, longestShown).replace(/\.$/, "")];
}

/** For the template `web/credits`. */
export const creditsView = (credits: readonly PictureCredits[], linkTo: LinkTo): object[] =>
  credits.map(({ title, address, language, makers, names = [] }) => ({
    title,
    language: language || null,
    url: address === undefined ? null : linkTo(address),
    makers: (makers ?? names.map((credit) => ({ credit, shows: [] }))).map(({ credit, shows }) => ({
      credit,
      shows: shows.join("; "),
    })),
  }));
