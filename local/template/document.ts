import {
  AlignmentType,
  BorderStyle,
  Document,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { Palette } from "../../core/edition/edition.ts";
import { type Language, words } from "../../core/words.ts";
import { type StyleName, stylesOf } from "./styles.ts";

export interface Dress {
  readonly palette: Palette;
  /** A JPEG of 1280 × 800 in the place of the first photo. */
  readonly picture: Uint8Array;
}

/** The file an author opens and writes over: each paragraph has its style and says what belongs there. */
export function templateDocument(language: Language, { palette, picture }: Dress): Document {
  const { document, styles, guide, place } = words(language).template;
  const says = (style: StyleName | "Quote", text: string): Paragraph => new Paragraph({ style, text });
  const heading = (level: Level, text: string): Paragraph => new Paragraph({ heading: HeadingLevel[level], text });
  const bulleted = (text: string): Paragraph =>
    new Paragraph({ style: "ListParagraph", text, numbering: entry("bullets") });
  const numbered = (text: string): Paragraph =>
    new Paragraph({ style: "ListParagraph", text, numbering: entry("steps") });
  const { light } = palette;
  return new Document({
    title: document,
    styles: stylesOf(palette, styles, locales[language]),
    numbering: { config: [bullets, steps] },
    sections: [
      {
        properties: { page },
        children: [
          new Paragraph({ style: "guide", children: [new TextRun({ text: guide.title, bold: true })] }),
          ...[guide.write, guide.styles, guide.handIn, guide.end].map((text) => says("guide", text)),
          says("kicker", place.kicker),
          heading("TITLE", place.title),
          says("lead", place.lead),
          says("author", place.author),
          says("office", place.office),
          says("guide", guide.picture),
          new Paragraph({
            style: "text",
            keepNext: true,
            spacing: { before: 200 },
            children: [photo(picture, place.alt)],
          }),
          says("caption", place.caption),
          says("credit", place.credit),
          says("text", place.opening),
          heading("HEADING_2", place.heading),
          says("text", place.text),
          bulleted(place.bullet),
          bulleted(place.nextBullet),
          says("Quote", place.quote),
          heading("HEADING_3", place.subheading),
          numbered(place.step),
          numbered(place.nextStep),
          table([place.column, place.nextColumn], [place.cell, place.nextCell], light),
          new Paragraph({ style: "text" }),
          new Paragraph({ style: "infobox", children: [new TextRun({ text: place.boxTitle, bold: true })] }),
          says("infobox", place.boxText),
          heading("HEADING_2", place.contactTitle),
          says("contact", place.contact),
          says("contact", place.link),
        ],
      },
    ],
  });
}

type Level = "TITLE" | "HEADING_2" | "HEADING_3";

/** As Word writes languages: its spelling is checked in them. */
const locales: Readonly<Record<Language, string>> = { de: "de-DE", en: "en-GB" };

/** A4 with a text as wide as is good to read, in twentieths of a point. */
const page = {
  size: { width: 11906, height: 16838 },
  margin: { top: 1000, bottom: 1000, left: 1700, right: 1700, header: 600, footer: 600 },
} as const;

const hanging = { style: { paragraph: { indent: { left: 425, hanging: 425 } } } };
const bullets = {
  reference: "bullets",
  levels: [{ level: 0, format: LevelFormat.BULLET, text: "•", alignment: AlignmentType.LEFT, ...hanging }],
} as const;
const steps = {
  reference: "steps",
  levels: [{ level: 0, format: LevelFormat.DECIMAL, text: "%1.", alignment: AlignmentType.LEFT, ...hanging }],
} as const;
const entry = (reference: string) => ({ reference, level: 0 });

/** In pixels of Word, 96 to the inch: small enough to stay on the first page. */
const photo = (data: Uint8Array, description: string): ImageRun =>
  new ImageRun({
    type: "jpg",
    data,
    transformation: { width: 480, height: 300 },
    altText: { id: "1", name: "Picture 1", description, title: "" },
  });

function table(head: readonly string[], row: readonly string[], light: Palette["light"]): Table {
  const line = (token: string, size: number) => ({
    style: BorderStyle.SINGLE,
    size,
    color: (light[token] ?? "").slice(1),
  });
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  const cell = (text: string, bold: boolean): TableCell =>
    new TableCell({
      children: [new Paragraph({ style: "contact", children: [new TextRun({ text, bold })] })],
      margins: { top: 80, bottom: 80, left: 0, right: 120 },
    });
  const rowOf = (texts: readonly string[], isHead: boolean): TableRow =>
    new TableRow({ tableHeader: isHead, children: texts.map((text) => cell(text, isHead)) });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: [4253, 4253],
    borders: {
      ...{ left: none, right: none, insideVertical: none },
      ...{ top: line("accent", 12), bottom: line("rule", 4), insideHorizontal: line("rule", 4) },
    },
    rows: [rowOf(head, true), rowOf(row, false), rowOf(row, false)],
  });
}
