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
const likelyPlaceholder =
  /^(?:blindtext|mustertext|platzhalter|beispieltext|placeholder|dummy text|tb[ad])\b|^(?:text|bild|foto|inhalt|titel) (?:folgt|fehlt)(?: noch)?\b|\b(?:wird noch (?:ergänzt|nachgereicht)|to be (?:added|confirmed|announced)|(?:bitte|noch) (?:ergänzen|einfügen|prüfen)[.:]?$|n\. ?n\.)/iu;

function checkLeftovers({ text, place }: Passage): Finding[] {
  if (ofTemplate(text) === "place") return [red("template-left", place, { text: opening(text) })];
  const [found] = likelyPlaceholder.exec(text) ?? [];
  return found ? [amber("placeholder-likely", at(place, found), { found })] : [];
}

/** "Sie sie" and "had had" are right as often as not. */
const doubled = /(?<![\p{L}\p{N}-])(\p{L}{2,})\s+\1(?![\p{L}\p{N}-])/giu;
const mayStandTwice = new Set(["sie", "ihr", "so", "had", "that", "bla", "ha", "na", "sehr", "very", "lange"]);

function checkDoubled({ text, place }: Passage): Finding[] {
  return [...text.matchAll(doubled)]
    .filter(({ 1: word = "", index }) => !mayStandTwice.has(word.toLowerCase()) && !isAfterComma(text, index))
    .map(([pair]) => amber("word-doubled", at(place, pair), { words: pair.replace(/\s+/g, " ") }));
}

/** "Menschen, die die Regeln kennen" */
const isAfterComma = (text: string, index: number): boolean => /,\s*$/.test(text.slice(Math.max(0, index - 4), index));

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
