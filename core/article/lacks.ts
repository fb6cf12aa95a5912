import type { Article } from "./article.ts";
import { picturesOf, portraitsOf } from "./contents.ts";
import { imageOf } from "./picture-address.ts";
import { plain } from "./plain.ts";

/** What an article still lacks before it can stand in an issue as its readers expect it, counted. */
export const lacks = ["picture", "alt", "credit", "caption", "teaser", "author", "role", "portrait"] as const;
export type Lack = (typeof lacks)[number];
/** Only what is lacking stands in it. */
export type Lacks = Readonly<Partial<Record<Lack, number>>>;

/** Kinds somebody puts a name to. */
const signed: ReadonlySet<Article["kind"]> = new Set(["lead", "report", "interview"]);

export function lacksOf(article: Article): Lacks {
  const counted = { ...lackedByPictures(article), ...lackedByHead(article) };
  return Object.fromEntries(Object.entries(counted).filter(([, count]) => count > 0));
}

/** The same as a build refuses and a check notes: a portrait needs no words, an adornment no caption. */
function lackedByPictures(article: Article): Record<"picture" | "alt" | "credit" | "caption", number> {
  const all = picturesOf(article);
  const come = all.filter((picture) => imageOf(article, picture));
  const portraits = portraitsOf(article);
  const shown = come.filter((picture) => !portraits.includes(picture));
  return {
    picture: all.length - come.length,
    alt: shown.filter(({ alt }) => alt === null).length,
    credit: come.filter(({ credit }) => credit === null).length,
    caption: shown.filter(({ alt, caption }) => alt !== "" && plain(caption).trim() === "").length,
  };
}

function lackedByHead(article: Article): Record<"teaser" | "author" | "role" | "portrait", number> {
  const { kind, teaser, lead, authors } = article;
  if (!signed.has(kind)) return { teaser: 0, author: 0, role: 0, portrait: 0 };
  // "Redaktion" is an office: it has neither role nor face.
  const people = authors.filter(({ name }) => name.trim().includes(" "));
  return {
    teaser: teaser.trim() === "" && plain(lead).trim() === "" ? 1 : 0,
    author: authors.length === 0 ? 1 : 0,
    role: people.filter(({ roleAtTime }) => roleAtTime.trim() === "").length,
    portrait: people.filter(({ portrait }) => portrait === null).length,
  };
}
