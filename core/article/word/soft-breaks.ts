import type { Inline } from "../article.ts";
import { plain } from "../plain.ts";

/** Lines a paragraph was broken into by hand, or by the program it was pasted from. */

/**
 * The paragraphs somebody meant: parted by an empty line, and without the breaks a column made. Short lines stay lines:
 * an address, a poem.
 */
export function meantParagraphs(content: readonly Inline[]): Inline[][] {
  const paragraphs: Inline[][][] = [[]];
  for (const line of brokenLines(content)) {
    if (isEmpty(line)) paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  const meant = paragraphs.filter((lines) => lines.length > 0);
  return meant.length === 0 ? [[...content]] : meant.map(withoutColumn);
}

/** Between its breaks. */
export function brokenLines(content: readonly Inline[]): Inline[][] {
  const lines: Inline[][] = [[]];
  for (const inline of content) {
    if (inline.type === "break") lines.push([]);
    else lines.at(-1)?.push(inline);
  }
  return lines;
}

const isEmpty = (line: readonly Inline[]): boolean =>
  plain(line).trim() === "" && !line.some(({ type }) => type === "noteRef");

/** Mail programs break at 72 signs or so; nobody breaks that evenly by hand. */
const columns = { narrowest: 55, widest: 100 };

function withoutColumn(lines: readonly Inline[][]): Inline[] {
  const lengths = lines.slice(0, -1).map((line) => plain(line).trim().length);
  const isColumn =
    lengths.length > 0 && lengths.every((length) => length >= columns.narrowest && length <= columns.widest);
  return lines.flatMap((line, index): Inline[] => {
    if (index === 0) return [...line];
    return [isColumn ? { type: "text", text: " " } : { type: "break" }, ...line];
  });
}
