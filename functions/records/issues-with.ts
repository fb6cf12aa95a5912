import { issuesWith } from "../../core/desk/standing.ts";
import { isEditable, reworded } from "../../core/issue/draft.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { issueChange } from "./issues.ts";
import { issuesNaming } from "./issues-naming.ts";

/** An article is changed in the same transaction as the issues it stands in: nobody approves or sends what nobody saw. */

interface Named {
  readonly publication: string;
  readonly article: string;
  /** Of the article. */
  readonly title: string;
}

/** What new words of an article do to the issues that hold it. */
export interface Holding {
  /** It waits for its hour: what was signed off leaves as it is. */
  readonly waiting: Issue | undefined;
  /** Whatever was built or approved is void. An issue that was sent keeps what was sent. */
  readonly voids: readonly Change[];
}

export async function holdingOf(cloud: Cloud, { publication, article, title }: Named): Promise<Holding> {
  const holding = issuesWith(article, await issuesNaming(cloud, publication, [article]));
  return {
    waiting: holding.find(({ status }) => status === "scheduled"),
    voids: holding.filter(isEditable).map((issue) => issueChange(reworded(issue, title))),
  };
}

/** What has to be written with new words. @throws Refusal `article-scheduled` while an issue waits for its hour */
export async function rewordings(cloud: Cloud, named: Named): Promise<readonly Change[]> {
  const { waiting, voids } = await holdingOf(cloud, named);
  if (waiting) throw new Refusal("article-scheduled", { article: named.title, issue: issueLabel(waiting) });
  return voids;
}
