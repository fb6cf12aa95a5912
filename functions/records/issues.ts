import type { Editable } from "../../core/issue/draft.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import { type Change, type Cloud, Conflict, type Item, type Value } from "../cloud/cloud.ts";
import { buildReportKey, issueKey, planLogKey, visitsKey } from "./keys.ts";
import { pageAfter } from "./page-after.ts";
import { notePlaces } from "./places.ts";
import { allOf } from "./rows.ts";

/** Issues as edited: one row each, a version that counts every change. */

/** Undefined where there is none. */
export async function readIssue(cloud: Cloud, publication: string, id: string): Promise<Issue | undefined> {
  const [row] = await cloud.table.get([issueKey(publication, id)], { consistent: true });
  return row && issueOf(row);
}

/** @throws Refusal `no-issue` */
export async function requireIssue(cloud: Cloud, publication: string, id: string): Promise<Issue> {
  const issue = await readIssue(cloud, publication, id);
  if (!issue) throw new Refusal("no-issue", { issue: id, publication });
  return issue;
}

/** Issues by id; one that does not exist is not in the answer. */
export async function readIssues(cloud: Cloud, publication: string, ids: readonly string[]): Promise<Issue[]> {
  const keys = ids.map((id) => issueKey(publication, id));
  const rows = await cloud.table.get(keys, { consistent: true });
  return rows.flatMap((row) => (row ? [issueOf(row)] : []));
}

/** Every issue of a publication, the oldest first. */
export async function listIssues(cloud: Cloud, publication: string): Promise<Issue[]> {
  const { pk } = issueKey(publication, "");
  return allOf(cloud, { pk, from: "issue#", to: "issue#~" }, issueOf);
}

/** The newest issues first, page by page. @param after what an earlier page answered as `next`, or {@link upTo} an issue */
export async function latestIssues(
  cloud: Cloud,
  publication: string,
  { limit, after }: { limit: number; after?: string },
): Promise<{ issues: Issue[]; next?: string }> {
  const { pk } = issueKey(publication, "");
  const range = { pk, from: "issue#", to: "issue#~", limit, newestFirst: true, consistent: true };
  const { items, next } = await pageAfter(cloud, range, after);
  return { issues: items.map(issueOf), ...(next === undefined ? {} : { next }) };
}

/** Before an issue and all that is older, for {@link latestIssues}. */
export const upTo = (issue: string): string => `${issueKey("", issue).sk}~`;

/** The errata of an issue, the oldest first. */
export async function listErrata(cloud: Cloud, publication: string, issue: string): Promise<Issue[]> {
  const { pk, sk } = issueKey(publication, `${issue}-e`);
  const errata = await allOf(cloud, { pk, from: sk, to: `${sk}~` }, issueOf);
  return errata.sort((one, other) => (one.erratum ?? 0) - (other.erratum ?? 0));
}

/**
 * Writes an issue over the version it was read at, with the rows that belong to the change (its act).
 * The saved issue carries the next version.
 *
 * @throws Refusal `moved-on` when someone else changed it meanwhile
 */
export async function saveIssue<T extends Issue>(cloud: Cloud, issue: T, besides: readonly Change[] = []): Promise<T> {
  const saved = { ...issue, version: issue.version + 1 };
  try {
    await cloud.table.write([issueChange(issue), ...besides]);
  } catch (conflict) {
    if (conflict instanceof Conflict) throw new Refusal("moved-on", { thing: issueLabel(issue) });
    throw conflict;
  }
  return saved;
}

/** The same as part of another change. */
export const issueChange = (issue: Issue): Change => ({
  put: {
    ...issueKey(issue.publication, idOfIssue(issue)),
    ...(issue as unknown as Record<string, Value>),
    version: issue.version + 1,
  },
  if: issue.version === 0 ? "absent" : { version: issue.version },
});

/** Writes an issue whose plan was changed: first it is noted where its articles stand. @throws Refusal as {@link saveIssue} */
export async function saveDraft<T extends Editable>(
  cloud: Cloud,
  issue: T,
  besides: readonly Change[] = [],
): Promise<T> {
  await notePlaces(cloud, issue);
  return saveIssue(cloud, issue, besides);
}

/**
 * Writes an issue under another number and takes the old row, its report and its log away, with the rows that belong to it.
 *
 * @throws Refusal `moved-on` when someone else changed it meanwhile, or was quicker with the number
 */
export async function moveIssue(cloud: Cloud, from: Issue, to: Issue, besides: readonly Change[]): Promise<void> {
  const { publication } = from;
  const [old, id] = [idOfIssue(from), idOfIssue(to)];
  await notePlaces(cloud, to);
  try {
    await cloud.table.write([
      { put: { ...issueKey(publication, id), ...(to as unknown as Record<string, Value>) }, if: "absent" },
      { remove: issueKey(publication, old), if: { version: from.version } },
      { remove: planLogKey(publication, old) },
      { remove: buildReportKey(publication, old) },
      { remove: visitsKey(publication, old) },
      ...besides,
    ]);
  } catch (conflict) {
    if (conflict instanceof Conflict) throw new Refusal("moved-on", { thing: issueLabel(from) });
    throw conflict;
  }
}

function issueOf({ pk: _, sk: __, ...issue }: Item): Issue {
  return issue as unknown as Issue;
}
