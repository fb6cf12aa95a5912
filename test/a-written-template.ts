import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { paths } from "../core/publication.ts";
import { type Language, words } from "../core/words.ts";

type Bytes = ReturnType<typeof strToU8>;

const root = join(import.meta.dirname, "..");

/** The file as it lies in the repository. */
export const template = (language: Language): Uint8Array =>
  readFileSync(join(root, "templates/word", paths[language].template));

type Place = keyof ReturnType<typeof words>["template"]["place"];
export type Written = Readonly<Record<Place, string>>;

/** What Jördis Mühlbach wrote over each sentence of the German template. */
export const written: Written = {
  kicker: "Nahverkehr",
  title: "Der Rufbus kommt jetzt auch sonntags",
  lead: "Seit Mai fährt der Rufbus an sieben Tagen. Wer ihn braucht, ruft eine Stunde vorher an.",
  author: "Jördis Mühlbach",
  office: "Bürgermeisterin von Auenrode",
  alt: "Eine Haltestelle am Dorfrand, ein Bus kommt um die Kurve",
  caption: "Die Haltestelle am Anger wird auf Wunsch angefahren.",
  credit: "Foto: Gemeinde Auenrode",
  opening: "Bisher stand der Bus am Wochenende still. Im Rat war das jahrelang ein Thema, und nun ist es keines mehr.",
  heading: "Wie man ihn bestellt",
  text: "Ein Anruf genügt, denn die Zentrale ist von früh bis spät besetzt und kennt jede Haltestelle im Tal.",
  bullet: "Anruf bis eine Stunde vorher",
  nextBullet: "Abfahrt zur vollen Stunde",
  quote: "„Ich bin seit Jahren nicht mehr sonntags in der Stadt gewesen.“",
  subheading: "Schritt für Schritt",
  step: "Die Zentrale anrufen",
  nextStep: "An der Haltestelle warten",
  column: "Strecke",
  nextColumn: "Fahrgäste",
  cell: "Auenrode nach Niederlommatz",
  nextCell: "214",
  boxTitle: "Was er kostet",
  boxText: "Eine Fahrt kostet so viel wie im Linienbus, und wer eine Monatskarte hat, zahlt nichts dazu.",
  contactTitle: "Kontakt und Links",
  contact: "Zentrale: Telefon 035268 12340, rufbus@auenrode.example",
  link: "Fahrplan: https://www.auenrode.example/rufbus",
};

/** A template with words of its author in the place of ours; what they leave out stays as it was. */
export function writtenOver(file: Uint8Array, language: Language, by: Partial<Written>, photo?: Bytes): Bytes {
  const parts = unzipSync(file);
  const { place } = words(language).template;
  let text = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
  for (const [name, own] of Object.entries(by)) text = text.replaceAll(`${place[name as Place]}<`, `${own}<`);
  if (by.alt !== undefined) text = text.replaceAll(`descr="${place.alt}"`, `descr="${by.alt}"`);
  parts["word/document.xml"] = strToU8(text);
  if (photo) parts["word/media/image1.jpg"] = photo;
  return zipSync(parts);
}

export const photoOfBusStop = (): Bytes =>
  Uint8Array.from(readFileSync(join(root, "local/sample/elblandbote/articles/rufbus/haltestelle.jpg")));
