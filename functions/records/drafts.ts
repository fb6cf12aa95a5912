import type { Change, Cloud, Item } from "../cloud/cloud.ts";
import { Conflict } from "../cloud/cloud.ts";
import { draftKey } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** What somebody has typed into an article and not saved yet: one each, kept until they save it or throw it away. */
export interface ArticleDraft {
  readonly v: 1;
  /** Counts every keeping: two windows of one person are two. */
  readonly version: number;
  readonly by: string;
  /** The revision it was begun over. */
  readonly revision: number;
  readonly markdown: string;
  readonly keptAt: string;
}

/** A row holds 400 KB; beside the words there is little. */
export const longestDraftBytes = 380_000;

/** Everybody's, of one article. */
export const listDrafts = (cloud: Cloud, publication: string, article: string): Promise<ArticleDraft[]> => {
  const { pk, sk } = draftKey(publication, article, "");
  return Array.fromAsync(rowsOf(cloud, { pk, from: sk, to: `${sk}~`, consistent: true }), draftOf);
};

/** Keeps a draft over the version its writer has; undefined where another window was quicker. */
export async function keepDraft(
  cloud: Cloud,
  publication: string,
  article: string,
  draft: ArticleDraft,
): Promise<ArticleDraft | undefined> {
  const next = { ...draft, version: draft.version + 1 };
  const key = draftKey(publication, article, draft.by);
  const [outcome] = await cloud.table.each([
    { put: { ...key, ...next }, if: draft.version === 0 ? "absent" : { version: draft.version } },
  ]);
  return outcome instanceof Conflict ? undefined : next;
}

export const dropDraftChange = (publication: string, article: string, person: string): Change => ({
  remove: draftKey(publication, article, person),
});

const draftOf = ({ pk: _, sk: __, ...draft }: Item): ArticleDraft => draft as unknown as ArticleDraft;
