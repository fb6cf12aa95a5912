import { AlignmentType, Document, ImageRun, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";

/** As most people write: no style anywhere, what is meant as a heading is bold, and the photo's maker stands below it. */

const text = (...words: string[]): Paragraph[] => words.map((each) => new Paragraph({ text: each }));
const bold = (words: string, size?: number): Paragraph =>
  new Paragraph({ children: [new TextRun({ text: words, bold: true, size })] });

const cell = (words: string, isAmount: boolean): TableCell =>
  new TableCell({
    children: [new Paragraph({ text: words, alignment: isAmount ? AlignmentType.RIGHT : AlignmentType.LEFT })],
  });
const table = (...rows: string[][]): Table =>
  new Table({
    rows: rows.map(
      (cells, index) =>
        new TableRow({ tableHeader: index === 0, children: cells.map((words, at) => cell(words, at > 0)) }),
    ),
  });

/** @param small the photo as Word keeps it: smaller than the one that lies beside the file */
export const schuldach = (small: Buffer): Document =>
  new Document({
    sections: [
      {
        children: [
          bold("Das Dach, das seine Reparatur bezahlt", 36),
          new Paragraph({ text: "Von Dr. Ayşe Demir-Lehnert, Kämmerin der Stadt Großwehlen" }),
          ...text(
            "Das Dach der Grundschule war von 1978 und ließ sich nicht mehr flicken. Das Angebot für ein neues lautete auf 486 000 Euro. Im Haushalt standen dafür 300 000. Wir haben die Lücke mit Strom geschlossen. Wie das geht, passt auf eine Seite, und darum soll es hier auch auf einer stehen.",
          ),
          new Paragraph({
            children: [
              new ImageRun({
                type: "jpg",
                data: small,
                transformation: { width: 480, height: 300 },
                altText: {
                  name: "dach.jpg",
                  title: "",
                  description:
                    "Ein Mensch mit Schutzhelm befestigt Solarmodule auf einem großen Schuldach, dahinter die Häuser und der Kirchturm der Stadt",
                },
              }),
            ],
          }),
          new Paragraph({ text: "Die letzten Module kamen in den Herbstferien auf das Dach. Foto: Stadt Großwehlen" }),
          bold("Die Rechnung"),
          ...text(
            "Die Anlage hat 137 Kilowatt. Zwei Drittel des Stroms verbraucht die Schule gemeinsam mit der Turnhalle und der Kläranlage nebenan, der Rest wird verkauft. Die Kläranlage ist der entscheidende Teil: Sie läuft auch in den Ferien. So sieht ein Jahr auf dem Schuldach aus, in Euro:",
          ),
          table(
            ["", "Einnahme", "Ausgabe"],
            ["Ersparter Strombezug", "24 100", ""],
            ["Verkaufter Strom", "3 600", ""],
            ["Zins und Tilgung", "", "19 400"],
            ["Wartung und Versicherung", "", "2 900"],
            ["Überschuss", "5 400", ""],
          ),
          ...text(
            "Der Kredit läuft über zwölf Jahre. Danach bleiben der Stadt nach heutigem Preis rund 24 000 Euro im Jahr. Steigt der Strompreis, wird es mehr. Sinkt er unter 14 Cent, rechnet sich die Anlage nicht; auch das stand in der Vorlage.",
          ),
          bold("Die Aufsicht"),
          ...text(
            "Weil wir im Jahr davor kein ausgeglichenes Ergebnis hatten, musste die Rechtsaufsicht zustimmen. Sie hat zwei Dinge verlangt: einen Nachweis, dass das Dach ohnehin fällig war, und eine Rücklage für den Wechselrichter. Beides war vernünftig. Vom Antrag bis zum Bescheid vergingen neun Wochen.",
          ),
          bold("Und die Kinder"),
          ...text(
            "Im Foyer hängt eine Anzeige, die zeigt, was das Dach gerade leistet. Die dritte Klasse führt darüber Buch. Im Januar hat sie uns einen Brief geschrieben: Der Schnee müsse herunter, es fehlten 40 Kilowattstunden. Der Hausmeister hat geantwortet, dass er nicht auf das Dach steigt. Die Klasse hat das eingesehen und ausgerechnet, dass es bis zum Abend ohnehin taut. Sie behielt recht.",
          ),
        ],
      },
    ],
  });
