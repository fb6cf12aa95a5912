import { type ListedFile, type Submission, submissionSchema } from "../../core/article/submission.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { submissionFolder, submissionKey } from "./keys.ts";
import { allOf, pagesOf } from "./rows.ts";

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

/** A stretch of them, the latest ids first: those made at the desk or of mails begin with their day. */
export interface SubmissionPage {
  readonly submissions: readonly Submission[];
  /** Where the next stretch begins; undefined at the end. */
  readonly next: string | undefined;
}

/** What a list goes by: known before a row is read whole. */
export type Looked = Pick<Submission, "id" | "by" | "state">;

/**
 * Reads on from `after` until a page is full, and no further.
 *
 * @param wanted which of them to show
 * @param after the id the last page ended with
 */
export async function pageOfSubmissions(
  cloud: Cloud,
  publication: string,
  { wanted, after, size }: { wanted: (one: Looked) => boolean; after?: string | undefined; size: number },
): Promise<SubmissionPage> {
  const { pk, sk } = submissionKey(publication, after ?? "\u{10ffff}");
  const submissions: Submission[] = [];
  // One more says whether a page follows; the first is where the last page ended.
  for await (const rows of pagesOf(cloud, { pk, from: "submission#", to: sk, newestFirst: true }, size + 2))
    for (const row of rows) {
      const looked = lookedAt(row);
      if (looked.id === after || !wanted(looked)) continue;
      if (submissions.length === size) return { submissions, next: submissions.at(-1)?.id };
      submissions.push(submissionOf(row));
    }
  return { submissions, next: undefined };
}

/** Several lists of the latest in one walk, each as long as it was asked for: a walk reads every row there is where few are wanted. */
export async function latestSubmissions(
  cloud: Cloud,
  publication: string,
  asked: readonly { readonly wanted: (one: Looked) => boolean; readonly size: number }[],
): Promise<Submission[][]> {
  const { pk, sk: to } = submissionKey(publication, "\u{10ffff}");
  const lists = asked.map(({ wanted, size }) => ({ wanted, size, found: [] as Submission[] }));
  const isOpen = ({ found, size }: { found: readonly Submission[]; size: number }): boolean => found.length < size;
  for await (const rows of pagesOf(cloud, { pk, from: "submission#", to, newestFirst: true })) {
    for (const row of rows)
      for (const list of lists) if (isOpen(list) && list.wanted(lookedAt(row))) list.found.push(submissionOf(row));
    if (!lists.some(isOpen)) break;
  }
  return lists.map(({ found }) => found);
}

const lookedAt = (row: Item): Looked => row as unknown as Looked;

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

/** The row's change, over the version it was read at. `expiresAt`: while it has no files it lapses then. */
export const submissionChange = (submission: Submission, options: { expiresAt?: string } = {}): Change => ({
  put: {
    ...submissionKey(submission.publication, submission.id),
    ...(submission as unknown as Readonly<Record<string, Value>>),
    ...options,
  },
  if: submission.version === 1 ? "absent" : { version: submission.version - 1 },
});

function submissionOf({ pk: _, sk: __, ...submission }: Item): Submission {
  return submissionSchema.parse(submission);
}
