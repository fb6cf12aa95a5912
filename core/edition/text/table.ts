import type { Block, Inline } from "../../article/article.ts";
import { columns, padEnd, padStart, widthOf, wrap } from "./wrap.ts";

type Table = Extract<Block, { type: "table" }>;
const gap = "   ";

/** Columns side by side where they fit; else each row as a line of its cells, in the same order. */
export function tableLines(table: Table, text: (content: readonly Inline[]) => string, indent: string): string[] {
  const print = (row: readonly (readonly Inline[])[]): string[] =>
    row.map((cell) => text(cell).replace(/\s+/g, " ").trim());
  const head = print(table.head);
  const rows = table.rows.map(print);
  const all = head.some(Boolean) ? [head, ...rows] : rows;
  const widths = widest(all);
  if (widths.length === 0) return [];
  const width = widths.reduce((sum, one) => sum + one + gap.length, indent.length - gap.length);
  if (width > columns) return all.flatMap((row) => wrap(row.join(" | "), indent, `${indent}  `));
  const lines = all.map(
    (row) => indent + row.map((cell, column) => placed(cell, widths[column] ?? 0, table.align[column])).join(gap),
  );
  const rule = indent + "-".repeat(width - indent.length);
  return all === rows ? lines.map(trimmed) : [lines[0] ?? "", rule, ...lines.slice(1)].map(trimmed);
}

const widest = (rows: readonly (readonly string[])[]): number[] =>
  rows.reduce<number[]>((widths, row) => {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
    return widths;
  }, []);

const placed = (cell: string, width: number, align: Table["align"][number] | undefined): string =>
  align === "right" ? padStart(cell, width) : padEnd(cell, width);

const trimmed = (line: string): string => line.trimEnd().replace(/\u00A0/g, " ");
