import type { Submission } from "../article/submission.ts";
import { longDay, longDayOf } from "../edition/web/dates.ts";
import { fill, type Language, refusalSentence, words } from "../words.ts";
import { type Named, nameOf } from "./name-of.ts";
import type { Stands } from "./standing.ts";
import { type SubmissionStatus, statusOf, type Tone } from "./submission-status.ts";

/** Lists of submissions, for their authors and for the editors. */

/** What a list knows of an article. */
interface Card {
  readonly title: string;
  readonly revision: number;
}

export interface ListedSubmissions {
  readonly language: Language;
  readonly publication: { readonly id: string; readonly timeZone: string };
  readonly submissions: readonly Submission[];
  readonly cards: ReadonlyMap<string, Card>;
  /** By the id of an article, where it stands. */
  readonly stands: ReadonlyMap<string, Stands>;
  /** Who hands in here; null for an author, who sees their own. */
  readonly people: readonly Named[] | null;
}

export interface SubmissionLine {
  readonly url: string;
  readonly label: string;
  readonly meta: string;
  readonly state: { readonly label: string; readonly tone: Tone };
}

export function submissionLines(list: ListedSubmissions): SubmissionLine[] {
  return list.submissions.map((submission) => {
    const card = list.cards.get(submission.id);
    return {
      url: `/${list.publication.id}/submissions/${encodeURIComponent(submission.id)}`,
      label: labelOf(submission, card?.title, list.language),
      meta: metaOf(submission, list),
      state: stateOf(
        statusOf(submission, { revision: card?.revision, stands: list.stands.get(submission.id) }),
        list.language,
      ),
    };
  });
}

/** The article's title once it was read, until then what its author called it. A folder that came by itself has its name. */
export const labelOf = ({ id, desk }: Submission, title: string | undefined, language: Language): string =>
  title ?? (desk ? desk.title || words(language).desk.submissions.untitled : id);

export const stateOf = ({ name, tone, issue = "" }: SubmissionStatus, language: Language) => ({
  label: fill(words(language).desk.submissions.status[name], { issue }),
  tone,
});

function metaOf(submission: Submission, { language, publication, people }: ListedSubmissions): string {
  const { submissions: say } = words(language).desk;
  const { asked } = submission.desk ?? {};
  const [first] = submission.state === "refused" ? submission.refusals : [];
  return [
    people ? nameOf(people, submission.by, language) : "",
    longDayOf(new Date(submission.at), publication.timeZone, language),
    asked ? fill(say.until, { day: longDay(asked.until, language) }) : "",
    first ? refusalSentence(language, first) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What editors may look for, by the state of the row. */
export const submissionFilters = ["open", "refused", "ingested"] as const;
export type SubmissionFilter = (typeof submissionFilters)[number];

export const statesOf: Readonly<Record<SubmissionFilter, readonly Submission["state"][]>> = {
  open: ["waiting"],
  refused: ["refused"],
  ingested: ["ingested"],
};
