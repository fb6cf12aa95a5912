import { type ListedFile, type Submission, submissionSchema } from "../../core/article/submission.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { submissionKey, submissionListKey } from "./keys.ts";
import { movedPlaces } from "./moved-places.ts";
import { submissionFolder } from "./paths.ts";
import { allOf } from "./rows.ts";

/** Submissions: the files as they lie there, and one row that says what became of them. */

export type { Submission } from "../../core/article/submission.ts";

export async function readSubmission(cloud: Cloud, publication: string, id: string): Promise<Submission | undefined> {
  const [row] = await cloud.table.get([submissionKey(publication, id)], { consistent: true });
  return row && submissionOf(row);
}

/** Submissions by id; what does not exist is not in the answer. */
export async function readSubmissions(
  cloud: Cloud,
  publication: string,
  ids: readonly string[],
): Promise<Submission[]> {
  const rows = await cloud.table.get(ids.map((id) => submissionKey(publication, id)));
  return rows.flatMap((row) => (row ? [submissionOf(row)] : []));
}

/** Every submission of a publication, in the order of their ids. */
export async function listSubmissions(cloud: Cloud, publication: string): Promise<Submission[]> {
  const { pk } = submissionKey(publication, "");
  return allOf(cloud, { pk, from: "submission#", to: "submission#\u{10ffff}" }, submissionOf);
}

/** The files of a submission; names are relative to its folder. */
export async function listFiles(cloud: Cloud, publication: string, id: string): Promise<ListedFile[]> {
  const folder = submissionFolder(publication, id);
  const files = await cloud.files.list(folder);
  return files.map(({ key, ...file }) => ({ ...file, name: key.slice(folder.length) }));
}

/** Undefined when it was taken away since it was listed. */
export async function readFile(
  cloud: Cloud,
  publication: string,
  id: string,
  name: string,
): Promise<Uint8Array | undefined> {
  return (await cloud.files.read(submissionFolder(publication, id) + name))?.body;
}

/**
 * A submission over the one that was read, and its places in the lists people look through. The row's own change is first.
 *
 * @param options `expiresAt`: while it has no files it lapses then
 */
export function submissionChanges(
  before: Submission | undefined,
  next: Submission,
  options: { expiresAt?: string } = {},
): Change[] {
  const key = submissionKey(next.publication, next.id);
  const row = next as unknown as Readonly<Record<string, Value>>;
  return [
    { put: { ...key, ...row, ...options }, if: before ? { version: before.version } : "absent" },
    ...movedPlaces(before && submissionPlaces(before), submissionPlaces({ ...next, ...options })),
  ];
}

/** Among all and among its author's, by its state. */
export function submissionPlaces(submission: Listed & { readonly expiresAt?: string | undefined }): Item[] {
  const { publication, id, by, state, version, expiresAt } = submission;
  const row = { v: 1, id, by, version, ...(expiresAt !== undefined && { expiresAt }) };
  return [
    { ...submissionListKey(publication, state, id), ...row },
    { ...submissionListKey(publication, state, id, by), ...row },
  ];
}
type Listed = Pick<Submission, "publication" | "id" | "by" | "state" | "version">;

export function submissionOf({ pk: _, sk: __, ...submission }: Item): Submission {
  return submissionSchema.parse(submission);
}
