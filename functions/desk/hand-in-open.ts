import { articlesOf } from "../../core/issue/draft.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { issuesNaming } from "../records/issues-naming.ts";

/** Until an issue that names it is signed off, an author may bring new files. */
const open: readonly Issue["status"][] = ["draft", "built", "cancelled"];

/**
 * Editors know what they do; an author would change what somebody has signed off, and not know it.
 *
 * @throws Refusal `hand-in-closed`
 */
export async function demandOpen(
  cloud: Cloud,
  person: Person,
  { publication, submission }: { readonly publication: string; readonly submission: string },
): Promise<void> {
  if (person.roles.some((role) => role !== "author")) return;
  const issues = await issuesNaming(cloud, publication, [submission]);
  const closed = issues.find((issue) => !open.includes(issue.status) && articlesOf(issue).includes(submission));
  if (closed) throw new Refusal("hand-in-closed", { issue: issueLabel(closed) });
}
