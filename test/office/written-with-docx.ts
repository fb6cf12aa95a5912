import {
  Bookmark,
  CheckBox,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  EndnoteReferenceRun,
  ExternalHyperlink,
  type FileChild,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  InternalHyperlink,
  type IPropertiesOptions,
  LevelFormat,
  NoBreakHyphen,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  SoftHyphen,
  Tab,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  Textbox,
  TextRun,
} from "docx";
import { photoOfBusStop } from "../a-written-template.ts";
import type { PeerDocument } from "./a-peer-document.ts";

/** Ten documents as Word would have them, each full of one thing. */

export interface WrittenWithDocx extends PeerDocument {
  readonly write: () => Promise<Uint8Array>;
}

/** Word writes down who wrote. */
const creator = "Almut Weiß";

type Rest = Omit<IPropertiesOptions, "sections">;
const written =
  (children: readonly FileChild[], rest: Rest = {}) =>
  async (): Promise<Uint8Array> =>
    Uint8Array.from(await Packer.toBuffer(new Document({ creator, ...rest, sections: [{ children: [...children] }] })));

const title = (text: string): Paragraph => new Paragraph({ text, heading: HeadingLevel.TITLE });
const heading = (level: 1 | 2 | 3 | 4, text: string): Paragraph =>
  new Paragraph({ text, heading: HeadingLevel[`HEADING_${level}`] });
const p = (...parts: readonly (string | ParagraphChild)[]): Paragraph =>
  new Paragraph({ children: parts.map((part) => (typeof part === "string" ? new TextRun(part) : part)) });
const styled = (style: string, text: string): Paragraph => new Paragraph({ style, text });
const cell = (text: string, more: { columnSpan?: number; rowSpan?: number } = {}): TableCell =>
  new TableCell({ ...more, children: [p(text)] });
const row = (tableHeader: boolean, ...children: TableCell[]): TableRow => new TableRow({ tableHeader, children });
const change = { author: "Almut", date: "2026-01-01T00:00:00Z" };
const ownStyle = (name: string) => ({ id: name, name, basedOn: "Normal" });

const listed = (reference: string, level: number, text: string): Paragraph =>
  new Paragraph({ text, numbering: { reference, level } });
const levels = (format: (typeof LevelFormat)[keyof typeof LevelFormat]) =>
  [0, 1, 2].map((level) => ({
    ...{ level, format, text: format === LevelFormat.BULLET ? "•" : `%${level + 1}.` },
    style: { paragraph: { indent: { left: 400 * (level + 1), hanging: 300 } } },
  }));
const numbering = {
  config: [
    { reference: "punkte", levels: levels(LevelFormat.BULLET) },
    { reference: "schritte", levels: levels(LevelFormat.DECIMAL) },
  ],
};

export const writtenWithDocx: readonly WrittenWithDocx[] = [
  {
    name: "docx-headings",
    notes: ["word-person"],
    write: written([
      title("Über die Brücke nach Ölsnitz"),
      heading(1, "Was gebaut wird"),
      p("Die Gemeinde baut seit Mai an der Brücke. Straßen, Gehwege und Ufer werden größer."),
      heading(2, "Wer es bezahlt"),
      p("Ein Drittel trägt der Freistaat 🌉 und den Rest das Straßenbauamt; 1.250.000 € sind bewilligt."),
      heading(3, "Der Zeitplan"),
      p("Im Herbst ist die Brücke fertig, sagt die Bürgermeisterin."),
      heading(4, "Und danach"),
      p("Danach folgt der Radweg durch das Müglitztal."),
    ]),
  },
  {
    name: "docx-lists",
    notes: ["word-person"],
    write: written(
      [
        title("Was man mitbringt"),
        p("Wer zum Arbeitseinsatz kommt, denkt bitte an diese Dinge:"),
        listed("punkte", 0, "Handschuhe"),
        listed("punkte", 1, "aus Leder"),
        listed("punkte", 2, "oder aus festem Stoff"),
        listed("punkte", 1, "in der richtigen Größe"),
        listed("punkte", 0, "Gummistiefel"),
        p("Und so läuft der Tag ab:"),
        listed("schritte", 0, "Treffen am Gerätehaus"),
        listed("schritte", 1, "Einteilung der Gruppen"),
        listed("schritte", 0, "Arbeit am Deich"),
        p("Am Abend gibt es Suppe für alle, die geholfen haben."),
      ],
      { numbering },
    ),
  },
  {
    name: "docx-tables",
    notes: ["word-merged-cells", "word-person"],
    write: written([
      title("Der Haushalt in Zahlen"),
      p("Der Rat hat den Haushalt im Dezember beschlossen. Die Tabelle zeigt die größten Posten."),
      new Table({
        rows: [
          row(true, cell("Posten"), cell("Ansatz"), cell("Bemerkung")),
          row(false, cell("Kindergarten"), cell("412.000"), cell("neue Gruppe", { rowSpan: 2 })),
          row(false, cell("Schule"), cell("298.500")),
          row(false, cell("Zusammen mit allen Zuschüssen", { columnSpan: 2 }), cell("ohne Umlage")),
        ],
      }),
      p("Im Frühjahr wird nachgesteuert, wenn die Steuerschätzung vorliegt."),
    ]),
  },
  {
    name: "docx-footnotes",
    notes: ["word-person"],
    write: written(
      [
        title("Woher die Zahlen kommen"),
        p("Die Einwohnerzahl sinkt langsamer", new FootnoteReferenceRun(1), " als noch vor zehn Jahren."),
        p("Der Zuzug", new EndnoteReferenceRun(1), " gleicht den Rest beinahe aus", new FootnoteReferenceRun(2), "."),
      ],
      {
        footnotes: {
          1: { children: [p("Statistisches Landesamt, Bericht vom Juni.")] },
          2: { children: [p("Eigene Zählung der Gemeinde.")] },
        },
        endnotes: { 1: { children: [p("Ohne Nebenwohnsitze gerechnet.")] } },
      },
    ),
  },
  {
    name: "docx-links",
    notes: ["word-link", "word-person"],
    write: written([
      title("Wo man mehr erfährt"),
      p(
        "Die Satzung steht ",
        new ExternalHyperlink({
          link: "https://www.auenrode.example/satzung",
          children: [new TextRun("im Ortsrecht")],
        }),
        ", Fragen beantwortet ",
        new ExternalHyperlink({ link: "mailto:amt@auenrode.example", children: [new TextRun("das Bauamt")] }),
        " gern.",
      ),
      p(
        "Wie man widerspricht, ",
        new InternalHyperlink({ anchor: "frist", children: [new TextRun("steht unten")] }),
        ".",
      ),
      p(
        new ExternalHyperlink({ link: "file:///C:/plan.pdf", children: [new TextRun("Der Plan")] }),
        " hängt im Rathaus aus.",
      ),
      p(new Bookmark({ id: "frist", children: [new TextRun("Die Frist")] }), " beträgt einen Monat ab Zustellung."),
    ]),
  },
  {
    name: "docx-quotes-and-pictures",
    notes: ["word-person"],
    leftOut: ["Foto"],
    write: written(
      [
        title("Ein Bus am Sonntag"),
        p("Seit Mai fährt der Rufbus auch sonntags. Die Fahrgäste freut es, und die Zentrale hat gut zu tun."),
        new Paragraph({
          children: [
            new ImageRun({
              ...{ type: "jpg", data: photoOfBusStop(), transformation: { width: 320, height: 200 } },
              altText: { name: "Bild 3", description: "Eine Haltestelle im Abendlicht", title: "" },
            }),
          ],
        }),
        styled("Bildunterschrift", "Am Anger hält der Bus auf Wunsch."),
        styled("Bildnachweis", "Foto: Gemeinde Auenrode"),
        styled("Zitat", "Sonntags war ich seit Jahren nicht mehr in der Stadt."),
        p("Bestellt wird er telefonisch, eine Stunde vor der Fahrt."),
      ],
      { styles: { paragraphStyles: ["Bildunterschrift", "Bildnachweis", "Zitat"].map(ownStyle) } },
    ),
  },
  {
    name: "docx-text-boxes",
    notes: ["word-box", "word-person"],
    overlooked: ["Einmal", "im", "Jahr", "gehört", "jeder", "Melder", "geprüft"],
    write: written([
      title("Was die Feuerwehr rät"),
      p("Rauchmelder retten Leben, und sie kosten weniger als ein Abendessen."),
      new Textbox({
        style: { width: "200pt", height: "80pt" },
        children: [p("Einmal im Jahr gehört jeder Melder geprüft.")],
      }),
      p("Wer unsicher ist, fragt bei der Wehr im Ort nach."),
    ]),
  },
  {
    name: "docx-changes-and-comments",
    notes: ["word-changes", "word-comments", "word-person"],
    write: written(
      [
        title("Der neue Spielplatz"),
        p(
          "Der Spielplatz wird ",
          new DeletedTextRun({ text: "voraussichtlich ", id: 1, ...change }),
          new InsertedTextRun({ text: "am ersten Juni ", id: 2, ...change }),
          "eröffnet, und alle Kinder sind eingeladen.",
        ),
        p(
          new CommentRangeStart(0),
          "Es gibt Eis",
          new CommentRangeEnd(0),
          new TextRun({ children: [new CommentReference(0)] }),
          " und eine Hüpfburg, sagt der Förderverein.",
        ),
      ],
      { comments: { children: [{ id: 0, author: "Almut", date: new Date(0), children: [p("Wirklich umsonst?")] }] } },
    ),
  },
  {
    name: "docx-hidden-and-fields",
    notes: ["word-contents", "word-furniture", "word-hidden", "word-page-break", "word-person"],
    leftOut: ["heimlich", "vermerkt"],
    write: async () =>
      Uint8Array.from(
        await Packer.toBuffer(
          new Document({
            creator,
            sections: [
              {
                headers: { default: new Header({ children: [p("Entwurf der Kanzlei")] }) },
                footers: {
                  default: new Footer({ children: [p(new TextRun({ children: ["Seite ", PageNumber.CURRENT] }))] }),
                },
                children: [
                  title("Die Satzung über das Wasser"),
                  new TableOfContents("Inhalt"),
                  heading(1, "Gebühren"),
                  p("Die Gebühr steigt ", new TextRun({ text: "heimlich vermerkt ", vanish: true }), "um vier Cent."),
                  p(new PageBreak(), "Sie gilt für alle Haushalte im Verbandsgebiet."),
                ],
              },
            ],
          }),
        ),
      ),
  },
  {
    name: "docx-signs-and-languages",
    notes: ["word-language", "word-person"],
    write: written(
      [
        title("Willkommen in vielen Sprachen"),
        p(
          "Am Eingang steht ",
          new TextRun({ text: "مرحبا بكم", rightToLeft: true, language: { value: "de-DE", bidirectional: "ar-SA" } }),
          " neben dem deutschen Gruß.",
        ),
        p(
          "Für Gäste aus England: ",
          new TextRun({ text: "Please ring twice and wait.", language: { value: "en-GB" } }),
          " So steht es an der Tür.",
        ),
        p(
          "Donau",
          new TextRun({ children: [new SoftHyphen()] }),
          "dampf",
          new TextRun({ children: [new SoftHyphen()] }),
          "schiff, E",
          new TextRun({ children: [new NoBreakHyphen()] }),
          "Mail und z.\u00A0B. 10\u00A0% 🚲",
        ),
        p("Name:", new TextRun({ children: [new Tab(), "Anschrift"] }), new TextRun({ text: "Ort und Tag", break: 1 })),
        new Paragraph({ children: [new CheckBox({ checked: true }), new TextRun(" Ich komme mit meiner Familie.")] }),
        p(
          "H",
          new TextRun({ text: "2", subScript: true }),
          "O und m",
          new TextRun({ text: "2", superScript: true }),
          " sind keine Geheimnisse, 5. ",
          new TextRun({ text: "Klasse", bold: true }),
          "n wissen das.",
        ),
      ],
      { styles: { default: { document: { run: { language: { value: "de-DE" } } } } } },
    ),
  },
];
