import {
  BorderStyle,
  DeletedTextRun,
  Document,
  ExternalHyperlink,
  type FileChild,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  Packer,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  Textbox,
  TextRun,
} from "docx";
import fc from "../../lots.ts";

/** Documents as the npm package `docx` writes them. No word stands in one twice, so that none can hide a lost one. */
export interface AnyWordFile {
  readonly write: () => Promise<Uint8Array>;
  /** Every word a reader of the document sees. */
  readonly seen: readonly string[];
  /** Words nobody must see: hidden, or deleted. */
  readonly unseen: readonly string[];
}

interface Desk {
  readonly seen: string[];
  readonly unseen: string[];
  readonly footnotes: Record<number, { children: Paragraph[] }>;
  count: number;
}

/** "Waba", "Wabb" …: capital first, so that two of them look like a name. */
function word(desk: Desk, isSeen = true): string {
  let number = desk.count++;
  let letters = "";
  for (let place = 0; place < 4; place += 1, number = Math.floor(number / 20))
    letters += "abcdefghiklmnoprstuw"[number % 20];
  (isSeen ? desk.seen : desk.unseen).push(`W${letters}`);
  return `W${letters}`;
}
const words = (desk: Desk, count: number, end = ""): string =>
  Array.from({ length: count }, () => word(desk)).join(" ") + end;

type Piece = (desk: Desk) => ParagraphChild;
type Part = (desk: Desk) => FileChild[];

const looks = [
  {},
  { bold: true },
  { italics: true },
  { superScript: true },
  { color: "FF0000" },
  { size: 32 },
  { strike: true },
  { smallCaps: true },
  { language: { value: "en-GB" } },
];
const pieces: readonly Piece[] = [
  ...looks.map(
    (look): Piece =>
      (desk) =>
        new TextRun({ text: `${words(desk, 3)} `, ...look }),
  ),
  (desk) => new TextRun({ text: `${word(desk, false)} `, vanish: true }),
  (desk) => new TextRun({ children: [words(desk, 1), " "], break: 1 }),
  (desk) => new ExternalHyperlink({ link: "https://stadt.example/a", children: [new TextRun(`${words(desk, 2)} `)] }),
  (desk) => new ExternalHyperlink({ link: "javascript:alert(1)", children: [new TextRun(`${words(desk, 2)} `)] }),
  (desk) =>
    new InsertedTextRun({ text: `${words(desk, 2)} `, id: desk.count, author: "M", date: "2026-01-01T00:00:00Z" }),
  (desk) => new DeletedTextRun({ text: word(desk, false), id: desk.count, author: "M", date: "2026-01-01T00:00:00Z" }),
  (desk) => {
    const id = Object.keys(desk.footnotes).length + 1;
    desk.footnotes[id] = { children: [new Paragraph(words(desk, 4, "."))] };
    return new FootnoteReferenceRun(id);
  },
];

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const picture: Part = () => [
  new Paragraph({ children: [new ImageRun({ type: "png", data: png, transformation: { width: 10, height: 10 } })] }),
];

const cells = (desk: Desk, count: number, columnSpan = 1): TableCell[] =>
  Array.from(
    { length: count },
    () => new TableCell({ columnSpan, children: [new Paragraph(words(desk, 2)), new Paragraph(word(desk))] }),
  );

const levels = Object.values(HeadingLevel);
const styles = [
  "Untertitel",
  "Dachzeile",
  "Vorspann",
  "Autor",
  "Funktion",
  "Beschriftung",
  "Bildnachweis",
  "Zitat",
  "Infokasten",
  "Hausstil",
];

const parts: readonly Part[] = [
  ...levels.map(
    (heading): Part =>
      (desk) => [new Paragraph({ heading, text: words(desk, 4) })],
  ),
  ...styles.map(
    (style): Part =>
      (desk) => [new Paragraph({ style, text: words(desk, 5) })],
  ),
  (desk) => [new Paragraph({ children: [new TextRun({ text: words(desk, 3), bold: true })] })],
  (desk) => [new Paragraph({ children: [new TextRun({ text: words(desk, 3), size: 48 })] })],
  (desk) => [new Paragraph(words(desk, 2))],
  (desk) => [new Paragraph(`Foto: ${words(desk, 2)}`)],
  (desk) => [new Paragraph(`Text und Fotos: ${words(desk, 2)}`)],
  (desk) => [new Paragraph(`BU: ${words(desk, 4)} (Foto: ${words(desk, 2)})`)],
  (desk) => [new Paragraph(`• ${words(desk, 4)}`)],
  (desk) => [new Paragraph(`${words(desk, 4)}: ${word(desk).toLowerCase()}@stadt.example`)],
  (desk) => [0, 1, 0, 2].map((level) => new Paragraph({ text: words(desk, 3), bullet: { level } })),
  (desk) =>
    [0, 1, 0].map((level) => new Paragraph({ text: words(desk, 3), numbering: { reference: "zahlen", level } })),
  (desk) => [
    new Table({
      rows: [new TableRow({ tableHeader: true, children: cells(desk, 2) }), new TableRow({ children: cells(desk, 2) })],
    }),
  ],
  (desk) => [
    new Table({ rows: [new TableRow({ children: cells(desk, 1, 2) }), new TableRow({ children: cells(desk, 2) })] }),
  ],
  (desk) => [new Table({ rows: [new TableRow({ children: cells(desk, 1) })] })],
  (desk) => [
    new Table({
      rows: [
        new TableRow({
          children: [
            new TableCell({ children: [...picture(desk), new Paragraph(words(desk, 3))] as never }),
            ...cells(desk, 1),
          ],
        }),
      ],
    }),
  ],
  (desk) => [
    new Textbox({
      style: { width: "auto" },
      children: [new Paragraph(words(desk, 3)), new Paragraph(words(desk, 6, "."))],
    }),
  ],
  (desk) => [
    new Paragraph({ text: "", border: { bottom: { style: BorderStyle.SINGLE } } }),
    new Paragraph(words(desk, 30, ".")),
  ],
  picture,
];
const question: Part = (desk) => [
  new Paragraph({ children: [new TextRun({ text: `${words(desk, 4)}?`, bold: true })] }),
  new Paragraph(words(desk, 20, ".")),
];

const body: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...parts) },
  { weight: 1, arbitrary: fc.constant(question) },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map(
      (chosen): Part =>
        (desk) => [new Paragraph({ children: chosen.map((piece) => piece(desk)) })],
    ),
  },
);

export const anyWordFile: fc.Arbitrary<AnyWordFile> = fc.array(body, { minLength: 1, maxLength: 25 }).map((chosen) => {
  const desk: Desk = { seen: [], unseen: [], footnotes: {}, count: 0 };
  const children = chosen.flatMap((part) => part(desk));
  const document = new Document({
    footnotes: desk.footnotes,
    styles: { paragraphStyles: styles.map((name) => ({ id: name, name })) },
    numbering: {
      config: [
        {
          reference: "zahlen",
          levels: [0, 1, 2].map((level) => ({ level, format: "decimal", text: `%${level + 1}.` })),
        },
      ],
    },
    sections: [{ children: [...children, new Paragraph(words(desk, 30, "."))] }],
  });
  return { write: () => Packer.toBuffer(document), seen: desk.seen, unseen: desk.unseen };
});
