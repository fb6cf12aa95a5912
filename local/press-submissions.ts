import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { decoded } from "../core/article/encoding.ts";
import { isRefused } from "../core/article/manuscript.ts";
import { isPrintable, pictureTypeNamed } from "../core/article/picture-type.ts";
import { submissionId } from "../core/article/submission.ts";
import { textFormatNamed } from "../core/article/text-format.ts";
import { type Note, note, Refusal } from "../core/refusal.ts";
import { wordInWorker } from "./word-in-worker.ts";

/** What lies in a folder as authors send it: a folder for each article, or texts side by side with their pictures. */

export interface PressSubmission {
  readonly id: string;
  readonly files: readonly HandedFile[];
}
interface HandedFile {
  readonly name: string;
  readonly body: Uint8Array;
}
export interface Found {
  readonly submissions: readonly PressSubmission[];
  readonly notes: readonly Note[];
}

/** @param folders which folders inside are articles: all of them, those with a text in them, or none */
export async function readSubmissions(folder: string, folders: "all" | "with a text" | "none"): Promise<Found> {
  const entries = await entriesOf(folder);
  const inside = folders === "none" ? [] : await readFolders(folder, entries, folders === "with a text");
  const loose = await readLoose(folder, filesAmong(entries));
  const submissions = [...inside, ...loose.submissions].filter(({ files }) => files.length > 0);
  return { submissions: submissions.sort((a, b) => (a.id < b.id ? -1 : 1)), notes: loose.notes };
}

/** Without what operating systems and Word leave beside the files people mean. */
const entriesOf = async (folder: string): Promise<Dirent[]> =>
  (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !/^(\.|~\$)/.test(name));
const filesAmong = (entries: readonly Dirent[]): string[] =>
  entries.filter((entry) => entry.isFile()).map(({ name }) => name);

const notForPrint = /^(readme|liesmich)\./i;
const isText = (name: string): boolean => textFormatNamed(name) !== undefined && !notForPrint.test(name);
const isPicture = (name: string): boolean => pictureTypeNamed(name) !== undefined;
/** A drawing beside a text may be anything; one the text names is the author's, and ingest says what is wrong with it. */
const isPrinted = (name: string): boolean => isPrintable(pictureTypeNamed(name) ?? "unknown");

async function readFolders(
  folder: string,
  entries: readonly Dirent[],
  onlyWithText: boolean,
): Promise<PressSubmission[]> {
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const made = await Promise.all(
    folders.map(async (name) => {
      const names = filesAmong(await entriesOf(join(folder, name))).sort();
      const isArticle = !onlyWithText || names.some(isText);
      return { id: idOf(name), files: isArticle ? await readAll(join(folder, name), names) : [] };
    }),
  );
  return made;
}

/** Texts side by side: each takes along the pictures it names, a single one all of them. */
async function readLoose(folder: string, names: readonly string[]): Promise<Found> {
  const pictures = names.filter(isPicture);
  const texts = await readAll(folder, names.filter(isText));
  const claimed = new Set<string>();
  const submissions: PressSubmission[] = [];
  for (const text of texts) {
    const own = texts.length === 1 ? await ownOf(text, pictures) : await namedIn(text, pictures);
    for (const picture of own) claimed.add(picture);
    const id = idOf(basename(text.name, extname(text.name)));
    submissions.push({ id, files: [text, ...(await readAll(folder, own))] });
  }
  const left = texts.length < 2 ? [] : pictures.filter((picture) => !claimed.has(picture));
  return { submissions, notes: left.map((name) => note("photo-unclaimed", { name: name.normalize("NFC") })) };
}

/** Whatever can be printed, and what it names besides. */
async function ownOf(text: HandedFile, pictures: readonly string[]): Promise<string[]> {
  const drawn = pictures.filter((picture) => !isPrinted(picture));
  const named = await namedIn(text, drawn);
  return pictures.filter((picture) => isPrinted(picture) || named.includes(picture));
}

async function namedIn(text: HandedFile, pictures: readonly string[]): Promise<string[]> {
  if (pictures.length === 0) return [];
  const { words, inside } = await mentionedIn(text);
  return pictures.filter(
    (picture) => words.includes(picture.normalize("NFC").toLowerCase()) || inside.has(stemOf(picture)),
  );
}

/** The words of a text, and the names of the pictures that lie in it. A Word file that cannot be read is refused later, with its reason. */
async function mentionedIn({ name, body }: HandedFile): Promise<{ words: string; inside: ReadonlySet<string> }> {
  if (textFormatNamed(name) !== "word")
    return { words: decoded(body).normalize("NFC").toLowerCase(), inside: new Set() };
  const read = await wordInWorker()(name, body, async ({ reading }) => reading).catch((refusal: unknown) => {
    if (refusal instanceof Refusal) return [refusal];
    throw refusal;
  });
  if (isRefused(read)) return { words: "", inside: new Set() };
  const inside = new Set(read.pictures.map((picture) => stemOf(picture.name)));
  return { words: JSON.stringify(read.text).normalize("NFC").toLowerCase(), inside };
}

const stemOf = (name: string): string =>
  name
    .replace(/\.[^.]+$/, "")
    .normalize("NFC")
    .toLowerCase();

const readAll = (folder: string, names: readonly string[]): Promise<HandedFile[]> =>
  Promise.all(names.map(async (name) => ({ name: name.normalize("NFC"), body: await readFile(join(folder, name)) })));

/** "Bericht (neu).docx" is a name people give; a submission's has letters, digits and a few signs. */
function idOf(name: string): string {
  const given = name.normalize("NFC");
  if (submissionId.safeParse(given).success) return given;
  return given
    .replace(/[^\p{L}\p{N} ._-]+/gu, " ")
    .replace(/^[^\p{L}\p{N}]+|\s+$/gu, "")
    .replace(/\s+/g, " ");
}
