import { longDay } from "../edition/web/dates.ts";
import type { Issue } from "../issue/issue.ts";
import type { Proposal } from "../issue/next.ts";
import { type Language, words } from "../words.ts";
import { issueState, issueUrl, labelOf } from "./issue-frame.ts";

/** The issues of a publication as their list shows them. */
export const issueList = (issues: readonly Issue[], language: Language): object[] =>
  issues.map((issue) => ({
    url: issueUrl(issue),
    label: labelOf(issue, language),
    theme: issue.theme.title,
    facts: longDay(issue.date, language),
    state: issueState(issue, language),
  }));

export type Problems = Readonly<Record<string, string>>;

/** The form for a new issue: as proposed, or as somebody typed it, with what is wrong beside each field. */
export function newIssueForm(
  typed: Readonly<Record<keyof Proposal | "theme", string>>,
  problems: Problems,
  language: Language,
): object {
  const say = words(language).desk.issues;
  const field = (name: keyof typeof typed, more: object = {}): object => ({
    ...{ name, label: say[name], value: typed[name], problem: problems[name] ?? null, isRequired: true },
    ...more,
  });
  return {
    theme: field("theme", { hint: say.themeHint, most: 300 }),
    number: field("number"),
    year: field("year"),
    date: field("date", { type: "date" }),
  };
}
