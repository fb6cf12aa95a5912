import { labelOf } from "../../../core/desk/issue-frame.ts";
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

/** @param named the issue an address or form names; undefined where it names none, or one they may not check */
export function checkBehind(c: DeskContext, named: string | undefined): CheckBehind | null {
  const [, year, number] = /^(\d{4})-(\d{1,4})$/.exec(named ?? "") ?? [];
  const { publication, person, language } = c.var;
  if (named === undefined || year === undefined) return null;
  if (!may(person, "check", { publication: publication.id, kind: "issue", id: named })) return null;
  const issue = labelOf({ year: Number(year), number: Number(number) }, language);
  const label = fill(words(language).desk.check.back, { issue });
  return { issue: named, url: `/${publication.id}/issues/${named}/check`, label };
}
