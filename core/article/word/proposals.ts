import type { Author } from "../article.ts";
import { creditLine, splitCredit } from "../credit.ts";
import { isOneSentence } from "../plain-text/items.ts";
import { bylineOf } from "../plain-text/people.ts";
import { looksLikeHeading, soundsLikeCaption, withoutCaptionLabel } from "../plain-text/shape.ts";
import type { Item, Words } from "./items.ts";
import { type Losses, placeOf } from "./losses.ts";

/** What paragraphs without a style are, by how they look and read: each guess is told. */
export interface Proposed {
  readonly items: readonly Item[];
  readonly authors: readonly Author[];
  /** Who made every picture that names nobody. */
  readonly credit: string | null;
}

const longestCaption = 300;

export function propose(items: readonly Item[], bodySize: number, losses: Losses): Proposed {
  const kept: Item[] = [];
  const authors: Author[] = [];
  let credit: string | null = null;
  for (const [index, item] of items.entries()) {
    if (item.kind !== "words" || !isOpen(item)) {
      kept.push(item);
      continue;
    }
    const [signed, by] = [creditLine(item.text), bylineOf(item.text)];
    if (signed) credit ??= signed.credit;
    else if (by) {
      authors.push(...by.authors);
      credit ??= by.credit;
    } else if (isStrayCaption(item.text)) kept.push(awaited(item, kept));
    else if (isHeading(item, items[index + 1], bodySize)) {
      losses.say("word-heading-proposed", placeOf(item.text));
      kept.push({ ...item, role: "heading", level: proposedLevel });
    } else kept.push(item);
  }
  return { items: kept, authors, credit };
}

/** Deeper than any heading a style names could be mistaken for; the outermost becomes level 2 in any case. */
const proposedLevel = 1;

const isOpen = ({ role, list, box }: Words): boolean => role === undefined && !list && box === 0;

/** "BU: …" or "… (Foto: …)" where no picture stands: it is handed in beside the text, or still awaited. */
const isStrayCaption = (text: string): boolean =>
  text.length <= longestCaption &&
  (soundsLikeCaption(text) || splitCredit(text).credit !== null) &&
  isOneSentence(text);

function awaited({ text, content }: Words, before: readonly Item[]): Item {
  const line = withoutCaptionLabel(text);
  const { caption, credit } = splitCredit(line);
  const number = before.filter(({ kind }) => kind === "picture").length + 1;
  return {
    ...{ kind: "picture", name: `bild-${number}`, alt: null, credit, box: 0 },
    caption: caption === text ? content : [{ type: "text", text: caption }],
  };
}

/** Short and set apart: all of it bold, or larger than the text. */
function isHeading({ text, isBold, size }: Words, next: Item | undefined, bodySize: number): boolean {
  const isSetApart = isBold || (bodySize > 0 && size > bodySize);
  const looks = looksLikeHeading(text.replace(/[:.]$/, "")) && text.length <= 100;
  return isSetApart && looks && next !== undefined && next.kind !== "rule";
}
