import { idOfIssue } from "../core/issue/issue.ts";
import { type NoteCode, note, Refusal, type RefusalCode } from "../core/refusal.ts";
import type { Language } from "../core/words.ts";
import { listArticles } from "../functions/records/articles.ts";
import { type LocalCloud, localCloud } from "./cloud/local-cloud.ts";
import { type OutFolder, outFolder } from "./out-folder.ts";
import { type PressFolder, readPressFolder } from "./press-folder.ts";
import { nothingPrinted, type Printed, writeOut } from "./press-result.ts";
import { newRun, type PressRun, type PressStep, type Progress, type Said } from "./press-run.ts";
import { buildNow, deliverNow, handIn } from "./printing.ts";
import { type Assumed, assume } from "./proof-printing.ts";
import { pressReaders } from "./readers-file.ts";

/** `report.json`. Counts are readers, `bytes` are bytes, `seconds` are measured per step. */
export interface PressReport extends Printed {
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
