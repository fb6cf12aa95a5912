import { Refusal } from "../refusal.ts";
import { demandEditable } from "./draft.ts";
import { type Approval, type Approved, type Built, type Fingerprint, type Issue, issueLabel } from "./issue.ts";

/**
 * Signs off an issue exactly as the editor saw it.
 *
 * @param seen fingerprint that was shown when the editor pressed Approve
 * @throws Refusal `not-built` when there is nothing to approve
 * @throws Refusal `already-approved`, `in-motion`
 * @throws Refusal `rebuilt` when the editions changed after the editor looked
 */
export function approve(issue: Issue, seen: Fingerprint, approval: Approval): Approved {
  const { voided: _, ...built } = demandBuild(issue, seen);
  return { ...built, status: "approved", approval };
}

/** The build that waits for an approval, as it was seen. @throws Refusal as {@link approve} */
export function demandBuild(issue: Issue, seen: Fingerprint): Built {
  if (issue.status === "approved" && issue.fingerprint === seen)
    throw new Refusal("already-approved", { issue: issueLabel(issue) });
  demandEditable(issue);
  if (issue.status !== "built") throw new Refusal("not-built", { issue: issueLabel(issue) });
  if (issue.fingerprint !== seen) throw new Refusal("rebuilt", { issue: issueLabel(issue) });
  return issue;
}
