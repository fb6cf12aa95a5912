import { isEmpty, isRead, type ListedFile, type Submission } from "../article/submission.ts";
import { issueLabel } from "../issue/issue.ts";
import type { Stands } from "./standing.ts";

/** Where a submission stands, in its author's words. */

export type StatusName =
  | ("asked" | "begun" | "reading" | "waiting" | "refused")
  | ("received" | "working" | "planned" | "appeared" | "withdrawn");
export type Tone = "quiet" | "good" | "asks" | "stops";

export interface SubmissionStatus {
  readonly name: StatusName;
  readonly tone: Tone;
  /** "02|26", where it stands in one. */
  readonly issue?: string;
}

const tones: Readonly<Record<StatusName, Tone>> = {
  ...{ asked: "asks", begun: "asks", reading: "quiet", waiting: "asks", refused: "stops" },
  ...{ received: "quiet", working: "quiet", planned: "good", appeared: "good", withdrawn: "quiet" },
};

const inIssue = { planned: "planned", published: "appeared", withdrawn: "withdrawn" } as const;

export interface Around {
  /** The files that lie there now; undefined where nobody looked: then the row is believed. */
  readonly files?: readonly ListedFile[];
  /** The newest revision of its article; undefined where none was made. */
  readonly revision?: number | undefined;
  /** Where its article stands; undefined in the library alone. */
  readonly stands: Stands | undefined;
}

/** What an author has to do comes first, then what became of the article. */
export function statusOf(submission: Submission, around: Around): SubmissionStatus {
  const name = nameOf(submission, around);
  const isInIssue = ["planned", "appeared", "withdrawn"].includes(name);
  return { name, tone: tones[name], ...(isInIssue && around.stands && { issue: issueLabel(around.stands.issue) }) };
}

function nameOf(submission: Submission, { files, revision, stands }: Around): StatusName {
  if (files && !isRead(submission, files)) return "reading";
  if (isEmpty(submission)) return submission.desk?.asked ? "asked" : "begun";
  if (submission.state !== "ingested")
    return submission.notes.some(({ code }) => code === "being-read") ? "reading" : submission.state;
  if (stands) return inIssue[stands.standing];
  return (revision ?? submission.revision) > submission.revision ? "working" : "received";
}
