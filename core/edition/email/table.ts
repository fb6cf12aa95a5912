import type { Block, Inline } from "../../article/article.ts";
import { plain } from "../../article/plain.ts";

type Table = Extract<Block, { type: "table" }>;

/** A phone's 360 px without the mail's sides; a bold letter of the table's 15 px; room between columns. */
const phonePixels = 296;
const letterPixels = 8.5;
const gapPixels = 12;

/** Mail programs may tear words to make a table fit. Where the longest words of all columns fit a phone, none has to be. */
export function fitsPhone({ head, rows }: Table): boolean {
  const widest: number[] = [];
  for (const row of [head, ...rows]) {
    for (const [column, cell] of row.entries()) {
      widest[column] = Math.max(widest[column] ?? 0, longestWord(cell));
    }
  }
  return widest.reduce((sum, letters) => sum + letters * letterPixels + gapPixels, -gapPixels) <= phonePixels;
}

const longestWord = (content: readonly Inline[]): number =>
  Math.max(
    0,
    ...plain(content)
      .split(/[ \n-]+/)
      .map((word) => word.length),
  );
