import { isEmpty, isRead, type ListedFile, type Submission } from "../article/submission.ts";
import { type Issue, issueLabel } from "../issue/issue.ts";
import { isOut, standingsIn } from "./standing.ts";

/** Where a submission stands, in its author's words. */

export type StatusName =
  | ("asked" | "begun" | "reading" | "waiting" | "refused")
  | ("received" | "working" | "planned" | "appeared");
export type Tone = "quiet" | "good" | "asks" | "stops";

export interface SubmissionStatus {
  readonly name: StatusName;
  readonly tone: Tone;
  /** "02|26", where it stands in one. */
  readonly issue?: string;
}

const tones: Readonly<Record<StatusName, Tone>> = {
  ...{ asked: "asks", begun: "asks", reading: "quiet", waiting: "asks", refused: "stops" },
  ...{ received: "quiet", working: "quiet", planned: "good", appeared: "good" },
};

export interface Around {
  /** The files that lie there now; undefined where nobody looked: then the row is believed. */
  readonly files?: readonly ListedFile[];
  /** The newest revision of its article; undefined where none was made. */
  readonly revision?: number | undefined;
  /** What every article stands in: {@link issueOfEach}. */
  readonly issues: ReadonlyMap<string, Issue>;
}

/** What an author has to do comes first, then what became of the article. */
export function statusOf(submission: Submission, around: Around): SubmissionStatus {
  const named = around.issues.get(submission.id);
  const name = nameOf(submission, around, named);
  const isInIssue = name === "planned" || name === "appeared";
  return { name, tone: tones[name], ...(isInIssue && named && { issue: issueLabel(named) }) };
}

function nameOf(submission: Submission, { files, revision }: Around, named: Issue | undefined): StatusName {
  if (files && !isRead(submission, files)) return "reading";
  if (isEmpty(submission)) return submission.desk?.asked ? "asked" : "begun";
  if (submission.state !== "ingested")
    return submission.notes.some(({ code }) => code === "being-read") ? "reading" : submission.state;
  if (named) return isOut(named) ? "appeared" : "planned";
  return (revision ?? submission.revision) > submission.revision ? "working" : "received";
}

/** By the id of an article, the issue it stands in; of several the one that counts most. */
export const issueOfEach = (issues: readonly Issue[]): ReadonlyMap<string, Issue> =>
  new Map([...standingsIn(issues)].map(([article, { issue }]) => [article, issue]));
