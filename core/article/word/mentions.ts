import type { Inline } from "../article.ts";
import { creditLine } from "../credit.ts";
import { pictureTypeNamed } from "../picture-type.ts";
import { endsSentence } from "../plain-text/passages.ts";
import { soundsLikeCaption, withoutCaptionLabel } from "../plain-text/shape.ts";
import type { Item, PictureItem, Words } from "./items.ts";

/** Files a text calls by name: "Foto: rathaus.jpg", "[hier Bild IMG_2034.HEIC einfügen]". Nobody is called rathaus.jpg. */

const fileName = String.raw`[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,80}?\.(?:jpe?g|png|heic|heif|webp|gif|tiff?|bmp|svg)`;
const mention = new RegExp(
  String.raw`\s*[([]?\s*(?:(?:hier|siehe|s\.)\s+)?(?:Fotos?|Bild(?:er)?|Bilddatei|Datei|Photo|Picture|Image)\s*(?:einfügen|einsetzen)?\s*:?\s*(${fileName})(?:\s+(?:einfügen|einsetzen|hier))?\s*[)\]]?\.?$`,
  "iu",
);

/** A name and the words before it; longer ones are read from their end. */
const longestLine = 200;
/** Longer, it is text that happens to end with a file. */
const longestCaption = 160;

/** Where a line names a file, its picture stands. */
export const withMentioned = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => (item.kind === "words" && item.role !== "heading" ? mentionedIn(item) : [item]));

function mentionedIn(words: Words): Item[] {
  const alone = creditLine(words.text)?.credit ?? "";
  if (pictureTypeNamed(alone)) return [pictureOf(words, alone, [])];
  const found = mention.exec(words.text.slice(-longestLine));
  if (!found?.[1]) return [words];
  const text = words.text.slice(0, words.text.length - found[0].length);
  const content = dropEnd(words.content, found[0].replace(/\s+/g, "").length);
  const picture = pictureOf(words, found[1], isCaption(words, text) ? captionOf(text, content) : []);
  return text === "" || picture.caption.length > 0 ? [picture] : [{ ...words, text, content }, picture];
}

const pictureOf = ({ box }: Words, name: string, caption: readonly Inline[]): PictureItem => ({
  ...{ kind: "picture", name: name.normalize("NFC"), alt: null, credit: null, box, caption },
});

const isCaption = ({ role }: Words, text: string): boolean =>
  text !== "" &&
  (role === "caption" || soundsLikeCaption(text) || (text.length <= longestCaption && !endsSentence(text)));

function captionOf(text: string, content: readonly Inline[]): readonly Inline[] {
  const bare = withoutCaptionLabel(text);
  return bare === text ? content : [{ type: "text", text: bare }];
}

/** The same without its last signs, spaces not counted. */
function dropEnd(content: readonly Inline[], signs: number): Inline[] {
  let left = signs;
  const drop = (inlines: readonly Inline[]): Inline[] =>
    inlines.toReversed().flatMap((inline): Inline[] => {
      if (left === 0) return [inline];
      if ("content" in inline) return [{ ...inline, content: drop(inline.content).toReversed() }];
      if (inline.type !== "text") return [];
      let end = inline.text.length;
      for (; end > 0 && left > 0; end -= 1) if (/\S/.test(inline.text[end - 1] ?? "")) left -= 1;
      return [{ type: "text", text: inline.text.slice(0, end).trimEnd() }];
    });
  return drop(content).toReversed();
}
