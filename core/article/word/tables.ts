import type { Block, Inline } from "../article.ts";
import { findWord, headWords } from "../head-words.ts";
import { joined } from "../markdown/read-blocks.ts";
import type { Item, PictureItem, TableCell, TableItem, TableRow, Words } from "./items.ts";
import { type Losses, placeOf } from "./losses.ts";

/** Tables: real ones, those that only arrange a page, and the one some authors put on top. */

const isEmpty = ({ items }: TableCell): boolean => items.length === 0;
const cellsOf = ({ rows }: TableItem): TableCell[] => rows.flatMap(({ cells }) => [...cells]);

/** A table that only puts things beside each other gives them one after the other; a single cell is a box. */
export function unarranged(items: readonly Item[], nextBox: () => number): Item[] {
  return items.flatMap((item): Item[] => {
    if (item.kind !== "table") return [item];
    const cells = cellsOf(item);
    const filled = cells.filter((cell) => !isEmpty(cell));
    if (filled.length === 1) return boxed(filled[0]?.items ?? [], nextBox, hasPicture(cells));
    const isArranged = hasPicture(cells) && !item.rows.some(({ isHeader }) => isHeader);
    return isArranged ? inReadingOrder(item).flatMap((cell) => unarranged(cell.items, nextBox)) : [item];
  });
}

/** Row by row; where a row of captions lies under a row of pictures, each caption after its picture. */
function inReadingOrder({ rows }: TableItem): TableCell[] {
  const order: TableCell[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const { cells = [] } = rows[index] ?? {};
    const below = rows[index + 1]?.cells ?? [];
    const isPaired = cells.length > 1 && below.length === cells.length && hasPicture(cells) && !hasPicture(below);
    order.push(...cells.flatMap((cell, column) => [cell, ...(isPaired ? below.slice(column, column + 1) : [])]));
    if (isPaired) index += 1;
  }
  return order;
}

const hasPicture = (cells: readonly TableCell[]): boolean =>
  cells.some(({ items }) =>
    items.some((item) => item.kind === "picture" || (item.kind === "table" && hasPicture(cellsOf(item)))),
  );

function boxed(items: readonly Item[], nextBox: () => number, isPicture: boolean): Item[] {
  const inner = unarranged(items, nextBox);
  if (isPicture) return inner;
  const box = nextBox();
  return inner.map((item) => (item.kind === "words" || item.kind === "picture" ? { ...item, box } : item));
}

/** "Titel | …", "Autor | …": two columns, and at least two of the first hold words a head knows. */
export function headTable(
  items: readonly Item[],
): { front: Record<string, string>; rest: readonly Item[] } | undefined {
  const index = items.findIndex((item) => item.kind === "table");
  const table = items[index];
  if (table?.kind !== "table" || index > 2) return undefined;
  const rows = table.rows.map(({ cells }) => cells.map((cell) => textOf(cell)));
  const keys = rows.map(([key = ""]) => key.replace(/\s*:$/, ""));
  const known = keys.filter((key) => findWord(headWords, key) !== undefined);
  if (rows.some(({ length }) => length !== 2) || known.length < 2 || known.length * 2 < rows.length) return undefined;
  const front = Object.fromEntries(rows.map(([, value = ""], row) => [keys[row] ?? "", value]));
  return { front, rest: items.filter((item) => item !== table) };
}

const textOf = ({ items }: TableCell): string =>
  items.flatMap((item) => (item.kind === "words" ? [item.text] : [])).join(" ");

export const wordsOfTable = (table: TableItem): string => cellsOf(table).map(textOf).join(" ").trim();

/** Pictures in cells follow the table. */
export function tableBlocks(whole: TableItem, losses: Losses, figure: (picture: PictureItem) => Block): Block[] {
  const table = { ...whole, rows: whole.rows.filter(({ cells }) => !cells.every(isEmpty)) };
  const place = placeOf(table.rows.flatMap(({ cells }) => cells.map(textOf)).find(Boolean) ?? "");
  if (cellsOf(table).some(({ columns, rows }) => columns > 1 || rows > 1)) losses.say("word-merged-cells", place);
  if (table.rows.some((row) => widthOf(row) > mostColumns)) return wideBlocks(table, place, losses);
  const rows = gridOf(table, (cell) => contentOf(cell, losses));
  const [first, ...others] = rows;
  const isHeaded = table.rows[0]?.isHeader === true || (rows.length > 1 && isBoldRow(table));
  const pictures = cellsOf(table).flatMap(({ items }) => items.filter((item) => item.kind === "picture"));
  const block: Block = {
    ...{ type: "table", caption: table.caption, align: alignOf(table, isHeaded) },
    head: isHeaded ? (first ?? []).map(unbold) : [],
    rows: isHeaded ? others : rows,
  };
  return [...(rows.length > 0 ? [block] : []), ...pictures.map(figure)];
}

/** More columns than any page has room for; padded to the widest row, a few such rows would fill the memory. */
const mostColumns = 60;
const widthOf = ({ cells }: TableRow): number => cells.reduce((sum, { columns }) => sum + columns, 0);

/** Cell after cell, where a table is too wide to be one. */
function wideBlocks(table: TableItem, place: string, losses: Losses): Block[] {
  losses.say("word-wide-table", place);
  const cells = cellsOf(table).map((cell) => contentOf(cell, losses));
  return [table.caption, ...cells].map((content) => ({ type: "paragraph", content }));
}

const isBoldRow = ({ rows }: TableItem): boolean => {
  const filled = rows[0]?.cells.filter((cell) => !isEmpty(cell)) ?? [];
  return filled.length > 1 && filled.every(({ items }) => items.every((item) => item.kind === "words" && item.isBold));
};

/** A column is set to one side where all its cells are, its head not counted. */
function alignOf({ rows }: TableItem, isHeaded: boolean): Words["align"][] {
  const body = rows.slice(isHeaded ? 1 : 0);
  return (rows[0]?.cells ?? []).map((_, column) => {
    const sides = body.flatMap(
      ({ cells }) => cells[column]?.items.map((item) => (item.kind === "words" ? item.align : null)) ?? [],
    );
    return sides.length > 0 && sides.every((side) => side === sides[0]) ? (sides[0] ?? null) : null;
  });
}

const unbold = (content: readonly Inline[]): readonly Inline[] =>
  content.flatMap((inline) => (inline.type === "strong" ? inline.content : [inline]));

/** Every cell in its column: what spans several leaves empty ones behind it. */
function gridOf(table: TableItem, contentOf: (cell: TableCell) => Inline[]): Inline[][][] {
  const grid: Inline[][][] = table.rows.map(() => []);
  for (const [index, { cells }] of table.rows.entries()) {
    let column = 0;
    for (const cell of cells) {
      while (grid[index]?.[column] !== undefined) column += 1;
      for (let row = index; row < Math.min(index + cell.rows, grid.length); row += 1)
        for (let to = column; to < column + cell.columns; to += 1) (grid[row] ?? [])[to] = [];
      (grid[index] ?? [])[column] = contentOf(cell);
    }
  }
  return grid.map((row) => Array.from(row, (content) => content ?? []));
}

function contentOf({ items }: TableCell, losses: Losses): Inline[] {
  return joined(
    items.map((item): readonly Inline[] => {
      if (item.kind === "words") return item.list ? [{ type: "text", text: "• " }, ...item.content] : item.content;
      if (item.kind !== "table") return [];
      losses.say("word-nested-table", placeOf(cellsOf(item).map(textOf).find(Boolean) ?? ""));
      return joined(cellsOf(item).map((cell) => contentOf(cell, losses)));
    }),
  );
}
