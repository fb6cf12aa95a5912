import { type HandedIn, readHandIn } from "../../core/mail/hand-in.ts";
import { dayAt, mailOf, newSubmission } from "../../core/mail/received.ts";
import { submissionIdOf, submissionNamed } from "../../core/mail/subject.ts";
import type { KnownPerson } from "../../core/person.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Thing } from "../../core/rights.ts";
import { type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { submissionFolder } from "../records/paths.ts";
import { listFiles, readSubmission, type Submission, submissionChanges } from "../records/submissions.ts";

/** A mail that is believed. */
export interface Mail {
  readonly id: string;
  readonly raw: Uint8Array;
  readonly subject: string;
  readonly publication: Publication;
}

/**
 * Makes a submission of an author's mail, or adds to one of theirs that its subject names. Answers its id, or why not.
 * Run twice it is as if it ran once: the row names the mail and its files before any of them is written.
 */
export async function takeIn(cloud: Cloud, mail: Mail, person: KnownPerson): Promise<string | Refusal> {
  try {
    const own = await ownSubmission(cloud, mail, person);
    return own ? await addTo(cloud, mail, person, own) : await begin(cloud, mail, person);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

/** The one its subject names, if it is theirs: nobody writes into another's. */
async function ownSubmission(cloud: Cloud, { publication, subject }: Mail, { id: by }: KnownPerson) {
  const named = submissionNamed(subject);
  const row = named === undefined ? undefined : await readSubmission(cloud, publication.id, named);
  return row?.by === by ? row : undefined;
}

// ── a new one ────────────────────────────────────────────────────────────────────────────────────

/** Submissions of one title on one day. */
const mostNamesakes = 100;

async function begin(cloud: Cloud, mail: Mail, person: KnownPerson): Promise<string> {
  const { publication, subject } = mail;
  const handedIn = await readHandIn(mail.raw, []);
  const now = cloud.clock.now();
  const wanted = submissionIdOf(subject, dayAt(publication, now), publication.language);
  for (let turn = 1; turn <= mostNamesakes; turn += 1) {
    const id = turn === 1 ? wanted : `${wanted}-${turn}`;
    const submission = newSubmission(
      { publication: publication.id, id, by: person.id, at: now.toISOString() },
      { mail: mailOf(mail.id, handedIn) },
    );
    if (!(await enter(cloud, person, undefined, submission))) continue;
    await writeFiles(cloud, submission, handedIn);
    return id;
  }
  throw new Error(`no id is free for a submission of ${publication.id}`);
}

/** False: the id is another mail's. Our own row standing there is a run that died in the middle. */
async function enter(
  cloud: Cloud,
  person: KnownPerson,
  before: Submission | undefined,
  submission: Submission,
): Promise<boolean> {
  const { publication, id, mail } = submission;
  const thing: Thing = { publication, kind: "submission", id };
  demand(person, "submit", thing);
  try {
    const act = actRow(cloud.clock, person, "submit", thing, { files: mail?.files.length ?? 0 });
    await cloud.table.write([...submissionChanges(before, submission), act]);
    return true;
  } catch (conflict) {
    if (!(conflict instanceof Conflict)) throw conflict;
    return (await readSubmission(cloud, publication, id))?.mail?.id === mail?.id;
  }
}

// ── one that stands ──────────────────────────────────────────────────────────────────────────────

/** Ingest may write the same row at the same time this often. */
const mostTurns = 5;

async function addTo(cloud: Cloud, mail: Mail, person: KnownPerson, found: Submission): Promise<string> {
  const { publication, id } = found;
  const ours = found.mail?.id === mail.id ? found.mail.files : [];
  const files = await listFiles(cloud, publication, id);
  const standing = files.map(({ name }) => name).filter((name) => !ours.includes(name));
  const handedIn = await readHandIn(mail.raw, standing);
  let row: Submission | undefined = found;
  for (let turn = 1; row; turn += 1) {
    if (row.mail?.id === mail.id) break; // a run that died in the middle
    const next: Submission = { ...row, version: row.version + 1, mail: mailOf(mail.id, handedIn, row.mail) };
    if (await enter(cloud, person, row, next)) break;
    if (turn === mostTurns) throw new Error(`submission ${publication} ${id} changed ${mostTurns} times`);
    row = await readSubmission(cloud, publication, id);
  }
  await writeFiles(cloud, found, handedIn);
  return id;
}

/** What a new text takes the place of goes last: ingest never finds the submission without any. */
async function writeFiles(cloud: Cloud, { publication, id }: Submission, { files, replaced }: HandedIn): Promise<void> {
  const folder = submissionFolder(publication, id);
  for (const { name, body } of files)
    await cloud.files.write(folder + name, body, { type: "application/octet-stream" });
  await cloud.files.remove(replaced.map((name) => folder + name));
}
