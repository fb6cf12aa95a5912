import { Document, ExternalHyperlink, ImageRun, Paragraph, TextRun } from "docx";

/** As somebody writes who knows Word: every paragraph has the style it is meant as, under its German name. */

const style = (name: string, bold = false) => ({ id: name, name, basedOn: "Normal", run: { bold } });
const paragraphStyles = ["Dachzeile", "Vorspann", "Autor", "Funktion", "Bildunterschrift", "Bildnachweis"].map((name) =>
  style(name),
);

const said = (style: string, text: string): Paragraph => new Paragraph({ style, text });
const heading = (text: string): Paragraph => new Paragraph({ style: "Heading1", text });
const text = (...words: string[]): Paragraph[] => words.map((each) => new Paragraph({ text: each }));
const link = (label: string, url: string): Paragraph =>
  new Paragraph({
    children: [new ExternalHyperlink({ link: url, children: [new TextRun({ text: label, style: "Hyperlink" })] })],
  });

/** @param small the photo as Word keeps it: smaller than the one that lies beside the file */
export const bruecke = (small: Buffer): Document =>
  new Document({
    styles: { paragraphStyles },
    sections: [
      {
        children: [
          said("Dachzeile", "Zusammenarbeit"),
          said("Title", "Zwei Städte, eine Brücke, kein Streit mehr"),
          said(
            "Vorspann",
            "Die Grenze zwischen Auenrode und Großwehlen verläuft durch den dritten Pfeiler. Seit einem Jahr kümmert sich ein gemeinsamer Zweckverband um die Brücke, und sie wird tatsächlich gestrichen.",
          ),
          said("Autor", "Paweł Nowicki-Großer"),
          said("Funktion", "Geschäftsführer des Zweckverbandes Elbbrücke"),
          new Paragraph({
            children: [
              new ImageRun({
                type: "jpg",
                data: small,
                transformation: { width: 480, height: 300 },
                altText: {
                  name: "bruecke.jpg",
                  title: "",
                  description:
                    "Eine Steinbrücke mit vier Bögen, zwei Menschen fahren auf Rädern aufeinander zu, die Sonne steht halb hinter der Brücke und halb in einem Bogen",
                },
              }),
            ],
          }),
          said("Bildunterschrift", "Die Stadtgrenze liegt im dritten Pfeiler. Zu sehen ist sie nicht."),
          said("Bildnachweis", "Zweckverband Elbbrücke"),
          ...text(
            "Das ist seit 1891 so, und es hatte Folgen: Der Winterdienst wendete in der Mitte. Die Laternen auf der einen Seite leuchteten gelb, auf der anderen weiß. Wer auf der Brücke stürzte, musste zuerst klären, in welcher Stadt er lag.",
            "Seit Januar 2025 gibt es den Zweckverband Elbbrücke. Er hat eine halbe Stelle, einen Schreibtisch im alten Brückenwärterhaus und einen Haushalt von 214 000 Euro. Beide Städte zahlen nach Einwohnern, also Auenrode 38 und Großwehlen 62 Hundertstel.",
          ),
          heading("Was sich geändert hat"),
          ...text(
            "Gestreut wird jetzt in einem Zug, von wem auch immer der Wagen gerade frei ist. Die Laternen sind alle gelb; darüber wurde abgestimmt, es ging 11 zu 9 aus. Für die Prüfung der Bögen haben wir einen Vertrag statt zweier, das spart im Jahr rund 7 000 Euro. Mit diesem Geld wird das Geländer gestrichen, zum ersten Mal seit 1994 auf ganzer Länge.",
            "Am meisten hat sich dort geändert, wo wir es nicht erwartet hatten. Weil die beiden Bauämter nun alle vierzehn Tage miteinander sprechen, haben sie im Herbst ihre Straßenbaustellen abgestimmt. Früher waren regelmäßig beide Zufahrten zugleich gesperrt.",
          ),
          heading("Woran es beinahe gescheitert wäre"),
          ...text(
            "An der Haftung. Großwehlen wollte nicht für Schäden einstehen, die aus der Zeit vor dem Verband stammen. Geholfen hat ein Gutachten, das den Zustand jedes Pfeilers auf einer Seite beschreibt, mit einem Foto und der Unterschrift beider Bürgermeister. Es hat 9 300 Euro gekostet und drei Jahre Streit beendet.",
            "Wer Ähnliches vorhat, dem rate ich zu drei Sätzen in der Satzung: Die Kosten folgen den Einwohnern. Der Vorsitz wechselt jedes Jahr. Und wer austreten will, sagt es drei Jahre vorher. Den Rest regelt der Alltag.",
          ),
          heading("Weitere Informationen"),
          link("Satzung und Zustandsbericht", "https://elbbruecke.example/satzung"),
          link("Zweckverband Elbbrücke", "mailto:post@elbbruecke.example"),
        ],
      },
    ],
  });
