import { issuesWith } from "../../core/desk/standing.ts";
import { isEditable, reworded } from "../../core/issue/draft.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { issueChange } from "./issues.ts";
import { issuesNaming } from "./issues-naming.ts";

/** An article is changed in the same transaction as the issues it stands in: nobody approves or sends what nobody saw. */

/**
 * What new words of an article do to the issues that hold it: whatever was built or approved of them is void. An issue
 * that was sent keeps what was sent.
 *
 * @throws Refusal `article-scheduled` while one waits for its hour: what was signed off leaves as it is
 */
export async function rewordings(
  cloud: Cloud,
  { publication, article, title }: { readonly publication: string; readonly article: string; readonly title: string },
): Promise<Change[]> {
  const holding = issuesWith(article, await issuesNaming(cloud, publication, [article]));
  const waiting = scheduledAmong(holding);
  if (waiting) throw new Refusal("article-scheduled", { article: title, issue: issueLabel(waiting) });
  return holding.filter(isEditable).map((issue) => issueChange(reworded(issue, title)));
}

/** An issue with this article that waits for its hour. */
export const scheduledWith = async (cloud: Cloud, publication: string, article: string): Promise<Issue | undefined> =>
  scheduledAmong(issuesWith(article, await issuesNaming(cloud, publication, [article])));

const scheduledAmong = (issues: readonly Issue[]): Issue | undefined =>
  issues.find(({ status }) => status === "scheduled");
