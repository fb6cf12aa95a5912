import type { AskedFor, Submission } from "../article/submission.ts";
import { longDay } from "../edition/web/dates.ts";
import { type Issue, idOfIssue, issueLabel } from "../issue/issue.ts";
import { fill, type Language, words } from "../words.ts";

/** Asking authors for articles: which issues they can be asked for, and how a commission stands. */

const open: ReadonlySet<Issue["status"]> = new Set(["draft", "built", "approved"]);

export interface OpenIssue {
  readonly id: string;
  readonly label: string;
  readonly dueAt: string | undefined;
  readonly isChosen: boolean;
}

/** Issues that can still take an article, the next first; `chosen` or the first of them is chosen. */
export function openIssues(issues: readonly Issue[], chosen: string | undefined, language: Language): OpenIssue[] {
  const all = issues.filter(({ status }) => open.has(status));
  const wanted = all.find((issue) => idOfIssue(issue) === chosen) ?? all[0];
  return all.map((issue) => ({
    ...{ id: idOfIssue(issue), dueAt: issue.dueAt, isChosen: issue === wanted },
    label: fill(words(language).desk.commission.issueOption, { issue: issueLabel(issue), theme: issue.theme.title }),
  }));
}

/** What editors see of a commission beside its submission; null where nobody was asked. */
export function commissionView({ publication, id, version, desk }: Submission, language: Language) {
  const { asked } = desk ?? {};
  if (!asked) return null;
  const say = words(language).desk.submission;
  return {
    ...{ url: `/${publication}/commissions/${encodeURIComponent(id)}`, version, until: asked.until },
    ...{ isRevoked: asked.isRevoked, words: asked.words },
    sentence: asked.isRevoked ? say.linkRevoked : fill(say.linkUntil, { day: longDay(asked.until, language) }),
  };
}

/** "Erbeten für Ausgabe 02|26, bis 15. Dezember 2026." */
export function askedSentence({ issue, until }: AskedFor, language: Language): string {
  const [year = "", number = ""] = issue.split("-");
  const label = issueLabel({ year: Number(year), number: Number(number) });
  return fill(words(language).desk.submission.askedFor, { issue: label, day: longDay(until, language) });
}
