import { labelOf } from "../../../core/desk/issue-frame.ts";
import { idOfIssue, numberedAs } from "../../../core/issue/issue.ts";
import { may } from "../../../core/rights.ts";
import { fill, words } from "../../../core/words.ts";
import type { DeskContext } from "./desk-env.ts";

/** The check somebody came from to mend one of its findings, and goes back to. */
export interface CheckBehind {
  /** "2026-01" */
  readonly issue: string;
  readonly url: string;
  readonly label: string;
}

/**
 * @param named the issue an address or form names
 * @returns null where it names none, or one they may not check
 */
export function checkBehind(c: DeskContext, named: string | undefined): CheckBehind | null {
  const { publication, person, language } = c.var;
  const numbered = numberedAs(named ?? "");
  if (!numbered) return null;
  const issue = idOfIssue(numbered);
  if (!may(person, "check", { publication: publication.id, kind: "issue", id: issue })) return null;
  const label = fill(words(language).desk.check.back, { issue: labelOf(numbered, language) });
  return { issue, url: `/${publication.id}/issues/${issue}/check`, label };
}
