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
      done.splice(-1, 1, taken(above, item));
    else if (item.kind === "picture" && isStyledCaption(above)) done.splice(-1, 1, taken(item, above));
    else if (isCaption && above?.kind === "table" && isBare(above))
      done.splice(-1, 1, { ...above, caption: item.content });
    else if (item.kind === "table" && isStyledCaption(above)) done.splice(-1, 1, { ...item, caption: above.content });
    else done.push(item);
  }
  return done;
}

const isBare = ({ caption }: PictureItem | TableItem): boolean => caption.length === 0;

/** "Abbildung 1" above its picture, as sciences have it. */
const isStyledCaption = (item: Item | undefined): item is Words => item?.kind === "words" && item.role === "caption";

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
  const isSlanted = content.length > 0 && content.every((inline) => inline.type === "em" || isBlank(inline));
  return !isBold && (splitCredit(text).credit !== null || soundsLikeCaption(text) || isSmall || isSlanted);
}

const isBlank = (inline: Inline): boolean =>
  inline.type === "break" || (inline.type === "text" && inline.text.trim() === "");

/** Short and no sentence; not before the text has begun, where titles look the same. */
const isLoose = ({ text, isBold }: Words): boolean =>
  !isBold && text.length <= longestLoose && !endsSentence(text) && !bylineOf(text) && !authorBlock([text], 0);

function taken(picture: PictureItem, words: Words): PictureItem {
  const line = withoutCaptionLabel(words.text);
  if (words.role === "credit") return { ...picture, credit: creditLine(line)?.credit ?? line };
  const { caption, credit } = splitCredit(line);
  const isSame = caption === words.text;
  const content: readonly Inline[] = isSame ? words.content : caption === "" ? [] : [{ type: "text", text: caption }];
  return {
    ...picture,
    caption: content.length > 0 ? content : picture.caption,
    credit: credit ?? picture.credit,
  };
}
