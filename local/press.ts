import { readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { type IssuePlan, idOfIssue } from "../core/issue/issue.ts";
import type { Publication } from "../core/publication.ts";
import { type Details, type Note, type NoteCode, Refusal, type RefusalCode } from "../core/refusal.ts";
import { operator } from "../core/rights.ts";
import { type Language, noteSentence, refusalSentence } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../functions/desk/issues.ts";
import { found } from "../functions/desk/publications.ts";
import { submit } from "../functions/desk/submissions.ts";
import { type IssueAccount, issueAccount } from "../functions/records/account.ts";
import { readBuildReport } from "../functions/records/build-reports.ts";
import { readEditionFile, readManifest } from "../functions/records/editions.ts";
import { requireIssue } from "../functions/records/issues.ts";
import { readSubmission } from "../functions/records/submissions.ts";
import { type LocalCloud, localCloud } from "./cloud/local-cloud.ts";
import { type OutFolder, outFolder } from "./out-folder.ts";
import { type PressFolder, readPressFolder } from "./press-folder.ts";
import { type Assumed, assume } from "./proof-printing.ts";
import { readReaders } from "./readers-file.ts";
import { sampleSlots } from "./sample-slots.ts";
import { workUntilQuiet } from "./wiring.ts";

/** The steps of a press, in order; also the names of its measured times. */
export const pressSteps = ["read", "ingest", "build", "deliver", "write"] as const;
export type PressStep = (typeof pressSteps)[number];

export interface Said<Code> {
  readonly code: Code;
  readonly details: Details;
  readonly sentence: string;
  /** The submission or edition it is about. */
  readonly about: string;
}

/** `report.json`. Counts are readers, `bytes` are bytes, `seconds` are measured per step. */
export interface PressReport {
  readonly issue: string | null;
  readonly fingerprint: string | null;
  readonly readers: Pick<
    IssueAccount,
    "candidates" | "excluded" | "planned" | "accepted" | "skipped" | "rejected" | "unresolved"
  >;
  readonly bytes: { readonly emailHtml: number; readonly emailText: number; readonly largestMessage: number };
  readonly notes: readonly Said<NoteCode>[];
  readonly refusals: readonly Said<RefusalCode>[];
  readonly seconds: Partial<Record<PressStep, number>>;
}

export interface PressOptions {
  readonly out: string;
  readonly language: Language;
  /** Told when a step begins, and at each letter. */
  readonly progress?: { step(step: PressStep): void; letters(count: number): void; letter(): void };
}

/** The address a press writes into its letters: where `npx kurier open` will show them. */
export const pressOrigin = "http://127.0.0.1:4810";

/**
 * The whole main job in one go, on a fresh embedded cloud: files become articles, articles an issue, the issue letters
 * and pages. Never relays, whatever is set.
 *
 * @throws Refusal when the folder or the place for the result cannot be used; other refusals stand in the report
 */
export async function press(folder: string, options: PressOptions): Promise<PressReport> {
  const out = await outFolder(options.out);
  try {
    const report = await printInto(out, folder, options);
    await out.write("report.json", `${JSON.stringify(report, null, 2)}\n`);
    await out.finish();
    return report;
  } catch (trouble) {
    await out.abandon();
    throw trouble;
  }
}

async function printInto(out: OutFolder, folder: string, options: PressOptions): Promise<PressReport> {
  const run = new Run(options);
  const onPaper = await run.step("read", () => readPressFolder(folder, options.language));
  const assumed = assume(onPaper, pressOrigin, new Date());
  run.note(assumed.notes, "");
  const cloud = localCloud({ folder: out.workshop });
  try {
    const whole = await run.step("ingest", () => ingestAll(cloud, onPaper, assumed, run));
    const built = whole && (await run.step("build", () => buildIssue(cloud, assumed, run)));
    if (built) await run.step("deliver", () => deliverIssue(cloud, onPaper, assumed, built, run));
    return await run.step("write", () => writeOut(cloud, out, assumed, built, run));
  } finally {
    cloud.close();
  }
}

/** What one press has said so far, and how long its steps took. */
class Run {
  readonly notes: Said<NoteCode>[] = [];
  readonly refusals: Said<RefusalCode>[] = [];
  readonly seconds: Partial<Record<PressStep, number>> = {};
  readonly options: PressOptions;

  constructor(options: PressOptions) {
    this.options = options;
  }

  async step<T>(step: PressStep, work: () => Promise<T>): Promise<T> {
    this.options.progress?.step(step);
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.seconds[step] = Math.round(performance.now() - started) / 1000;
    }
  }

  note(notes: readonly Note[], about: string): void {
    for (const { code, details } of notes) {
      this.notes.push({ code, details, sentence: noteSentence(this.options.language, { code, details }), about });
    }
  }

  refuse(refusals: readonly Pick<Refusal, "code" | "details">[], about: string): void {
    for (const { code, details } of refusals) {
      this.refusals.push({ code, details, sentence: refusalSentence(this.options.language, { code, details }), about });
    }
  }
}

/** Answers whether every submission became an article. */
async function ingestAll(
  cloud: LocalCloud,
  { submissions }: PressFolder,
  { publication }: Assumed,
  run: Run,
): Promise<boolean> {
  await found(cloud, operator, publication);
  for (const { id, files } of submissions) await submit(cloud, operator, publication.id, id, files);
  await workUntilQuiet(cloud);
  for (const { id } of submissions) {
    const submission = await readSubmission(cloud, publication.id, id);
    run.note(submission?.notes ?? [], id);
    if (submission?.state === "refused") run.refuse(submission.refusals, id);
    if (submission?.state === "waiting")
      run.refuse([new Refusal("pictures-missing", { pictures: submission.waitingFor.join(", "), submission: id })], id);
  }
  return run.refusals.length === 0;
}

interface BuiltIssue {
  readonly fingerprint: string;
}

async function buildIssue(
  cloud: LocalCloud,
  { publication, plan }: Assumed,
  run: Run,
): Promise<BuiltIssue | undefined> {
  const id = idOfIssue(plan);
  await draftIssue(cloud, operator, plan);
  await orderBuild(cloud, operator, publication.id, id);
  await workUntilQuiet(cloud);
  const report = await readBuildReport(cloud, publication.id, id);
  run.note(report?.notes ?? [], id);
  run.refuse(report?.refusals ?? [], id);
  return report?.fingerprint ? { fingerprint: report.fingerprint } : undefined;
}

async function deliverIssue(
  cloud: LocalCloud,
  { readers }: PressFolder,
  { publication, plan }: Assumed,
  { fingerprint }: BuiltIssue,
  run: Run,
): Promise<void> {
  const id = idOfIssue(plan);
  const imported = await readReaders(cloud, publication, readers, plan.language);
  run.note(imported.notes, "readers.csv");
  run.options.progress?.letters(imported.confirmed);
  await approveIssue(cloud, operator, publication.id, id, fingerprint);
  await scheduleIssue(cloud, operator, publication.id, id, cloud.clock.now());
  await workUntilQuiet(watched(cloud, run));
}

/** The same cloud, telling of each letter that was accepted. */
const watched = (cloud: LocalCloud, run: Run): LocalCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter) => {
      const accepted = await cloud.mail.send(letter);
      run.options.progress?.letter();
      return accepted;
    },
  },
});

const nobody: PressReport["readers"] = {
  candidates: 0,
  excluded: {},
  planned: 0,
  accepted: 0,
  skipped: {},
  rejected: 0,
  unresolved: 0,
};

async function writeOut(
  cloud: LocalCloud,
  out: OutFolder,
  { publication, plan }: Assumed,
  built: BuiltIssue | undefined,
  run: Run,
): Promise<PressReport> {
  const bytes = built ? await writeEditions(cloud, out, publication, plan, built) : { emailHtml: 0, emailText: 0 };
  const largestMessage = built ? await moveLetters(cloud, out) : 0;
  const account = built && (await issueAccount(cloud, publication.id, idOfIssue(plan)));
  const { candidates, excluded, planned, accepted, skipped, rejected, unresolved } = account ?? nobody;
  return {
    issue: built ? idOfIssue(plan) : null,
    fingerprint: built?.fingerprint ?? null,
    readers: { candidates, excluded, planned, accepted, skipped, rejected, unresolved },
    bytes: { ...bytes, largestMessage },
    notes: run.notes,
    refusals: run.refusals,
    seconds: run.seconds,
  };
}

/** The letters' two parts, filled for a sample reader, and everything the world would see. */
async function writeEditions(
  cloud: Cloud,
  out: OutFolder,
  publication: Publication,
  plan: IssuePlan,
  { fingerprint }: BuiltIssue,
) {
  const place = { publication: publication.id, issue: idOfIssue(plan), fingerprint, language: plan.language };
  await requireIssue(cloud, publication.id, idOfIssue(plan));
  const manifest = await readManifest(cloud, place);
  const sizes = new Map(manifest?.files.map(({ path, bytes }) => [path, bytes]));
  for (const path of ["email.html", "email.txt"]) {
    await out.write(`editions/${path}`, sampleSlots(path, await readEditionFile(cloud, place, path), publication));
  }
  const root = `public/${publication.id}/`;
  for (const { key } of await cloud.files.list(root)) {
    const file = await cloud.files.read(key);
    if (file) await out.write(`editions/web/${key.slice(root.length)}`, file.body);
  }
  return { emailHtml: sizes.get("email.html") ?? 0, emailText: sizes.get("email.txt") ?? 0 };
}

/** Moves the outbox as it is: ten thousand letters are one rename. Answers the size of the largest. */
async function moveLetters(cloud: LocalCloud, out: OutFolder): Promise<number> {
  const mailbox = join(out.making, "mailbox");
  await rename(cloud.outboxFolder("editions"), mailbox);
  const sizes = await Promise.all((await readdir(mailbox)).map(async (name) => (await stat(join(mailbox, name))).size));
  return sizes.reduce((largest, size) => Math.max(largest, size), 0);
}
