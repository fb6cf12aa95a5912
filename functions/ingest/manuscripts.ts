import type { Manuscript } from "../../core/article/manuscript.ts";
import type { ManuscriptOrder } from "../../core/article/manuscript-order.ts";
import type { Sorted, SubmittedFile } from "../../core/article/sort-files.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { forgetFolder } from "../records/forgetting.ts";
import { findReading, folderOfReading, isAskedFor, type ManuscriptFile, markAskedFor } from "../records/readings.ts";

/** The Word file of a submission: where it lies, and what was read out of it so far. */
export interface Reading {
  readonly file: ManuscriptFile;
  /** Undefined while it is being read. */
  readonly read: { readonly etag: string; readonly manuscript: Manuscript } | undefined;
}

/** Undefined where no Word file is to be read. Asks for it to be read where nobody has. */
export async function readingOf(
  cloud: Cloud,
  publication: string,
  submission: string,
  sorted: Sorted,
): Promise<Reading | undefined> {
  const { text } = sorted;
  if (sorted.format !== "word" || !text || sorted.refusals.some(({ code }) => notRead.has(code))) return undefined;
  const file = { publication, submission, stored: text.stored, etag: text.etag };
  const read = await findReading(cloud, file);
  if (!read && !(await isAskedFor(cloud, file))) await askFor(cloud, file, text);
  return { file, read };
}

const notRead: ReadonlySet<string> = new Set(["two-texts", "word-file-large"]);

/** Long enough for an author to bring the pictures that are missing; after that the file is read anew. */
const keptDays = 30;

/** Asked twice, it is still read once. */
async function askFor(cloud: Cloud, file: ManuscriptFile, { name }: SubmittedFile): Promise<void> {
  const order: ManuscriptOrder = { v: 1, id: cloud.clock.id(), ...file, name };
  const day = dayFrom(cloud.clock.now().toISOString().slice(0, 10), keptDays);
  await cloud.table.each([forgetFolder(day, folderOfReading(file))]);
  await cloud.queues.manuscripts.add([order]);
  await markAskedFor(cloud, file, order.id);
}
