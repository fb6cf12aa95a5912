import { maxTextBytes } from "../../core/article/encoding.ts";
import { placeFor } from "../../core/article/free-name.ts";
import { acceptedFiles, mostFileBytes, type Offered, pastedName, welcome } from "../../core/article/offered.ts";
import type { ListedFile } from "../../core/article/submission.ts";
import { textFormatNamed } from "../../core/article/text-format.ts";
import { safeName } from "../../core/mail/enclosures.ts";
import { type Details, Refusal, type RefusalCode } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud, UploadForm } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { submissionFolder } from "../records/paths.ts";
import { listFiles, readSubmission, type Submission } from "../records/submissions.ts";
import { demandOpen } from "./hand-in-open.ts";
import { thingOf, typeOf } from "./submissions.ts";

/** Bringing files to a submission that was begun: they go straight to storage, and are read when they arrive. */

export { acceptedFiles };
export interface HandInPlace {
  readonly publication: string;
  readonly submission: string;
}

/** Long enough for forty photos by a village's line. */
const formSeconds = 3600;

/** @throws Refusal `no-submission`, `not-allowed`, `hand-in-closed` */
export async function requireOwn(cloud: Cloud, person: Person, place: HandInPlace): Promise<Submission> {
  const row = await readSubmission(cloud, place.publication, place.submission);
  if (!row) throw new Refusal("no-submission", { submission: place.submission });
  demand(person, "submit", thingOf(place.publication, place.submission, row));
  await demandOpen(cloud, person, place);
  return row;
}

/**
 * A form for one file of any name, for browsers without script.
 *
 * @param backTo the page it leads back to, whole
 * @throws Refusal as {@link requireOwn}
 */
export async function formForOne(
  cloud: Cloud,
  person: Person,
  place: HandInPlace,
  backTo: string,
): Promise<UploadForm> {
  await requireOwn(cloud, person, place);
  const options = { maxBytes: mostFileBytes, type: "application/octet-stream", seconds: formSeconds, backTo };
  return cloud.files.uploadForm({ folder: submissionFolder(place.publication, place.submission) }, options);
}

/** What becomes of a file that was offered: a form for it, or why there is none. */
export type Answered = { readonly name: string } & (
  | { readonly form: UploadForm; readonly stored: string }
  | { readonly isThere: true }
  | { readonly refused: { readonly code: RefusalCode; readonly details: Details } }
);
interface Bringing {
  readonly files: readonly Offered[];
  /** What got a form of this page before and may not lie there yet. */
  readonly onTheWay: readonly Offered[];
}

/** As many as a submission may have. */
export const mostOffered = 100;

/**
 * A form for each file a script wants to bring, in their order.
 *
 * @throws Refusal as {@link requireOwn}, `too-many-files`
 */
export async function formsFor(
  cloud: Cloud,
  person: Person,
  place: HandInPlace,
  { files, onTheWay }: Bringing,
): Promise<Answered[]> {
  const row = await requireOwn(cloud, person, place);
  if (files.length > mostOffered) throw new Refusal("too-many-files", { files: files.length, most: mostOffered });
  const folder = submissionFolder(place.publication, place.submission);
  const standing: Offered[] = [...(await listFiles(cloud, place.publication, place.submission)), ...onTheWay];
  const refused = row.state === "refused" ? row.refusals.map(({ details }) => String(details.name)) : [];
  const answers: Answered[] = [];
  for (const file of files) {
    const answer = await answered(cloud, folder, file, (one) => placeFor(one, standing, new Set(refused)));
    if ("stored" in answer) standing.push({ name: answer.stored, bytes: file.bytes });
    answers.push(answer);
  }
  return answers;
}

async function answered(
  cloud: Cloud,
  folder: string,
  file: Offered,
  placeOf: (file: Offered) => string | undefined,
): Promise<Answered> {
  try {
    const { name, type, maxBytes } = welcome(file);
    const stored = placeOf({ name, bytes: file.bytes });
    if (stored === undefined) return { name: file.name, isThere: true };
    const form = await cloud.files.uploadForm(folder + stored, { maxBytes, type, seconds: formSeconds });
    return { name: file.name, stored, form };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { name: file.name, refused: { code: refusal.code, details: refusal.details } };
  }
}

// ── pasted words ─────────────────────────────────────────────────────────────────────────────────

export interface Pasted {
  readonly text: string;
  /** The text that stood there when it was pasted, by its etag; "" where none did. */
  readonly seen: string;
}

/**
 * Makes pasted words the text of a submission; a text that stood there gives way, for an article has one.
 *
 * @throws Refusal as {@link requireOwn}, `nothing-pasted`, `text-too-large`, `other-text` when another text came meanwhile
 */
export async function pasteText(cloud: Cloud, person: Person, place: HandInPlace, pasted: Pasted): Promise<void> {
  const row = await requireOwn(cloud, person, place);
  const { name, text } = readPasted(pasted.text, row.desk?.title);
  const standing = textsIn(await listFiles(cloud, place.publication, place.submission));
  const [first] = standing;
  if ((first?.etag ?? "") !== pasted.seen) throw new Refusal("other-text", { name: first?.name ?? name });
  const folder = submissionFolder(place.publication, place.submission);
  await cloud.files.write(folder + name, text, { type: typeOf(name) });
  // What it takes the place of goes last: ingest never finds the submission without a text.
  const replaced = standing.filter((file) => file.name !== name);
  await cloud.files.remove(replaced.map((file) => folder + file.name));
  if (replaced.length > 0) await lookAgain(cloud, folder + name);
  const thing = thingOf(place.publication, place.submission, row);
  await cloud.table.write([actRow(cloud.clock, person, "submit", thing, { files: 1 })]);
}

/**
 * Pasted words as a file of a submission.
 *
 * @param title what the submission is called
 * @throws Refusal `nothing-pasted`, `text-too-large`
 */
export function readPasted(pasted: string, title = ""): { readonly name: string; readonly text: string } {
  const text = `${pasted.toWellFormed().replaceAll("\r\n", "\n").trim()}\n`;
  if (text.trim() === "") throw new Refusal("nothing-pasted");
  const name = pastedName(safeName(title), text);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxTextBytes) throw new Refusal("text-too-large", { name, megabytes: Math.ceil(bytes / 1e6) });
  return { name, text };
}

/** The texts among files, in the order they are listed; a submission that can be read has one. */
export const textsIn = <T extends Pick<ListedFile, "name">>(files: readonly T[]): T[] =>
  files.filter(({ name }) => textFormatNamed(name) !== undefined);

// ── taking away ──────────────────────────────────────────────────────────────────────────────────

/**
 * Takes a file out of a submission again. The last one stays: a submission without any is none.
 *
 * @param file as it was shown: one that was replaced since is another
 * @throws Refusal as {@link requireOwn}, `last-file`, `file-gone`
 */
export async function removeFile(
  cloud: Cloud,
  person: Person,
  place: HandInPlace,
  file: Pick<ListedFile, "name" | "etag">,
): Promise<void> {
  const row = await requireOwn(cloud, person, place);
  const files = await listFiles(cloud, place.publication, place.submission);
  const found = files.find(({ name, etag }) => name === file.name && etag === file.etag);
  if (!found) throw new Refusal("file-gone", { name: file.name.slice(0, 200) });
  const other = files.find((one) => one !== found);
  if (!other) throw new Refusal("last-file", { name: found.name });
  const folder = submissionFolder(place.publication, place.submission);
  await cloud.files.remove([folder + found.name]);
  await lookAgain(cloud, folder + other.name);
  const thing = thingOf(place.publication, place.submission, row);
  await cloud.table.write([actRow(cloud.clock, person, "submit", thing, { removed: 1 })]);
}

/** Nobody is told of a file that has gone: ingest is woken as by one that came. */
const lookAgain = (cloud: Cloud, key: string): Promise<void> =>
  cloud.queues.arrivals.add([{ detail: { object: { key } } }]);
