import type { Article, ArticleText } from "../article/article.ts";
import type { HeadField } from "../article/head-words.ts";
import { plain, plainBlocks } from "../article/plain.ts";
import type { IssuePlan } from "../issue/issue.ts";
import { amber, type Finding } from "./finding.ts";
import { passagesOf, placedBlocks } from "./parts.ts";
import { type ArticlePlace, at } from "./place.ts";

/** What an article of its kind needs beside its words. */
export const checkArticle = (article: Article, issue: IssuePlan): Finding[] => [
  ...checkAuthors(article),
  ...checkTeaser(article),
  ...checkLanguage(article, issue),
  ...checkAdvertisement(article),
  ...checkEvent(article, issue),
  ...checkTables(article),
];

const head = ({ id }: Article, entry: HeadField): ArticlePlace => ({ in: "article", article: id, entry });

/** Kinds somebody puts a name to. */
const signed: ReadonlySet<ArticleText["kind"]> = new Set(["lead", "report", "interview"]);

function checkAuthors(article: Article): Finding[] {
  if (!signed.has(article.kind)) return [];
  if (article.authors.length === 0) return [amber("author-missing", head(article, "authors"))];
  // "Redaktion" needs no role: one word is an office, not a person.
  const people = article.authors.filter(({ name }) => name.trim().includes(" "));
  return people
    .filter(({ roleAtTime }) => roleAtTime.trim() === "")
    .map(({ name }) => amber("role-missing", at(head(article, "authors"), name), { author: name }));
}

function checkTeaser(article: Article): Finding[] {
  const isThere = article.teaser.trim() !== "" || plain(article.lead).trim() !== "";
  return isThere || !signed.has(article.kind) ? [] : [amber("teaser-missing", head(article, "teaser"))];
}

const checkLanguage = (article: Article, { language }: IssuePlan): Finding[] =>
  article.language === language
    ? []
    : [amber("language-differs", head(article, "language"), { article: article.language, issue: language })];

/** Words by which somebody sells; in a report they are a question for the editor (§ 22 MStV: Trennungsgebot). */
const selling =
  /\b(?:anzeige|advertorial|gesponsert|sponsored|bezahlter beitrag|gutscheincode|rabattcode|aktionscode|jetzt (?:bestellen|kaufen|buchen)|nur solange der vorrat reicht|promo code|buy now)\b/iu;

function checkAdvertisement(article: Article): Finding[] {
  if (article.kind === "advertisement") return [];
  const isLabel = (text: string): boolean => /^anzeige$/i.test(text.trim());
  const found = passagesOf(article).flatMap(({ text, role, place }) => {
    const [sign] = selling.exec(text) ?? [];
    // "Er erstattete Anzeige" sells nothing: the word counts alone.
    return sign && (!isLabel(sign) || isLabel(text))
      ? [amber("advertisement-unmarked", at(place, sign), { sign, role })]
      : [];
  });
  return found.slice(0, 1);
}

function checkEvent(article: Article, { date }: IssuePlan): Finding[] {
  const { event } = article;
  if (!event) return article.kind === "date" ? [amber("event-dayless", head(article, "day"))] : [];
  const last = event.until ?? event.day;
  return [
    ...(last < date ? [amber("event-past", head(article, "day"), { day: last, date })] : []),
    ...(event.until !== null && event.until < event.day
      ? [amber("event-backwards", head(article, "until"), { day: event.day, until: event.until })]
      : []),
    ...(event.place.trim() ? [] : [amber("event-placeless", head(article, "place"))]),
  ];
}

/** On a phone a column beyond these is a sliver. */
const mostColumns = 5;

const checkTables = (article: Article): Finding[] =>
  placedBlocks(article).flatMap(({ block, place }): Finding[] => {
    if (block.type !== "table") return [];
    const columns = Math.max(block.head.length, ...block.rows.map((row) => row.length));
    return [
      ...(block.head.some((cell) => plain(cell).trim()) ? [] : [amber("table-headless", place)]),
      ...(columns > mostColumns ? [amber("table-wide", place, { columns, most: mostColumns })] : []),
    ];
  });

/** Handed in twice: the same title, or the same words below another one. */
export function checkTwins(articles: readonly Article[]): Finding[] {
  const told = new Map<string, string>();
  return articles.flatMap((article): Finding[] => {
    const names = namesOf(article);
    const other = names.map((name) => told.get(name)).find((id) => id !== undefined);
    for (const name of names) told.set(name, told.get(name) ?? article.id);
    return other === undefined
      ? []
      : [amber("article-twice-told", { in: "issue", article: article.id }, { title: article.title, other })];
  });
}

/** Below this many characters two notices may well say the same. */
const longEnough = 200;

/** By what an article is known again. */
function namesOf({ title, blocks }: Article): string[] {
  const text = bare(plainBlocks(blocks).join(" "));
  return [`title ${bare(title)}`, ...(text.length >= longEnough ? [`text ${text}`] : [])];
}

const bare = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
