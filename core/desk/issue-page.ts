import type { Article } from "../article/article.ts";
import { isEditable } from "../issue/draft.ts";
import type { Issue } from "../issue/issue.ts";
import type { Publication } from "../publication.ts";
import type { Person } from "../rights.ts";
import { may } from "../rights.ts";
import { type Language, words } from "../words.ts";
import type { ConflictView } from "./issue-conflict.ts";
import { editorialLine, sectionLines } from "./issue-contents.ts";
import { choiceForms, type HeadTexts, headForm } from "./issue-forms.ts";
import { issueFrame } from "./issue-frame.ts";
import type { Problems } from "./issue-list.ts";

export interface ShownIssue {
  readonly publication: Publication;
  readonly person: Person;
  readonly issue: Issue;
  readonly articles: ReadonlyMap<string, Article>;
}
/** What could not be taken, to be shown where it was typed. */
export interface Untaken {
  readonly conflict?: ConflictView;
  /** The same form once more, for who means it still. */
  readonly again?: { readonly action: string; readonly fields: readonly { name: string; value: string }[] };
  readonly head?: { readonly typed: HeadTexts; readonly problems: Problems };
  /** Another number, as it was typed. */
  readonly number?: { readonly number: string; readonly year: string };
}

/** The page Inhalt: sections and articles, what the issue says of itself, what opens it. */
export function contentsPage(shown: ShownIssue, untaken: Untaken, language: Language): object {
  const { publication, person, issue, articles } = shown;
  const say = words(language).desk.issue;
  const thing = { publication: publication.id, kind: "issue", id: issue.publication } as const;
  const mayChange = isEditable(issue) && may(person, "draft", thing);
  const { lead, editorial, cover } = choiceForms(issue, articles, language);
  return {
    issue: issueFrame(person, issue, "contents", language),
    ...{ version: issue.version, mayChange, conflict: untaken.conflict ?? null, again: untaken.again ?? null },
    warning: mayChange ? warningOf(issue, language) : issue.status === "scheduled" ? say.scheduled : say.closed,
    sections: sectionLines(issue, articles, language),
    editorialLine: editorialLine(issue, articles, language),
    saying: headForm(issue, publication, untaken.head ?? {}, language),
    number: untaken.number ?? { number: issue.number, year: issue.year },
    choices: [
      { name: "lead", label: say.lead, options: lead },
      { name: "editorial", label: say.editorial, options: editorial },
      { name: "cover", label: say.cover, options: cover },
    ],
  };
}

/** What the next change would cost. */
function warningOf({ status }: Issue, language: Language): string | null {
  const { losesBuild, losesApproval } = words(language).desk.issue;
  if (status === "built") return losesBuild;
  return status === "approved" ? losesApproval : null;
}
