import { type Manuscript, parseManuscript, printManuscript } from "../../core/article/manuscript.ts";
import type { ManuscriptOrder } from "../../core/article/manuscript-order.ts";
import { digestOf } from "../../core/digest.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { readingFolder } from "./paths.ts";

/**
 * What was read out of Word files, each beside its pictures in a folder of its own. `asked.json` says that somebody is to
 * read it, `begun.json` who does and how often they began; `reading.json` comes last and makes it exist.
 */

type WithFiles = Pick<Cloud, "files">;
/** One file of a submission with exactly this content. */
export type ManuscriptFile = Pick<ManuscriptOrder, "publication" | "submission" | "stored" | "etag">;

export const folderOfReading = ({ publication, submission, stored, etag }: ManuscriptFile): string =>
  readingFolder(publication, submission, digestOf(JSON.stringify([stored, etag])));

/** Undefined while it was not read to its end. */
export async function findReading(
  { files }: WithFiles,
  file: ManuscriptFile,
): Promise<{ readonly etag: string; readonly manuscript: Manuscript } | undefined> {
  const found = await files.read(`${folderOfReading(file)}reading.json`);
  return found && { etag: found.etag, manuscript: parseManuscript(new TextDecoder().decode(found.body)) };
}

/** Replaces what an earlier run left. */
export const saveReading = async ({ files }: WithFiles, file: ManuscriptFile, read: Manuscript): Promise<void> =>
  void (await files.write(`${folderOfReading(file)}reading.json`, printManuscript(read), json));

/** Undefined when it was forgotten since its reading was found. */
export const readReadingPicture = async (
  { files }: WithFiles,
  file: ManuscriptFile,
  name: string,
): Promise<Uint8Array | undefined> => (await files.read(pictureOf(file, name)))?.body;

export const saveReadingPicture = async (
  { files }: WithFiles,
  file: ManuscriptFile,
  name: string,
  body: Uint8Array,
): Promise<void> => void (await files.write(pictureOf(file, name), body, { type: "application/octet-stream" }));

// ── who reads it ───────────────────────────────────────────────────────────────────────────────

export const isAskedFor = async ({ files }: WithFiles, file: ManuscriptFile): Promise<boolean> =>
  (await files.list(folderOfReading(file), { limit: 1 })).length > 0;

/** Written once the message is on its way: a mark without a message would leave the author waiting. */
export const markAskedFor = async ({ files }: WithFiles, file: ManuscriptFile, id: string): Promise<void> =>
  void (await files.write(`${folderOfReading(file)}asked.json`, JSON.stringify({ v: 1, id }), json));

/**
 * Begins to read for an order. Answers how many times that order was begun, this time included; undefined where another
 * order of the same file is at work: its message comes back if it dies.
 */
export async function beginReading({ files }: WithFiles, order: ManuscriptOrder): Promise<number | undefined> {
  const mark = `${folderOfReading(order)}begun.json`;
  const begun = (starts: number): string => JSON.stringify({ v: 1, id: order.id, starts });
  const standing = await files.read(mark);
  try {
    if (!standing) {
      await files.write(mark, begun(1), { ...json, ifAbsent: true });
      return 1;
    }
    const { id, starts } = JSON.parse(new TextDecoder().decode(standing.body)) as { id: string; starts: number };
    if (id !== order.id) return undefined;
    await files.write(mark, begun(starts + 1), { ...json, ifMatch: standing.etag });
    return starts + 1;
  } catch (conflict) {
    if (conflict instanceof Conflict) return undefined;
    throw conflict;
  }
}

const json = { type: "application/json" };
const pictureOf = (file: ManuscriptFile, name: string): string => `${folderOfReading(file)}pictures/${name}`;
