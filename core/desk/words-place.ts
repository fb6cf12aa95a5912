import type { ArticleText } from "../article/article.ts";
import { type HeadField, headWords } from "../article/head-words.ts";
import { printMarkdown } from "../article/markdown.ts";
import { fill, type Language, words } from "../words.ts";

/** Finds in an article's Markdown what a check spoke of, in the words readers hear, wherever the text has moved since. */

export interface Sought {
  /** Where it was, counted from 1; of several equal places the one there, or the next after it, is meant. */
  readonly block?: number | undefined;
  readonly words: string;
  readonly entry?: HeadField | undefined;
}

/** Of the Markdown, in characters: from equals to where something is still to be written. Lines count from 1. */
export interface FoundPlace {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** What an address asks for; undefined where it asks for no place. */
export function readSought(asked: (name: string) => string | undefined): Sought | undefined {
  const [block, words, entry] = [Number(asked("block")), (asked("words") ?? "").slice(0, longestWords), asked("entry")];
  const sought: Sought = {
    words,
    block: Number.isSafeInteger(block) && block > 0 ? block : undefined,
    entry: entry !== undefined && Object.hasOwn(headWords, entry) ? (entry as HeadField) : undefined,
  };
  return words.trim() || sought.block || sought.entry ? sought : undefined;
}

/** The longest a link may be. */
const longestWords = 2000;

/**
 * @param markdown as it stands in the editor, perhaps not saved yet
 * @param article as it is saved
 * @returns undefined where it is no longer there
 */
export function findPlace(markdown: string, article: ArticleText, sought: Sought): FoundPlace | undefined {
  const span = spanOf(markdown, article, sought);
  return span && { from: span[0], to: span[1], line: markdown.slice(0, span[0]).split("\n").length };
}

/** What is said of it above the editor; null where nothing was asked for. */
export function placeView(
  markdown: string,
  article: ArticleText,
  sought: Sought | undefined,
  language: Language,
): object | null {
  if (!sought) return null;
  const say = words(language).desk.words.place;
  const found = findPlace(markdown, article, sought);
  const spoken = sought.words.replace(/\s+/g, " ").trim();
  const quoted = spoken && fill(say.quoted, { words: spoken });
  if (!found) return { sentence: fill(say.gone, { words: quoted || say.passage }), isGone: true };
  const sentence = found.from === found.to ? say.missing : spoken ? say.foundWords : say.found;
  const entry = sought.entry === undefined ? "" : headWords[sought.entry][article.language][0];
  return { ...found, sentence: fill(sentence, { line: found.line, words: quoted, entry }), isGone: false };
}

type Span = readonly [from: number, to: number];

function spanOf(markdown: string, article: ArticleText, { block, words: spoken, entry }: Sought): Span | undefined {
  if (entry && !spoken.trim()) return entryIn(markdown, entry) ?? endOfHead(markdown);
  const [start, end] = block === undefined ? [0, 0] : boundsOf(article, block);
  if (!spoken.trim()) return block !== undefined && article.blocks[block - 1] ? [start, end] : undefined;
  const found = heardAt(markdown, spoken);
  return found.find(([from]) => from >= start) ?? found.at(-1);
}

/** From the entry's word to where the next one begins. */
function entryIn(markdown: string, entry: HeadField): Span | undefined {
  const { de, en } = headWords[entry];
  const match = new RegExp(`^(?:${[...de, ...en].join("|")}):.*(?:\\n[ -].*)*$`, "im").exec(headOf(markdown));
  return match ? [match.index, match.index + match[0].length] : undefined;
}

const headOf = (markdown: string): string => markdown.slice(0, endOfHead(markdown)?.[0] ?? 0);

/** Before the line that closes the head: there a missing entry goes. */
function endOfHead(markdown: string): Span | undefined {
  const close = /^---\n/.test(markdown) ? markdown.indexOf("\n---", 3) : -1;
  return close === -1 ? undefined : [close + 1, close + 1];
}

/** Where the nth block stands in the printed article. */
function boundsOf(article: ArticleText, nth: number): Span {
  const upTo = (count: number): number =>
    printMarkdown({ ...article, blocks: article.blocks.slice(0, count), linkBox: null, notes: [] }).trimEnd().length;
  const end = upTo(nth);
  const before = upTo(nth - 1);
  return [before === end ? before : Math.min(before + blankLine, end), end];
}
/** What parts two blocks. */
const blankLine = 2;

/** Every place where the words stand, whatever marks of Markdown lie between them. */
function heardAt(markdown: string, spoken: string): Span[] {
  // An address is no word: it stands where nothing is heard.
  const marks = /^[a-z]+:\S+$/i.test(spoken) ? /\\/y : unheard;
  const { text, at } = heard(markdown, marks);
  const sought = heard(spoken, marks).text.trim();
  const spans: Span[] = [];
  for (let next = text.indexOf(sought); sought && next !== -1; next = text.indexOf(sought, next + sought.length))
    spans.push([at[next] ?? 0, (at[next + sought.length - 1] ?? 0) + 1]);
  return spans;
}

/** Emphasis, backslashes, brackets and targets of links and directives, signs of footnotes. */
const unheard = /\]\([^)\s]{0,2000}\)|\]\{[^}\n]{0,2000}\}|:\p{L}{1,20}(?=\[)|\[\^\d{1,4}\]|[\\*_[\]]/uy;

/** What is left without the marks, any white space as one, and where each sign of it stood. */
function heard(source: string, marks: RegExp): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let text = "";
  for (let index = 0; index < source.length; index += 1) {
    marks.lastIndex = index;
    const mark = marks.exec(source);
    if (mark) {
      index += mark[0].length - 1;
      continue;
    }
    const isSpace = /\s/.test(source[index] ?? "");
    if (isSpace && text.endsWith(" ")) continue;
    text += isSpace ? " " : source[index];
    at.push(index);
  }
  return { text, at };
}
