import type { Article } from "../article/article.ts";
import { ofTemplate } from "../article/word/placeholders.ts";
import { amber, type Finding, red } from "./finding.ts";
import { firstWords, type Passage, passagesOf } from "./parts.ts";
import { at } from "./place.ts";

/** What stands in the text, passage by passage. */
export const checkWords = (article: Article): Finding[] =>
  passagesOf(article).flatMap((passage) => [
    ...checkLeftovers(passage),
    ...checkDoubled(passage),
    ...checkLength(passage),
  ]);

/** The gate knows the certain ones ("XXX", "[Titel]"); these may be meant. */
const likelyPlaceholder = new RegExp(
  [
    String.raw`^(?:blindtext|mustertext|platzhalter|beispieltext|placeholder|dummy text|tb[acd])\b`,
    String.raw`^(?:text|bild|foto|inhalt|titel) (?:folgt|fehlt)(?: noch)?\b`,
    String.raw`^(?:text|photo|picture|caption) to (?:follow|come)\b`,
    String.raw`\b(?:wird noch (?:ergänzt|nachgereicht)|hier fehlt noch|to be (?:added|confirmed|announced))`,
    String.raw`\bnoch (?:ergänzen|einfügen|prüfen)[.:)\]]*$`,
    String.raw`(?:^|[([])bitte (?:ergänzen|einfügen|prüfen)\b`,
    String.raw`\binsert \p{L}+ here\b|\bn\. ?n\.`,
    // Fields of other programs, and words in the brackets of a form.
    String.raw`\{\{[\p{L}\s_.]{1,40}\}\}|<(?:name|datum|ort|titel|text|date|place|title)>`,
    String.raw`\[(?:bild|foto|grafik|überschrift|untertitel|vorname|nachname|vor- und nachname|vorname (?:nach)?name|funktion|autor|autorin|quelle|zahl|betrag|picture|photo|heading|caption|author|source|amount|number|tb[acd])\]`,
  ].join("|"),
  "iu",
);

function checkLeftovers({ text, place }: Passage): Finding[] {
  if (ofTemplate(text) === "place") return [red("template-left", place, { text: opening(text) })];
  const [found] = likelyPlaceholder.exec(text) ?? [];
  return found ? [amber("placeholder-likely", at(place, found), { found })] : [];
}

/** "Sie sie" and "had had" are right as often as not, and Bora Bora is an island. */
const doubled = /(?<![\p{L}\p{N}-])(\p{L}{2,})\s+\1(?![\p{L}\p{N}-])/giu;
const mayStandTwice = new Set([
  "sie",
  "ihr",
  "so",
  "had",
  "that",
  "bla",
  "ha",
  "na",
  "sehr",
  "very",
  "lange",
  "bora",
  "pago",
  "tam",
]);

function checkDoubled({ text, place }: Passage): Finding[] {
  return [...text.matchAll(doubled)]
    .filter(
      ({ 1: word = "", index }) => !mayStandTwice.has(word.toLowerCase()) && !isClause(text.slice(0, index), word),
    )
    .map(([pair]) => amber("word-doubled", at(place, pair), { words: pair.replace(/\s+/g, " ") }));
}

/** "Menschen, die die Regeln kennen", "wenn das das Ziel ist": a clause begins with who, and goes on with what. */
const isClause = (before: string, word: string): boolean =>
  /,\s*$/.test(before.slice(-4)) ||
  (/^(?:der|die|das)$/i.test(word) &&
    /\b(?:dass|wenn|weil|ob|falls|da|bis|wie|was|wo|obwohl|damit)\s+$/iu.test(before.slice(-12)));

/** In characters. On a phone a paragraph of this length fills the screen twice. */
const longestParagraph = 1200;
/** Three lines on a phone. */
const longestHeading = 80;

function checkLength({ text, role, place }: Passage): Finding[] {
  const { length } = text;
  if (role === "paragraph" && length > longestParagraph)
    return [amber("paragraph-long", place, { opening: opening(text), length })];
  if (role === "heading" && length > longestHeading)
    return [amber("heading-long", place, { heading: text, length, most: longestHeading })];
  return [];
}

/** Enough to find it by. */
const opening = (text: string): string => {
  const first = firstWords(text);
  return first === text ? text : `${first} …`;
};
