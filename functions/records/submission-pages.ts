import { type Submission, submissionStates } from "../../core/article/submission.ts";
import type { Cloud, Item, Key } from "../cloud/cloud.ts";
import { submissionKey, submissionListKey } from "./keys.ts";
import { inLists } from "./lists.ts";
import { readSubmissions, submissionOf } from "./submissions.ts";

/** Submissions as people look through them: a page at a time, and no row that is not on it. */

export interface SubmissionPage {
  readonly submissions: readonly Submission[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
}

/** What somebody looks for; everything where nothing is said. */
export interface Sought {
  readonly by?: string | undefined;
  readonly states?: readonly Submission["state"][] | undefined;
}

/**
 * The latest ids first: those made at the desk or of mails begin with their day.
 *
 * @param after the id the last page ended with
 */
export async function pageOfSubmissions(
  cloud: Cloud,
  publication: string,
  { after, size, by, states }: Sought & { readonly after?: string | undefined; readonly size: number },
): Promise<SubmissionPage> {
  const stretch = { after, limit: size + 1 };
  const isEverything = by === undefined && states === undefined;
  const found = isEverything
    ? (await rowsBelow(cloud, submissionKey(publication, ""), stretch)).map(submissionOf)
    : await listed(cloud, publication, { by, states: states ?? submissionStates }, stretch);
  const submissions = found.slice(0, size);
  return { submissions, next: found.length > size ? submissions.at(-1)?.id : undefined };
}

interface Stretch {
  readonly after: string | undefined;
  readonly limit: number;
}

/** A list for every state: each is read as far as the page may reach. */
async function listed(
  cloud: Cloud,
  publication: string,
  { by, states }: { readonly by: string | undefined; readonly states: readonly Submission["state"][] },
  stretch: Stretch,
): Promise<Submission[]> {
  await inLists(cloud, publication);
  const lists = await Promise.all(
    states.map((state) => rowsBelow(cloud, submissionListKey(publication, state, "", by), stretch)),
  );
  const ids = lists.flat().map(({ id }) => String(id));
  const latest = ids.sort((one, other) => Buffer.compare(Buffer.from(other), Buffer.from(one)));
  return readSubmissions(cloud, publication, latest.slice(0, stretch.limit));
}

/** @param sk what comes before the ids in the keys */
async function rowsBelow({ table }: Cloud, { pk, sk }: Key, { after, limit }: Stretch): Promise<Item[]> {
  // A bound holds what it names, which was seen already.
  const range = { pk, from: sk, to: sk + (after ?? "\u{10ffff}") };
  const { items } = await table.query({ ...range, limit: limit + 1, newestFirst: true });
  return items.filter(({ id }) => id !== after).slice(0, limit);
}
