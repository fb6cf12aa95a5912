import { type AskedFor, isFileName, submissionId } from "../../core/article/submission.ts";
import { textFormatNamed } from "../../core/article/text-format.ts";
import { oneLine, visible } from "../../core/edition/visible.ts";
import { dayAt, newSubmission } from "../../core/mail/received.ts";
import { submissionIdOf } from "../../core/mail/subject.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { submissionFolder } from "../records/paths.ts";
import { listFiles, readSubmission, type Submission, submissionChanges } from "../records/submissions.ts";

export interface HandedIn {
  readonly name: string;
  readonly body: Uint8Array;
}

/**
 * Puts an author's files where ingest finds them. A file of the same name replaces the earlier one.
 *
 * @throws Refusal `submission-name`, `file-name`, `nothing-to-submit`, `not-allowed` before anything is written
 */
export async function submit(
  cloud: Cloud,
  person: Person,
  publication: string,
  submission: string,
  files: readonly HandedIn[],
): Promise<void> {
  const thing = thingOf(publication, submission, await readSubmission(cloud, publication, submission));
  demand(person, "submit", thing);
  demandNames(submission, files);
  for (const { name, body } of files) {
    await cloud.files.write(submissionFolder(publication, submission) + name, body, { type: typeOf(name) });
  }
  await cloud.table.write([actRow(cloud.clock, person, "submit", thing, { files: files.length })]);
}

function demandNames(submission: string, files: readonly HandedIn[]): void {
  if (!submissionId.safeParse(submission).success) throw new Refusal("submission-name", { name: submission });
  if (files.length === 0) throw new Refusal("nothing-to-submit", { name: submission });
  const wrong = files.find(({ name }) => !isFileName(name));
  if (wrong) throw new Refusal("file-name", { name: wrong.name });
}

/** Whose it is: nobody writes into another author's. */
export const thingOf = (publication: string, id: string, row: Pick<Submission, "by"> | undefined): Thing => ({
  ...{ publication, kind: "submission", id },
  ...(row && { by: row.by }),
});

// ── begun at the desk ────────────────────────────────────────────────────────────────────────────

/** Submissions of one title on one day. */
const mostNamesakes = 100;
/** Nobody comes back to what they left empty for so long. */
const keptEmptyDays = 30;

export interface Begun {
  readonly title: string;
  /** The desk's origin. */
  readonly deskUrl: string;
  /** Whose it is, where somebody else begins it for them. */
  readonly by?: string;
  readonly asked?: AskedFor;
  /** What is written with the row; else an act that says it was begun. */
  readonly besides?: (submission: Submission) => readonly Change[];
}

/**
 * Makes room for an author's files: their name stands on the row before the first of them lies there. Without files it
 * is gone after a month.
 *
 * @throws Refusal `not-allowed`
 */
export async function beginSubmission(
  cloud: Cloud,
  person: Person,
  publication: Publication,
  { title, deskUrl: url, by = person.id, asked, besides }: Begun,
): Promise<Submission> {
  const now = cloud.clock.now();
  const wanted = submissionIdOf(title, dayAt(publication, now), publication.language);
  const desk = { url, title: oneLine(visible(title)).trim().slice(0, longestTitle), ...(asked && { asked }) };
  const lapsesAt = lapseOf(asked ?? { until: dayAt(publication, now) });
  const place = { publication: publication.id, by, at: now.toISOString() };
  for (let turn = 1; turn <= mostNamesakes; turn += 1) {
    const id = turn === 1 ? wanted : `${wanted}-${turn}`;
    const submission = newSubmission({ ...place, id }, { desk });
    demand(person, "submit", thingOf(publication.id, id, submission));
    const acts = besides?.(submission) ?? [actOf(cloud, person, submission)];
    if (await enter(cloud, submission, lapsesAt, acts)) return submission;
  }
  throw new Error(`no id is free for a submission of ${publication.id}`);
}

const longestTitle = 300;

/** When a submission nobody brought a file to is gone. */
export const lapseOf = ({ until }: Pick<AskedFor, "until">): string => `${dayFrom(until, keptEmptyDays)}T00:00:00.000Z`;

const actOf = ({ clock }: Cloud, person: Person, submission: Submission): Change =>
  actRow(clock, person, "submit", thingOf(submission.publication, submission.id, submission), { files: 0 });

/** False: the id is another's, or files lie there that nobody has looked at. */
async function enter(
  cloud: Cloud,
  submission: Submission,
  expiresAt: string,
  besides: readonly Change[],
): Promise<boolean> {
  if ((await listFiles(cloud, submission.publication, submission.id)).length > 0) return false;
  try {
    await cloud.table.write([...submissionChanges(undefined, submission, { expiresAt }), ...besides]);
    return true;
  } catch (conflict) {
    if (!(conflict instanceof Conflict)) throw conflict;
    return false;
  }
}

/** A label only: ingest goes by the bytes. */
export const typeOf = (name: string): string =>
  ["markdown", "text"].includes(textFormatNamed(name) ?? "") ? "text/plain; charset=utf-8" : "application/octet-stream";
