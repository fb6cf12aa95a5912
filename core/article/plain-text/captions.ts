import type { Picture } from "../article.ts";
import { creditLine, splitCredit } from "../credit.ts";
import { pictureTypeNamed } from "../picture-type.ts";
import type { Item } from "./items.ts";
import { endsSentence, joinLines, type Passage } from "./passages.ts";
import { bullet, looksLikeHeading, soundsLikeCaption, withoutCaptionLabel } from "./shape.ts";

/** Which lines of a pasted text stand below a picture instead of in the text. */

export interface PictureItem {
  readonly kind: "picture";
  readonly caption: string;
  /** Or the name of its file: "Foto: rathaus.jpg" names nobody who took it. */
  readonly credit: string | null;
  /** The line beside the file's name may just as well be text: its author is told. */
  readonly isGuessed?: boolean;
}

const longestCaption = 300;
/** Blank lines on a page where a picture stood. */
const wideGap = 3;

/** A longer sentence with a blank line before the credit is text: taken for a caption, nobody would read it. */
const longestLooseCaption = 100;

export function isCaption(line: string, passage: Passage, next: Passage | undefined): boolean {
  if (line.length > longestCaption) return false;
  if (next && !bullet.test(line) && isSignedBy(line, next)) return true;
  if (splitCredit(line).credit !== null && isOneSentence(line)) return true;
  const isAlone = passage.gap >= wideGap && (next?.gap ?? 0) >= wideGap && passage.lines.length <= 2;
  return soundsLikeCaption(line) || (isAlone && !endsSentence(line) && looksLikeHeading(line));
}

/** Or few: a paragraph that ends with a source is none. */
export const isOneSentence = (line: string): boolean => !/\.\s+\p{Lu}.*\.\s+\p{Lu}.*\.\s+\p{Lu}/u.test(line);

/** "Foto: …" below a line makes it a caption; "alle Fotos: …" below a paragraph only ends the text. */
function isSignedBy(line: string, next: Passage): boolean {
  const credit = creditLine(joinLines(next.lines));
  if (!credit) return false;
  if (isFile(credit.credit)) return isCaptionOfFile(line, next.gap);
  return !endsSentence(line) || (!credit.all && (next.gap === 0 || line.length <= longestLooseCaption));
}

/** The credit stood above its caption. */
export function lacksCaption(items: readonly Item[], line: string): boolean {
  const last = items.at(-1);
  if (last?.kind !== "picture" || last.caption !== "" || line.length > longestCaption) return false;
  return !isFile(last.credit) || isCaptionOfFile(line, 0);
}

export function nameCaption(items: Item[], caption: string): void {
  const last = items.at(-1);
  if (last?.kind !== "picture") return;
  items.splice(-1, 1, { ...last, caption, isGuessed: isFile(last.credit) && isDoubtful(caption, 0) });
}

export function pictureItem(line: string, next: Passage | undefined): PictureItem {
  const { caption, credit } = splitCredit(withoutCaptionLabel(line));
  const below = next && credit === null ? creditLine(joinLines(next.lines)) : undefined;
  const isGuessed = isFile(below?.credit) && isDoubtful(line, next?.gap ?? 0);
  return { kind: "picture", caption, credit, isGuessed };
}

/** A credit belongs to the caption above it; where there is none, to a picture without one. */
export function addCredit(items: Item[], credit: string): void {
  const last = items.at(-1);
  if (last?.kind === "picture" && last.credit === null) items.splice(-1, 1, { ...last, credit });
  else items.push({ kind: "picture", caption: "", credit });
}

// ── files called by their names ────────────────────────────────────────────────────────────────

/**
 * "Foto: rathaus.jpg" is how an author puts a picture into running text, wherever it belongs: what stands around it is
 * text. Only a short line with nothing between them is its caption, and a loose one that is no sentence.
 */
const isCaptionOfFile = (line: string, gap: number): boolean =>
  endsSentence(line)
    ? gap === 0 && line.length <= longestLooseCaption
    : gap === 0 || line.length <= longestLooseCaption;

const isDoubtful = (line: string, gap: number): boolean => (endsSentence(line) || gap > 0) && !soundsLikeCaption(line);

const isFile = (credit: string | null | undefined): boolean => !!credit && pictureTypeNamed(credit) !== undefined;

/** "Foto: rathaus.jpg" names the file, and nobody who took it. @param name of a picture that nobody named */
export const signed = (credit: string | null, name: string): Pick<Picture, "name" | "credit"> =>
  credit !== null && isFile(credit) ? { name: credit, credit: null } : { name, credit };

/** "… geschlossen. Foto: rathaus.jpg": the sentence is text, and the picture follows it. */
export function filesApart({ lines, gap }: Passage): Passage[] {
  const index = lines.findIndex(endsWithFile);
  if (index < 0) return [{ lines, gap }];
  const { caption, credit } = splitCredit(lines[index] ?? "");
  const after = lines.slice(index + 1);
  return [
    { lines: [...lines.slice(0, index), caption], gap },
    { lines: [`Foto: ${credit}`], gap: 1 },
    ...(after.length > 0 ? filesApart({ lines: after, gap: 1 }) : []),
  ];
}

function endsWithFile(line: string): boolean {
  const { caption, credit } = splitCredit(line);
  return isFile(credit) && endsSentence(caption) && !soundsLikeCaption(caption);
}
