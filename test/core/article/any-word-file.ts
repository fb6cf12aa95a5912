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

interface Workbench {
  readonly seen: string[];
  readonly unseen: string[];
  readonly footnotes: Record<number, { children: Paragraph[] }>;
  count: number;
}

/** "Waba", "Wabb" …: capital first, so that two of them look like a name. */
function word(bench: Workbench, isSeen = true): string {
  let number = bench.count++;
  let letters = "";
  for (let place = 0; place < 4; place += 1, number = Math.floor(number / 20))
    letters += "abcdefghiklmnoprstuw"[number % 20];
  (isSeen ? bench.seen : bench.unseen).push(`W${letters}`);
  return `W${letters}`;
}
const words = (bench: Workbench, count: number, end = ""): string =>
  Array.from({ length: count }, () => word(bench)).join(" ") + end;

type Piece = (bench: Workbench) => ParagraphChild;
type Part = (bench: Workbench) => FileChild[];

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
      (bench) =>
        new TextRun({ text: `${words(bench, 3)} `, ...look }),
  ),
  (bench) => new TextRun({ text: `${word(bench, false)} `, vanish: true }),
  (bench) => new TextRun({ children: [words(bench, 1), " "], break: 1 }),
  (bench) => new ExternalHyperlink({ link: "https://stadt.example/a", children: [new TextRun(`${words(bench, 2)} `)] }),
  (bench) => new ExternalHyperlink({ link: "javascript:alert(1)", children: [new TextRun(`${words(bench, 2)} `)] }),
  (bench) =>
    new InsertedTextRun({ text: `${words(bench, 2)} `, id: bench.count, author: "M", date: "2026-01-01T00:00:00Z" }),
  (bench) =>
    new DeletedTextRun({ text: word(bench, false), id: bench.count, author: "M", date: "2026-01-01T00:00:00Z" }),
  (bench) => {
    const id = Object.keys(bench.footnotes).length + 1;
    bench.footnotes[id] = { children: [new Paragraph(words(bench, 4, "."))] };
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

const cells = (bench: Workbench, count: number, columnSpan = 1): TableCell[] =>
  Array.from(
    { length: count },
    () => new TableCell({ columnSpan, children: [new Paragraph(words(bench, 2)), new Paragraph(word(bench))] }),
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
      (bench) => [new Paragraph({ heading, text: words(bench, 4) })],
  ),
  ...styles.map(
    (style): Part =>
      (bench) => [new Paragraph({ style, text: words(bench, 5) })],
  ),
  (bench) => [new Paragraph({ children: [new TextRun({ text: words(bench, 3), bold: true })] })],
  (bench) => [new Paragraph({ children: [new TextRun({ text: words(bench, 3), size: 48 })] })],
  (bench) => [new Paragraph(words(bench, 2))],
  (bench) => [new Paragraph(`Foto: ${words(bench, 2)}`)],
  (bench) => [new Paragraph(`Text und Fotos: ${words(bench, 2)}`)],
  (bench) => [new Paragraph(`BU: ${words(bench, 4)} (Foto: ${words(bench, 2)})`)],
  (bench) => [new Paragraph(`• ${words(bench, 4)}`)],
  (bench) => [new Paragraph(`${words(bench, 4)}: ${word(bench).toLowerCase()}@stadt.example`)],
  (bench) => [0, 1, 0, 2].map((level) => new Paragraph({ text: words(bench, 3), bullet: { level } })),
  (bench) =>
    [0, 1, 0].map((level) => new Paragraph({ text: words(bench, 3), numbering: { reference: "zahlen", level } })),
  (bench) => [
    new Table({
      rows: [
        new TableRow({ tableHeader: true, children: cells(bench, 2) }),
        new TableRow({ children: cells(bench, 2) }),
      ],
    }),
  ],
  (bench) => [
    new Table({ rows: [new TableRow({ children: cells(bench, 1, 2) }), new TableRow({ children: cells(bench, 2) })] }),
  ],
  (bench) => [new Table({ rows: [new TableRow({ children: cells(bench, 1) })] })],
  (bench) => [
    new Table({
      rows: [
        new TableRow({
          children: [
            new TableCell({ children: [...picture(bench), new Paragraph(words(bench, 3))] as never }),
            ...cells(bench, 1),
          ],
        }),
      ],
    }),
  ],
  (bench) => [
    new Textbox({
      style: { width: "auto" },
      children: [new Paragraph(words(bench, 3)), new Paragraph(words(bench, 6, "."))],
    }),
  ],
  (bench) => [
    new Paragraph({ text: "", border: { bottom: { style: BorderStyle.SINGLE } } }),
    new Paragraph(words(bench, 30, ".")),
  ],
  picture,
];
const question: Part = (bench) => [
  new Paragraph({ children: [new TextRun({ text: `${words(bench, 4)}?`, bold: true })] }),
  new Paragraph(words(bench, 20, ".")),
];

const body: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...parts) },
  { weight: 1, arbitrary: fc.constant(question) },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map(
      (chosen): Part =>
        (bench) => [new Paragraph({ children: chosen.map((piece) => piece(bench)) })],
    ),
  },
);

export const anyWordFile: fc.Arbitrary<AnyWordFile> = fc.array(body, { minLength: 1, maxLength: 25 }).map((chosen) => {
  const bench: Workbench = { seen: [], unseen: [], footnotes: {}, count: 0 };
  const children = chosen.flatMap((part) => part(bench));
  const document = new Document({
    footnotes: bench.footnotes,
    styles: { paragraphStyles: styles.map((name) => ({ id: name, name })) },
    numbering: {
      config: [
        {
          reference: "zahlen",
          levels: [0, 1, 2].map((level) => ({ level, format: "decimal", text: `%${level + 1}.` })),
        },
      ],
    },
    sections: [{ children: [...children, new Paragraph(words(bench, 30, "."))] }],
  });
  return { write: () => Packer.toBuffer(document), seen: bench.seen, unseen: bench.unseen };
});
