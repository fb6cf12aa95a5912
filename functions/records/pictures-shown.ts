import { picturesShown } from "../../core/edition/manifest.ts";
import { isWithdrawn } from "../../core/issue/amend.ts";
import { articlesOf } from "../../core/issue/draft.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type AmendmentsRow, readAmendments } from "./amendments.ts";
import { readArticle } from "./articles.ts";
import { type EditionPlace, readManifest } from "./editions.ts";
import { inBatches } from "./in-batches.ts";
import { listIssues } from "./issues.ts";

/** Which pictures readers are to see: by what stands in the editions, never by what the library holds. */

/**
 * Hashes of every picture that a build shows, a page that is public, or a letter that left; but for articles that were
 * withdrawn since, whose letters do without.
 */
export async function picturesInForce(cloud: Cloud, publication: string): Promise<ReadonlySet<string>> {
  const all = await inBatches(await listIssues(cloud, publication), (issue) => inForce(cloud, issue));
  return new Set(all.flat());
}

async function inForce(cloud: Cloud, issue: Issue): Promise<readonly string[]> {
  const sent = editionOf(issue);
  if (!sent) return [];
  const amendments = await readAmendments(cloud, sent);
  const { web } = amendments;
  const onPages = web === undefined ? undefined : await readManifest(cloud, { ...sent, fingerprint: web });
  const inLetters =
    amendments.withdrawals.length === 0
      ? ((await readManifest(cloud, sent))?.pictures ?? [])
      : await ofArticles(cloud, sent, issue, (id) => !isWithdrawn(amendments, id));
  return [...inLetters, ...(onPages?.pictures ?? [])];
}

/** What is built, or was when it left; one that was cancelled before is nobody's. */
function editionOf(issue: Issue): EditionPlace | undefined {
  const { publication, language } = issue;
  // What an issue had reached before it was cancelled stays with it.
  const { fingerprint, startedAt } = issue as { readonly fingerprint?: string; readonly startedAt?: string };
  if (fingerprint === undefined || (issue.status === "cancelled" && startedAt === undefined)) return undefined;
  return { publication, language, issue: idOfIssue(issue), fingerprint };
}

/** Hashes of every picture the articles of an issue showed since it left, as it was sent or corrected. */
export async function picturesEver(
  cloud: Cloud,
  sent: EditionPlace,
  issue: Issue,
  amendments: AmendmentsRow,
): Promise<readonly string[]> {
  const corrected = await inBatches(amendments.corrections, ({ article, revision }) =>
    readArticle(cloud, sent.publication, article, revision),
  );
  return [...new Set([...(await ofArticles(cloud, sent, issue, () => true)), ...corrected.flatMap(picturesShown)])];
}

/** In the revisions its letters were made of. */
async function ofArticles(
  cloud: Cloud,
  sent: EditionPlace,
  issue: Issue,
  isMeant: (article: string) => boolean,
): Promise<string[]> {
  const revisions = (await readManifest(cloud, sent))?.revisions ?? {};
  const articles = await inBatches(articlesOf(issue).filter(isMeant), (id) =>
    readArticle(cloud, sent.publication, id, revisions[id]),
  );
  return articles.flatMap(picturesShown);
}
