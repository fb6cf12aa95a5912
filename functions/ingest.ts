import type { Image } from "../core/article/article.ts";
import { decide, type Outcome, readText, takeManuscript } from "../core/article/ingest.ts";
import { sharedTitle } from "../core/article/slug.ts";
import { type Sorted, sortFiles } from "../core/article/sort-files.ts";
import { besideFiles, contentId, type ListedFile, type Submission } from "../core/article/submission.ts";
import type { Details, Note } from "../core/refusal.ts";
import { house, operator } from "../core/rights.ts";
import type { HandedInAsk } from "../core/subscriber/ask.ts";
import { type Change, type Cloud, Conflict, type FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { keepFor, saveBeside } from "./ingest/beside.ts";
import { cutPictures } from "./ingest/cuts.ts";
import { inTurn, Unfinished } from "./ingest/in-turn.ts";
import { readLogo } from "./ingest/logos.ts";
import { type Reading, readingOf } from "./ingest/manuscripts.ts";
import { readPictures } from "./ingest/pictures.ts";
import { workOf } from "./ingest/work.ts";
import { actRow } from "./records/acts.ts";
import { readCard } from "./records/articles.ts";
import { holdingOf } from "./records/issues-with.ts";
import { saveRevision } from "./records/revisions.ts";
import { listFiles, readFile, readSubmission, submissionChanges } from "./records/submissions.ts";

/** A file arrived: a submission's, or a logo. The notice is only a hint: what counts is what lies in the folder when we look. */
export const ingest: FunctionMaker = (cloud) =>
  eachMessage(workOf, async (work, { deadline }) => {
    if (!work) return;
    if ("is" in work) return cutPictures(cloud, work);
    if ("ground" in work) return readLogo(cloud, work.publication, work.ground);
    await inTurn(cloud, work, deadline, (demandTime) =>
      ingestSubmission(cloud, work.publication, work.submission, demandTime),
    );
  });

/** Files may come and be taken away this often; then it is read in another run. */
const mostTurns = 5;

/** Makes of a submission what can be made of it now. Run twice, or by two at once, it is as if it ran once. */
export async function ingestSubmission(
  cloud: Cloud,
  publication: string,
  id: string,
  demandTime: () => void = () => {},
): Promise<void> {
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    if (await ingestOnce(cloud, { publication, id, demandTime })) return;
  }
  throw new Unfinished(`submission ${publication} ${id} changed ${mostTurns} times while it was read`);
}

interface Place {
  readonly publication: string;
  readonly id: string;
  readonly demandTime: () => void;
}

/** True when the row says what the folder holds; false when either moved on meanwhile. */
async function ingestOnce(cloud: Cloud, place: Place): Promise<boolean> {
  const { publication, id } = place;
  const [row, files] = await Promise.all([readSubmission(cloud, publication, id), listFiles(cloud, publication, id)]);
  const sorted = sortFiles(files);
  const reading = await readingOf(cloud, publication, id, sorted);
  const contentOf = (listed: readonly ListedFile[]): string => contentId(listed, reading?.read?.etag);
  const content = contentOf(files);
  if (files.length === 0 || row?.contentId === content) return true;
  const outcome = await readFiles(cloud, place, sorted, reading);
  if (contentOf(await listFiles(cloud, publication, id)) !== content) return false;
  try {
    const reads = { publication, id, content, files: contentId(files), row, format: sorted.format };
    await save(cloud, reads, outcome);
    return true;
  } catch (conflict) {
    if (conflict instanceof Conflict) return false;
    throw conflict;
  }
}

// ── reading ────────────────────────────────────────────────────────────────────────────────────

async function readFiles(cloud: Cloud, place: Place, sorted: Sorted, reading: Reading | undefined): Promise<Outcome> {
  const { publication, id, demandTime } = place;
  if (sorted.format !== "word") {
    const isReadable = !sorted.refusals.some(({ code }) => code === "text-too-large" || code === "picture-bytes");
    const text = sorted.text && isReadable ? await readFile(cloud, publication, id, sorted.text.stored) : undefined;
    const read = readText(sorted, text);
    return decide(read, await readPictures(cloud, place, sorted, { text: read.text, demandTime }));
  }
  // Without its text nobody knows yet what a picture is for.
  const pictures = reading?.read ? await readPictures(cloud, place, sorted, { reading, demandTime }) : new Map();
  return decide(takeManuscript(sorted, reading?.read?.manuscript, [...pictures.keys()]), pictures);
}

// ── saving ─────────────────────────────────────────────────────────────────────────────────────

interface Reads {
  readonly publication: string;
  readonly id: string;
  readonly content: string;
  /** The same of the files alone. */
  readonly files: string;
  readonly row: Submission | undefined;
  readonly format: Sorted["format"];
}

async function save(cloud: Cloud, reads: Reads, outcome: Outcome): Promise<void> {
  await tellAuthor(cloud, reads, outcome);
  if (outcome.state !== "ingested") {
    await cloud.table.write(changesOf(cloud, reads, stateOf(outcome), { state: outcome.state }));
    return;
  }
  const { publication, id, content, format } = reads;
  const images: Record<string, Image> = { ...outcome.images };
  const revision = { publication, id, text: outcome.text, images, origin: { contentId: content, format } };
  const card = await readCard(cloud, publication, id);
  const told = (number: number, notes: readonly Note[]): Change[] => {
    const state = { state: outcome.state, revision: number, masthead: outcome.masthead ?? null, notes: few(notes) };
    return changesOf(cloud, reads, state, { state: outcome.state, revision: number });
  };
  const besides = (number: number, said: Note): Change[] => told(number, [said, ...outcome.notes]);
  // No issue holds an article there was not.
  const holding = card && (await holdingOf(cloud, { publication, article: id, title: card.title }));
  if (card && holding?.waiting) return keepFor(cloud, card, revision, { waiting: holding.waiting, besides });
  const voids = holding?.voids ?? [];
  if (card?.isMended) return saveBeside(cloud, card, revision, { besides, voids });
  await saveRevision(cloud, card, revision, (saved) => [
    ...told(saved.revision, [...sharedTitle(outcome.text, saved), ...outcome.notes]),
    ...voids,
  ]);
}

/** Whoever brings forty photos gets one letter when the last of them was read for so long. */
const quietSeconds = 300;

/**
 * Asks for a letter about what lies there now, for whoever brought it at the desk. Before it is saved: a run that dies in
 * between is repeated, and of what is not true any more no letter is made.
 */
async function tellAuthor(cloud: Cloud, { publication, id, content, row }: Reads, { notes }: Outcome): Promise<void> {
  // Of a mail there is a receipt already; what is still being read is told of afterwards.
  if (!row?.desk || row.mail || notes.some(({ code }) => code === "being-read")) return;
  const at = cloud.clock.now().toISOString();
  const ask: HandedInAsk = { v: 1, id: cloud.clock.id(), is: "handed-in", at, publication, submission: id, content };
  await cloud.queues.confirmations.add([ask], { delaySeconds: quietSeconds });
}

type State = Submission extends infer S
  ? S extends Submission
    ? Omit<S, "v" | "version" | "publication" | "id" | "by" | "at" | "contentId" | "filesId" | "mail" | "desk">
    : never
  : never;

function stateOf(outcome: Exclude<Outcome, { state: "ingested" }>): State {
  const notes = few(outcome.notes);
  if (outcome.state === "waiting") {
    return { state: "waiting", waitingFor: outcome.waitingFor.slice(0, mostSaid), notes };
  }
  return { state: "refused", refusals: few(outcome.refusals), notes };
}

/** A row holds 400 KB; an author reads fewer notes than that, and shorter ones. */
const mostSaid = 100;
const longestDetail = 300;

const few = <C>(said: readonly { code: C; details: Details }[]): { code: C; details: Details }[] =>
  said.slice(0, mostSaid).map(({ code, details }) => ({
    code,
    details: Object.fromEntries(Object.entries(details).map(([gap, value]) => [gap, shortened(value)])),
  }));

const shortened = (value: string | number): string | number =>
  typeof value === "string" && value.length > longestDetail
    ? `${value.slice(0, longestDetail).toWellFormed()} …`
    : value;

/** The submission's row, and the act that tells of it. */
function changesOf(
  cloud: Cloud,
  { publication, id, content, files, row }: Reads,
  state: State,
  details: Record<string, string | number>,
): Change[] {
  const by = row?.by ?? operator.id;
  const submission = {
    ...{ v: 1, version: (row?.version ?? 0) + 1, publication, id, by, contentId: content, filesId: files },
    at: cloud.clock.now().toISOString(),
    ...(row && besideFiles(row)),
    ...state,
  } as Submission;
  return [
    ...submissionChanges(row, submission),
    actRow(cloud.clock, house, "ingest", { publication, kind: "submission", id }, details),
  ];
}

export const handler = onAws(ingest);
