import { type Note, note, Refusal, type RefusalCode } from "../refusal.ts";
import { demandTextSize } from "./encoding.ts";
import { demandWordSize } from "./manuscript.ts";
import { demandPictureSize } from "./picture-size.ts";
import { pictureTypeNamed } from "./picture-type.ts";
import { fileNameOf, type ListedFile } from "./submission.ts";
import { type TextFormat, textFormatNamed } from "./text-format.ts";

/** Which file of a submission is the text and which are pictures. */
export interface Sorted {
  /** Undefined while it has not come. */
  readonly text: SubmittedFile | undefined;
  readonly format: TextFormat;
  readonly pictures: readonly SubmittedFile[];
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
}
/** A file by the name it is known by (NFC, one segment) and the one it is stored under. */
export interface SubmittedFile extends ListedFile {
  readonly stored: string;
}

/** Texts Kurier does not read, each with the sentence that gets its author further. */
const otherTexts: readonly { readonly named: RegExp; readonly refusal: RefusalCode }[] = [
  { named: /\.(docm|dotx|dotm|dot)$/i, refusal: "plain-docx" },
  { named: /\.(doc|odt|ott|fodt|rtf|wps)$/i, refusal: "save-as-docx" },
  { named: /\.pages$/i, refusal: "pages-export" },
  { named: /\.pdf$/i, refusal: "pdf-text" },
  { named: /\.gdoc$/i, refusal: "google-document" },
  { named: /\.(html?|tex|epub)$/i, refusal: "save-as-text" },
];
/** What operating systems leave beside the files people mean. */
const litter = /^(\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX)/i;

/** A long article has twenty pictures; more than these, and ingest would not be done in its time. */
const mostFiles = 100;

/** Sorts by name and size alone: no file has been read yet. */
export function sortFiles(files: readonly ListedFile[]): Sorted {
  if (files.length > mostFiles) {
    const refusals = [new Refusal("too-many-files", { files: files.length, most: mostFiles })];
    return { text: undefined, format: "text", pictures: [], notes: [], refusals };
  }
  const notes: Note[] = [];
  const refusals: Refusal[] = [];
  const known = namedFiles(files, notes, refusals);
  const texts = known.filter(({ name }) => textFormatNamed(name) !== undefined);
  const pictures = known.filter(({ name }) => pictureTypeNamed(name) !== undefined);
  const others = known.filter((file) => !texts.includes(file) && !pictures.includes(file));
  for (const { name } of others) {
    if (texts.length > 0) notes.push(note("file-set-aside", { name }));
    else refusals.push(refusalOf(name));
  }
  if (texts.length > 1) refusals.push(new Refusal("two-texts", { names: texts.map(({ name }) => name).join(", ") }));
  const [text] = texts;
  collect(refusals, [
    ...(text ? [() => demandSize(text)] : []),
    ...pictures.map(
      ({ name, bytes }) =>
        () =>
          demandPictureSize(name, bytes),
    ),
  ]);
  return { text, format: (text && textFormatNamed(text.name)) ?? "text", pictures, notes, refusals };
}

const demandSize = ({ name, bytes }: SubmittedFile): void =>
  textFormatNamed(name) === "word" ? demandWordSize(name, bytes) : demandTextSize(name, bytes);

/** A folder inside the submission is left out of the name; a way out of it is no name at all. */
function namedFiles(files: readonly ListedFile[], notes: Note[], refusals: Refusal[]): SubmittedFile[] {
  const known = new Map<string, SubmittedFile>();
  for (const file of files) {
    const segments = file.name.split(/[/\\]/);
    const name = fileNameOf(encodeURIComponent(segments.at(-1) ?? ""));
    if (name !== undefined && segments.some((segment) => litter.test(segment) && segment !== "..")) continue;
    if (name === undefined || segments.includes("..")) {
      if (file.name !== "" && !file.name.endsWith("/"))
        refusals.push(new Refusal("file-name", { name: printable(file.name) }));
      continue;
    }
    const twin = known.get(name);
    if (twin && twin.etag !== file.etag) refusals.push(new Refusal("two-files-one-name", { name }));
    if (segments.length > 1) notes.push(note("file-in-folder", { name }));
    if (!twin) known.set(name, { ...file, name, stored: file.name });
  }
  return [...known.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

const printable = (name: string): string => name.replace(/\p{Cc}/gu, "�").slice(0, 200);

const refusalOf = (name: string): Refusal =>
  new Refusal(otherTexts.find(({ named }) => named.test(name))?.refusal ?? "file-type", { name });

/** Runs every check and keeps what each refuses. */
export function collect(refusals: Refusal[], checks: readonly (() => void)[]): void {
  for (const check of checks) {
    try {
      check();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      refusals.push(refusal);
    }
  }
}
