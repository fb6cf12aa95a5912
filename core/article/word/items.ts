import type { Inline } from "../article.ts";
import { plain } from "../plain.ts";
import { placeOf } from "./losses.ts";
import { type Findings, readLine } from "./read-inlines.ts";
import { meantParagraphs } from "./soft-breaks.ts";
import type { Cell, Node, Row } from "./structure.ts";
import type { Role } from "./styles.ts";
import type { Facts, Workbench } from "./workbench.ts";

/** A document as a row of things, top to bottom: words, pictures, tables, lines across the page. */

export type Item = Words | PictureItem | TableItem | { readonly kind: "rule" };

export interface Words {
  readonly kind: "words";
  readonly content: readonly Inline[];
  readonly text: string;
  readonly role: Role | undefined;
  /** Of a heading, from 1. */
  readonly level: number;
  readonly isBold: boolean;
  /** In half points; 0 where nothing tells. */
  readonly size: number;
  /** Which text box it stood in, from 1; 0 for the page itself. */
  readonly box: number;
  readonly list: ListPlace | undefined;
  readonly align: "left" | "right" | "center" | null;
}
export interface ListPlace {
  readonly ordered: boolean;
  /** 0 for the outermost. */
  readonly level: number;
  readonly id: string;
}
export interface PictureItem {
  readonly kind: "picture";
  /** As the text calls it; an awaited one has no extension. */
  readonly name: string;
  readonly alt: string | null;
  readonly caption: readonly Inline[];
  readonly credit: string | null;
  readonly box: number;
}
export interface TableItem {
  readonly kind: "table";
  readonly caption: readonly Inline[];
  readonly rows: readonly TableRow[];
}
export interface TableRow {
  readonly isHeader: boolean;
  readonly cells: readonly TableCell[];
}
export interface TableCell {
  readonly items: readonly Item[];
  readonly columns: number;
  readonly rows: number;
}

export interface Reader extends Findings {
  readonly bench: Workbench;
}

type Paragraph = Extract<Node, { type: "paragraph" }>;

export function itemsOf(reader: Reader, nodes: readonly Node[]): Item[] {
  return nodes.flatMap((node): Item[] => {
    if (node.type === "paragraph") return paragraphItems(reader, node);
    return node.type === "table"
      ? [{ kind: "table", caption: [], rows: node.children.map((row) => rowOf(reader, row)) }]
      : [];
  });
}

const rowOf = (reader: Reader, { isHeader, children }: Row): TableRow => ({
  isHeader,
  cells: children.map((cell) => cellOf(reader, cell)),
});
const cellOf = (reader: Reader, { children, colSpan, rowSpan }: Cell): TableCell => ({
  items: itemsOf(reader, children),
  ...{ columns: Number.isInteger(colSpan) && colSpan > 0 ? colSpan : 1, rows: rowSpan },
});

const nothing: Facts = {
  style: { role: undefined, level: 0, look: {} },
  ...{ place: "", isBold: false, size: undefined, letters: 0, list: undefined, box: 0, isRule: false },
};

function paragraphItems(reader: Reader, paragraph: Paragraph): Item[] {
  const { bench } = reader;
  const facts = bench.paragraphs[numberOf(paragraph)] ?? nothing;
  const line = readLine(reader, paragraph.children, facts.place);
  const pictures = (numbers: readonly number[]) => numbers.flatMap((number) => pictureItem(bench, number, facts.box));
  return [
    ...pictures(line.above),
    ...wordItems(reader, paragraph, { ...facts, isRule: line.hasRule || facts.isRule }, line.content),
    ...pictures(line.below),
  ];
}

/** A line across the page is one only where it stands alone: beside words it adorns. */
function wordItems(reader: Reader, paragraph: Paragraph, facts: Facts, content: readonly Inline[]): Item[] {
  const text = oneLine(content);
  const isEmpty = text === "" && !content.some(({ type }) => type === "noteRef");
  if ((isEmpty && facts.isRule) || /^(?:[*_—–-] ?){3,}$/.test(text)) return [{ kind: "rule" }];
  if (isEmpty) return [];
  return meantParagraphs(content).map((meant) => wordsOf(reader, paragraph, facts, meant, oneLine(meant)));
}

const oneLine = (content: readonly Inline[]): string => plain(content).replace(/\s+/g, " ").trim();

function numberOf(paragraph: Paragraph): number {
  const names = paragraph.children.flatMap((node) => (node.type === "bookmarkStart" ? [node.name] : []));
  return Number(names.findLast((name) => name.startsWith("paragraph:"))?.slice("paragraph:".length) ?? -1);
}

function wordsOf(
  { losses }: Reader,
  { numbering, alignment }: Paragraph,
  { style, isBold, size, box, list }: Facts,
  content: readonly Inline[],
  text: string,
): Words {
  if (numbering && style.role === "heading") losses.say("word-numbers", placeOf(text));
  const isEntry = numbering !== null && style.role !== "heading" && style.role !== "title";
  return {
    ...{ kind: "words", content, text, role: style.role, level: style.level, isBold, size: size ?? 0, box },
    align: alignments[alignment ?? ""] ?? null,
    list: isEntry ? { ordered: numbering.isOrdered, level: Number(numbering.level) || 0, id: list ?? "" } : undefined,
  };
}

const alignments: Readonly<Record<string, Words["align"]>> = { center: "center", right: "right", end: "right" };

function pictureItem({ pictures }: Workbench, number: number, box: number): PictureItem[] {
  const found = pictures[number];
  return found ? [{ kind: "picture", name: found.name, alt: found.alt, caption: [], credit: null, box }] : [];
}
