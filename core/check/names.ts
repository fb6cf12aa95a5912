import type { Article } from "../article/article.ts";
import { distance } from "../spelling.ts";
import { amber, type Finding } from "./finding.ts";
import { passagesOf } from "./parts.ts";
import { type ArticlePlace, at } from "./place.ts";

/** Names that are spelled in two ways within an issue: Müller and Mueller, Jördis Mühlbach and Jördis Mühlback. */

interface Named {
  readonly name: string;
  readonly place: ArticlePlace;
}

export function checkNames(articles: readonly Article[]): Finding[] {
  const authors = articles.flatMap((article) =>
    article.authors.map(
      ({ name }): Named => ({
        name: bareName(name),
        place: { in: "article", article: article.id, entry: "authors" },
      }),
    ),
  );
  const people = [...authors, ...articles.flatMap(pairsIn)];
  return [
    ...among(people, (name) => halves(name)[0], isSamePerson),
    ...among(people, (name) => folded(halves(name)[1]), isSameSound),
    ...among(articles.flatMap(wordsIn), folded, (one) => !isTwoWords(one)),
  ].filter(eachOnce());
}

/** Titles come and go: "Dr. Almut Weiß" and "Almut Weiß" are spelled alike. */
const bareName = (name: string): string => name.replace(/^(?:(?:Prof|Dr|Dipl|Ing)\S*\.?\s+)+/u, "");

/** "Jördis Mühlbach", as any two capitalised words in a row may be a name; overlapping ones too. */
const pair = /(?<![\p{L}\p{N}-])(?=(\p{Lu}[\p{L}’'-]{2,} \p{Lu}[\p{L}’'-]{3,}))/gu;
const word = /(?<![\p{L}\p{N}-])\p{Lu}[\p{L}’'-]{3,}/gu;

const pairsIn = (article: Article): Named[] =>
  passagesOf(article).flatMap(({ text, place }) =>
    [...text.replace(/\s+/g, " ").matchAll(pair)].map(([, name = ""]) => ({ name, place })),
  );
const wordsIn = (article: Article): Named[] =>
  passagesOf(article).flatMap(({ text, place }) => [...text.matchAll(word)].map(([name]) => ({ name, place })));

/**
 * Each second spelling, told where it stands, with the one that came first.
 *
 * @param shelf only names on the same one are compared: an issue has thousands
 */
function among(
  named: readonly Named[],
  shelf: (name: string) => string,
  isSame: (one: string, other: string) => boolean,
): Finding[] {
  const shelves = new Map<string, string[]>();
  return named.flatMap(({ name, place }): Finding[] => {
    const spellings = shelves.get(shelf(name)) ?? [];
    if (spellings.includes(name)) return [];
    const other = spellings.find((one) => isSame(one, name));
    shelves.set(shelf(name), [...spellings, name]);
    return other === undefined ? [] : [amber("name-two-ways", at(place, name), { name, other })];
  });
}

/** The first half is the same, the last nearly, and not by its ending alone. */
function isSamePerson(one: string, other: string): boolean {
  const [[first, last], [, otherLast]] = [halves(one), halves(other)];
  if (isSameWord(last, otherLast)) return true;
  if (beforeAnybody.has(first) || last[0] !== otherLast[0] || isEnding(last, otherLast)) return false;
  const most = Math.min(last.length, otherLast.length) >= 8 ? 2 : 1;
  return Math.abs(last.length - otherLast.length) <= most && distance(last, otherLast) <= most;
}

/** Stefan and Stephan, Günter and Günther, Katharina and Catarina of one surname; Martin and Martina are two. */
const isSameSound = (one: string, other: string): boolean => {
  const [first, otherFirst] = [halves(one)[0], halves(other)[0]];
  return first !== otherFirst && sounded(first) === sounded(otherFirst);
};

/** As a name is heard, roughly: what people ask back when they are told one. */
const sounded = (name: string): string =>
  folded(name)
    .replace(/[^\p{L}]/gu, "")
    .replace(/ph/g, "f")
    .replace(/c[kh]?|q/g, "k")
    .replace(/(?<=\p{L})h/gu, "")
    .replace(/ie|y/g, "i")
    .replace(/(\p{L})\1+/gu, "$1");

/** Said before any name, or any word at all: Frau Müller and Frau Möller are two. */
const beforeAnybody: ReadonlySet<string> = new Set(
  "Frau Herr Herrn Familie Firma Mrs Miss Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines The And For".split(
    " ",
  ),
);

const halves = (name: string): readonly [string, string] => {
  const at = name.lastIndexOf(" ");
  return [name.slice(0, at), name.slice(at + 1)];
};

/** German words end in many ways; a word that begins like another and is told apart by its end alone is that word. */
function isEnding(one: string, other: string): boolean {
  const ending = /(?:e[nrms]?|n|s|r|er[ns]?|in|innen)?$/u;
  return one.replace(ending, "") === other.replace(ending, "") || one.startsWith(other) || other.startsWith(one);
}

/** Mueller is Müller, Strasse is Straße, Serak is Śěrak. */
const isSameWord = (one: string, other: string): boolean => one !== other && folded(one) === folded(other);

/** Maße are no Masse, and Buße is done in no Busse. */
const isTwoWords = (name: string): boolean => /^(?:masse[ns]?|busse[ns]?|russ(?:es)?)$/.test(folded(name));

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");

/** "Jördis Muehlbach" was said as a pair; its halves need not be said again. */
function eachOnce(): (finding: Finding) => boolean {
  const said: string[] = [];
  return ({ details: { name = "" } }) => {
    const isNew = !said.some((one) => one.split(" ").includes(String(name)));
    said.push(String(name));
    return isNew;
  };
}
