import { isEmpty, isRead, type ListedFile, type Submission } from "../article/submission.ts";
import { articlesOf } from "../issue/draft.ts";
import { type Issue, idOfIssue, issueLabel } from "../issue/issue.ts";

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

/** Readers have it, or are getting it. */
const out: ReadonlySet<Issue["status"]> = new Set(["sending", "paused", "sent"]);

export interface Around {
  /** The files that lie there now; undefined where nobody looked: then the row is believed. */
  readonly files?: readonly ListedFile[];
  /** The newest revision of its article; undefined where none was made. */
  readonly revision?: number | undefined;
  /** All issues of the publication. */
  readonly issues: readonly Issue[];
}

/** What an author has to do comes first, then what became of the article. */
export function statusOf(submission: Submission, around: Around): SubmissionStatus {
  const named = issueWith(submission.id, around.issues);
  const name = nameOf(submission, around, named);
  const isInIssue = name === "planned" || name === "appeared";
  return { name, tone: tones[name], ...(isInIssue && named && { issue: issueLabel(named) }) };
}

function nameOf(submission: Submission, { files, revision }: Around, named: Issue | undefined): StatusName {
  if (files && !isRead(submission, files)) return "reading";
  if (isEmpty(submission)) return submission.desk?.asked ? "asked" : "begun";
  if (submission.state !== "ingested")
    return submission.notes.some(({ code }) => code === "being-read") ? "reading" : submission.state;
  if (named) return out.has(named.status) ? "appeared" : "planned";
  return (revision ?? submission.revision) > submission.revision ? "working" : "received";
}

/** The latest that names it; one that was cancelled holds nothing, and one that readers have counts most. */
function issueWith(article: string, issues: readonly Issue[]): Issue | undefined {
  const all = issues
    .filter((issue) => issue.status !== "cancelled" && articlesOf(issue).includes(article))
    .sort((one, other) => (idOfIssue(one) < idOfIssue(other) ? 1 : -1));
  return all.find(({ status }) => out.has(status)) ?? all[0];
}
