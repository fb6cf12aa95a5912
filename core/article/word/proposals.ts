import type { Author } from "../article.ts";
import { creditLine, splitCredit } from "../credit.ts";
import { isOneSentence } from "../plain-text/captions.ts";
import { bylineOf } from "../plain-text/people.ts";
import { isBody, looksLikeHeading, soundsLikeCaption, withoutCaptionLabel } from "../plain-text/shape.ts";
import type { Item, Words } from "./items.ts";
import { type Losses, placeOf } from "./losses.ts";

/** What paragraphs without a style are, by how they look and read: each guess is told. */
export interface Proposed {
  readonly items: readonly Item[];
  readonly authors: readonly Author[];
  /** Headings that ask: they may turn out to be the questions of an interview, so nothing was said of them. */
  readonly questions: readonly Words[];
  /** Who made every picture that names nobody. */
  readonly credit: string | null;
}

const longestCaption = 300;

export interface Known {
  readonly losses: Losses;
  readonly bodySize: number;
  /** Who made every picture, as far as the head tells. */
  readonly credit: string | null;
  /** Names of the pictures that lie in the document: an awaited one must not be taken for one of them. */
  readonly names: readonly string[];
}

export function propose(items: readonly Item[], known: Known): Proposed {
  const kept: Item[] = [];
  const authors: Author[] = [];
  const nextName = namesBeside(known.names);
  let { credit } = known;
  const only = onlyText(items);
  for (const [index, item] of items.entries()) {
    const signed = item.kind === "words" ? creditOf(item) : undefined;
    const by = item.kind === "words" && isOpen(item) ? bylineOf(item.text) : undefined;
    if (signed && `${credit} / ${signed.credit}`.length <= longestCredit) credit = sign(kept, signed, credit);
    else if (by) {
      authors.push(...by.authors);
      credit ??= by.credit;
    } else kept.push(item.kind === "words" && item !== only ? proposed(item, items[index + 1], known, nextName) : item);
  }
  const questions = kept.filter((item): item is Words => !items.includes(item) && isQuestion(item));
  return { items: kept, authors, questions, credit };
}

const isQuestion = (item: Item): boolean => item.kind === "words" && item.role === "heading" && item.text.endsWith("?");

/** The one paragraph of a short notice is its text, though it ends with a photographer. */
function onlyText(items: readonly Item[]): Item | undefined {
  const open = items.filter((item) => item.kind !== "rule" && !(item.kind === "words" && creditOf(item)));
  const [first] = open;
  return open.length === 1 && first?.kind === "words" && isOpen(first) && isBody(splitCredit(first.text).caption)
    ? first
    : undefined;
}

function proposed(words: Words, next: Item | undefined, known: Known, nextName: () => string): Item {
  const isCaption = words.role === "caption" && words.box === 0;
  if (isCaption || (isOpen(words) && isStrayCaption(words.text))) return awaited(words, nextName());
  if (!isOpen(words) || !isHeading(words, next, known.bodySize)) return words;
  if (!words.text.endsWith("?")) known.losses.say("word-heading-proposed", placeOf(words.text));
  return { ...words, role: "heading", level: proposedLevel };
}

/** A line that says who made a picture and nothing else, by its style or its words. */
function creditOf(words: Words): { credit: string; all: boolean } | undefined {
  const signed = creditLine(words.text);
  if (words.role === "credit") return signed ?? { credit: words.text, all: false };
  return isOpen(words) ? signed : undefined;
}
const longestCredit = 300;

/** The picture just above, where it names nobody; else all of them. Two who made them all share them. */
function sign(kept: Item[], { credit, all }: { credit: string; all: boolean }, known: string | null): string | null {
  const picture = all ? undefined : kept.at(-1);
  if (picture?.kind !== "picture" || picture.credit !== null)
    return known === null || known === credit ? credit : `${known} / ${credit}`;
  kept.splice(-1, 1, { ...picture, credit });
  return known;
}

/** Deeper than any heading a style names could be mistaken for; the outermost becomes level 2 in any case. */
const proposedLevel = 1;

const isOpen = ({ role, list, box }: Words): boolean => role === undefined && !list && box === 0;

/** "BU: …" or "… (Foto: …)" where no picture stands: it is handed in beside the text, or still awaited. Numbers have a source, too. */
const isStrayCaption = (text: string): boolean =>
  text.length <= longestCaption &&
  (soundsLikeCaption(text) || (splitCredit(text).credit !== null && !/\bQuelle:/.test(text))) &&
  isOneSentence(text);

function awaited({ text, content }: Words, name: string): Item {
  const line = withoutCaptionLabel(text);
  const { caption, credit } = splitCredit(line);
  return {
    ...{ kind: "picture", name, alt: null, credit, box: 0 },
    caption: caption === text ? content : [{ type: "text", text: caption }],
  };
}

/** "bild-1", "bild-2" … that no picture of the document is called. */
function namesBeside(names: readonly string[]): () => string {
  const stems = new Set(names.map((name) => name.replace(/\.[^.]+$/, "").toLowerCase()));
  let number = 0;
  return () => {
    do number += 1;
    while (stems.has(`bild-${number}`));
    return `bild-${number}`;
  };
}

/** Short and set apart: all of it bold, or larger than the text. */
function isHeading({ text, isBold, size }: Words, next: Item | undefined, bodySize: number): boolean {
  const isSetApart = isBold || (bodySize > 0 && size > bodySize);
  const looks = looksLikeHeading(text.replace(/[:.]$/, "")) && text.length <= 100;
  return isSetApart && looks && next !== undefined && next.kind !== "rule";
}
