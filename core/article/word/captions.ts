import type { Inline } from "../article.ts";
import { creditLine, splitCredit } from "../credit.ts";
import { endsSentence } from "../plain-text/passages.ts";
import { authorBlock, bylineOf } from "../plain-text/people.ts";
import { soundsLikeCaption, withoutCaptionLabel } from "../plain-text/shape.ts";
import type { Item, PictureItem, TableItem, Words } from "./items.ts";

/** Words that belong to a picture: its caption and who made it, by their style or by how they stand below it. */

const longestCaption = 300;
/** What no style calls a caption is one only while it is short. */
const longestLoose = 160;

/** Captions and credits go to the picture they stand at; those of no picture stay where they are. */
export function withCaptions(items: readonly Item[], bodySize: number): Item[] {
  const done: Item[] = [];
  for (const [index, item] of items.entries()) {
    const above = done.at(-1);
    const next = items[index + 1];
    const isCaption = item.kind === "words" && item.role === "caption";
    if (item.kind === "words" && above?.kind === "picture" && belongs(item, above, done, next, bodySize))
      take(done, above, item);
    else if (item.kind === "picture" && (isStyledCaption(above) || (isNumbered(above, pictureNumber) && !isTold(next))))
      done.splice(-1, 1, taken(item, above));
    else if ((isCaption || isNumbered(item, tableNumber)) && above?.kind === "table" && isBare(above))
      done.splice(-1, 1, { ...above, caption: item.content });
    else if (item.kind === "table" && (isStyledCaption(above) || isNumbered(above, tableNumber)))
      done.splice(-1, 1, { ...item, caption: above.content });
    else done.push(item);
  }
  return done;
}

const isBare = ({ caption }: PictureItem | TableItem): boolean => caption.length === 0;

/** "Abbildung 1" above its picture, as sciences have it. */
const isStyledCaption = (item: Item | undefined): item is Words => item?.kind === "words" && item.role === "caption";

/** "Abb. 1: …", "Tabelle 2 – …" says what it is, whatever its style. */
const pictureNumber = /^(?:Abb\.|Abbildung|Bild|Foto|Figure|Fig\.)\s*\d+\s*[:.–-]/i;
const tableNumber = /^(?:Tab\.|Tabelle|Table)\s*\d*\s*[:.–-]\s*\S/i;
const isNumbered = (item: Item | undefined, number: RegExp): item is Words =>
  item?.kind === "words" &&
  item.role === undefined &&
  !item.list &&
  item.text.length <= longestCaption &&
  number.test(item.text);
/** A picture whose own caption follows needs none from above. */
const isTold = (next: Item | undefined): boolean => isNumbered(next, pictureNumber) || isStyledCaption(next);

function belongs(
  words: Words,
  picture: PictureItem,
  done: readonly Item[],
  next: Item | undefined,
  bodySize: number,
): boolean {
  const credit = creditLine(words.text);
  if (words.role === "credit" || (credit && !credit.all))
    return picture.credit === null && words.text.length <= longestCaption;
  if (words.role === "caption") return isBare(picture);
  if (!isBare(picture) || words.role !== undefined || words.list || words.text.length > longestCaption) return false;
  // A caption of its own style follows: this is text.
  if (next?.kind === "words" && next.role === "caption") return false;
  return looksLikeCaption(words, bodySize) || (done.length > 1 && isLoose(words));
}

function looksLikeCaption({ text, content, size, isBold }: Words, bodySize: number): boolean {
  const isSmall = size > 0 && bodySize > 0 && size < bodySize;
  const isSlanted = content.length > 0 && allSlanted(content);
  return !isBold && (splitCredit(text).credit !== null || soundsLikeCaption(text) || isSmall || isSlanted);
}

const allSlanted = (content: readonly Inline[]): boolean =>
  content.every((inline) => inline.type === "em" || isBlank(inline));
/** A caption in italics throughout is one by being set so; the page sets captions its own way. */
const upright = (content: readonly Inline[]): readonly Inline[] =>
  allSlanted(content) ? content.flatMap((inline) => (inline.type === "em" ? inline.content : [inline])) : content;
const isBlank = (inline: Inline): boolean =>
  inline.type === "break" || (inline.type === "text" && inline.text.trim() === "");

/** Short and no sentence; not before the text has begun, where titles look the same. */
const isLoose = ({ text, isBold }: Words): boolean =>
  !isBold && text.length <= longestLoose && !endsSentence(text) && !bylineOf(text) && !authorBlock([text], 0);

/** "Fotos: …" below pictures side by side speaks for all of them that name nobody. */
function take(done: Item[], picture: PictureItem, words: Words): void {
  done.splice(-1, 1, taken(picture, words));
  const signed = creditLine(words.text);
  if (!signed?.many) return;
  for (let index = done.length - 2; done[index]?.kind === "picture"; index -= 1) {
    const beside = done[index] as PictureItem;
    done[index] = { ...beside, credit: beside.credit ?? signed.credit };
  }
}

function taken(picture: PictureItem, words: Words): PictureItem {
  const line = withoutCaptionLabel(words.text);
  if (words.role === "credit") return { ...picture, credit: creditLine(line)?.credit ?? line };
  const { caption, credit } = splitCredit(line);
  const isSame = caption === words.text;
  const content: readonly Inline[] = isSame
    ? upright(words.content)
    : caption === ""
      ? []
      : [{ type: "text", text: caption }];
  return {
    ...picture,
    caption: content.length > 0 ? content : picture.caption,
    credit: credit ?? picture.credit,
  };
}
