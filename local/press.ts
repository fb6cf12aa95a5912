import { readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { sampleSlots } from "../core/edition/sample-slots.ts";
import { idOfIssue } from "../core/issue/issue.ts";
import { type NoteCode, note, Refusal, type RefusalCode } from "../core/refusal.ts";
import type { Language } from "../core/words.ts";
import { type IssueAccount, issueAccount } from "../functions/records/account.ts";
import { listArticles } from "../functions/records/articles.ts";
import { readEditionFile, readManifest } from "../functions/records/editions.ts";
import { type LocalCloud, localCloud } from "./cloud/local-cloud.ts";
import { type OutFolder, outFolder } from "./out-folder.ts";
import { type PressFolder, readPressFolder } from "./press-folder.ts";
import { newRun, type PressRun, type PressStep, type Progress, type Said } from "./press-run.ts";
import { buildNow, deliverNow, handIn } from "./printing.ts";
import { type Assumed, assume } from "./proof-printing.ts";
import { pressReaders } from "./readers-file.ts";

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
  readonly progress?: Progress;
}

/** The address a press writes into its letters: where `npx kurier open` will show them. */
const pressOrigin = "http://127.0.0.1:4810";

/**
 * The whole main job in one go, on a fresh embedded cloud: files become articles, articles an issue, the issue letters
 * and pages. Never relays, whatever is set.
 *
 * @throws Refusal when the folder or the place for the result cannot be used; other refusals stand in the report
 */
export async function press(folder: string, options: PressOptions): Promise<PressReport> {
  const out = await outFolder(options.out);
  try {
    const report = await print(out, folder, options);
    await out.write("report.json", `${JSON.stringify(report, null, 2)}\n`);
    await out.finish();
    return report;
  } catch (trouble) {
    await out.abandon();
    throw trouble;
  }
}

async function print(out: OutFolder, folder: string, options: PressOptions): Promise<PressReport> {
  const run = newRun(options.language, options.progress);
  const onPaper = await run.step("read", () => readPressFolder(folder, options.language));
  const assumed = assume(onPaper, pressOrigin, new Date());
  run.note([...assumed.notes, ...onPaper.notes], "");
  const cloud = localCloud({ folder: out.workshop, isDurable: false });
  try {
    const printed = await printIn(cloud, out, onPaper, assumed, run).catch((trouble: unknown) => {
      if (!(trouble instanceof Refusal)) throw trouble;
      run.refuse([trouble], "");
      return nothingPrinted;
    });
    return { ...printed, notes: run.notes, refusals: run.refusals, seconds: run.seconds };
  } finally {
    cloud.close();
  }
}

async function printIn(
  cloud: LocalCloud,
  out: OutFolder,
  onPaper: PressFolder,
  assumed: Assumed,
  run: PressRun,
): Promise<Printed> {
  await run.step("ingest", () => ingest(cloud, onPaper, assumed, run));
  if (run.refusals.length > 0) return nothingPrinted;
  const fingerprint = await run.step("build", () => build(cloud, onPaper, assumed, run));
  if (!fingerprint) return nothingPrinted;
  await run.step("deliver", () => deliver(cloud, onPaper, assumed, fingerprint, run));
  return run.step("write", () => writeOut(cloud, out, assumed, fingerprint));
}

// ── the steps ────────────────────────────────────────────────────────────────────────────────────

async function ingest(cloud: LocalCloud, folder: PressFolder, { publication }: Assumed, run: PressRun): Promise<void> {
  const handedIn = await handIn(cloud, publication, folder);
  run.note(handedIn.notes, "publication.yaml");
  for (const submission of handedIn.submissions) {
    const { id, notes, state } = submission;
    run.note(notes, id);
    if (state === "refused") run.refuse(submission.refusals, id);
    if (state === "waiting")
      run.refuse([new Refusal("pictures-missing", { pictures: submission.waitingFor.join(", "), submission: id })], id);
  }
}

async function build(
  cloud: LocalCloud,
  { downloads }: PressFolder,
  { publication, plan }: Assumed,
  run: PressRun,
): Promise<string | null> {
  const { fingerprint, notes, refusals } = await buildNow(cloud, plan, downloads);
  // Awaited pictures were said at ingest already, with what to do about them.
  run.note(
    notes.filter(({ code }) => code !== "awaited-picture"),
    idOfIssue(plan),
  );
  run.refuse(refusals, idOfIssue(plan));
  if (refusals.some(({ code }) => code === "no-article")) {
    const there = (await listArticles(cloud, publication.id)).map(({ id }) => id);
    run.note([note("articles-there", { articles: there.join(", ") })], idOfIssue(plan));
  }
  return fingerprint;
}

async function deliver(
  cloud: LocalCloud,
  { readers }: PressFolder,
  { publication, plan }: Assumed,
  fingerprint: string,
  run: PressRun,
): Promise<void> {
  const { added, notes } = await pressReaders(cloud, publication, readers, run.language);
  run.note(notes, "readers.csv");
  run.progress?.letters(added);
  await deliverNow(
    watched(cloud, () => run.progress?.letter()),
    plan,
    fingerprint,
  );
}

/** The same cloud, telling of each letter that was accepted. */
const watched = (cloud: LocalCloud, letter: () => void): LocalCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (given) => {
      const accepted = await cloud.mail.send(given);
      letter();
      return accepted;
    },
  },
});

type Printed = Pick<PressReport, "issue" | "fingerprint" | "readers" | "bytes">;

const nothingPrinted: Printed = {
  issue: null,
  fingerprint: null,
  readers: { candidates: 0, excluded: {}, planned: 0, accepted: 0, skipped: {}, rejected: 0, unresolved: 0 },
  bytes: { emailHtml: 0, emailText: 0, largestMessage: 0 },
};

/** The letters' two parts filled for a sample reader, everything the world would see, and every letter. */
async function writeOut(
  cloud: LocalCloud,
  out: OutFolder,
  { publication, plan }: Assumed,
  fingerprint: string,
): Promise<Printed> {
  const issue = idOfIssue(plan);
  const place = { publication: publication.id, issue, fingerprint, language: plan.language };
  const sizes = new Map((await readManifest(cloud, place))?.files.map(({ path, bytes }) => [path, bytes]));
  const sample = { baseUrl: publication.baseUrl, language: plan.language };
  for (const path of ["email.html", "email.txt"]) {
    await out.write(`editions/${path}`, sampleSlots(path, await readEditionFile(cloud, place, path), sample));
  }
  await writePublic(cloud, out, publication.id);
  const account = await issueAccount(cloud, publication.id, issue);
  if (!account) throw new Error(`${issue} was delivered without an account`);
  const { candidates, excluded, planned, accepted, skipped, rejected, unresolved } = account;
  return {
    issue,
    fingerprint,
    readers: { candidates, excluded, planned, accepted, skipped, rejected, unresolved },
    bytes: {
      emailHtml: sizes.get("email.html") ?? 0,
      emailText: sizes.get("email.txt") ?? 0,
      largestMessage: await moveLetters(cloud, out),
    },
  };
}

async function writePublic(cloud: LocalCloud, out: OutFolder, publication: string): Promise<void> {
  const root = `public/${publication}/`;
  for (const { key } of await cloud.files.list(root)) {
    const file = await cloud.files.read(key);
    if (file) await out.write(`editions/web/${key.slice(root.length)}`, file.body);
  }
}

/** Moves the outbox as it is: ten thousand letters are one rename. Answers the bytes of the largest. */
async function moveLetters(cloud: LocalCloud, out: OutFolder): Promise<number> {
  const mailbox = join(out.making, "mailbox");
  await rename(cloud.outboxFolder("editions"), mailbox);
  const sizes = await Promise.all((await readdir(mailbox)).map(async (name) => (await stat(join(mailbox, name))).size));
  return sizes.reduce((largest, size) => Math.max(largest, size), 0);
}
