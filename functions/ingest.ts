import type { Image } from "../core/article/article.ts";
import { decide, type Outcome, readText } from "../core/article/ingest.ts";
import { type MadePicture, makePicture } from "../core/article/picture.ts";
import { pictureAddress } from "../core/article/picture-address.ts";
import { sharedTitle } from "../core/article/slug.ts";
import { type Sorted, sortFiles } from "../core/article/sort-files.ts";
import { contentId, type ListedFile, type Submission, submissionId } from "../core/article/submission.ts";
import { publicationId } from "../core/publication.ts";
import { type Details, Refusal } from "../core/refusal.ts";
import { operator } from "../core/rights.ts";
import { type Change, type Cloud, Conflict, type FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { actRow } from "./records/acts.ts";
import { readCard, saveRevision } from "./records/articles.ts";
import { foreverCache } from "./records/editions.ts";
import { originalFile, publicFile } from "./records/keys.ts";
import { listFiles, readFile, readSubmission, submissionChange } from "./records/submissions.ts";

/** A file arrived. The notice is only a hint: what counts is what lies in the folder when we look. */
export const ingest: FunctionMaker = (cloud) =>
  eachMessage(arrivalOf, async (arrival) => {
    if (arrival) await ingestSubmission(cloud, arrival.publication, arrival.submission);
  });

interface Arrival {
  readonly publication: string;
  readonly submission: string;
}

/** `submissions/<publication>/<submission>/<name>`, from the notice of an object created. Undefined for any other key. */
function arrivalOf(body: unknown): Arrival | undefined {
  const key = (body as { detail?: { object?: { key?: unknown } } } | null)?.detail?.object?.key;
  if (typeof key !== "string") throw new Error("not the notice of a file");
  const [, publication, submission] = /^submissions\/([^/]+)\/([^/]+)\/./su.exec(key) ?? [];
  const isOurs = publicationId.safeParse(publication).success && submissionId.safeParse(submission).success;
  return isOurs && publication !== undefined && submission !== undefined ? { publication, submission } : undefined;
}

/** Other ingests of the same submission may win this often; then the queue tries again. */
const mostTurns = 5;

/** Makes of a submission what can be made of it now. Run twice, or by two at once, it is as if it ran once. */
export async function ingestSubmission(cloud: Cloud, publication: string, id: string): Promise<void> {
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    if (await ingestOnce(cloud, publication, id)) return;
  }
  throw new Error(`submission ${publication} ${id} changed ${mostTurns} times while it was read`);
}

/** True when the row says what the folder holds; false when either moved on meanwhile. */
async function ingestOnce(cloud: Cloud, publication: string, id: string): Promise<boolean> {
  const [row, files] = await Promise.all([readSubmission(cloud, publication, id), listFiles(cloud, publication, id)]);
  const content = contentId(files);
  if (files.length === 0 || row?.contentId === content) return true;
  const outcome = await readFiles(cloud, publication, id, files);
  if (contentId(await listFiles(cloud, publication, id)) !== content) return false;
  try {
    await save(cloud, { publication, id, content, row, format: sortFiles(files).format }, outcome);
    return true;
  } catch (conflict) {
    if (conflict instanceof Conflict) return false;
    throw conflict;
  }
}

// ── reading ────────────────────────────────────────────────────────────────────────────────────

async function readFiles(
  cloud: Cloud,
  publication: string,
  id: string,
  files: readonly ListedFile[],
): Promise<Outcome> {
  const sorted = sortFiles(files);
  const isReadable = !sorted.refusals.some(({ code }) => code === "text-too-large" || code === "picture-bytes");
  const text = sorted.text && isReadable ? await readFile(cloud, publication, id, sorted.text.stored) : undefined;
  const reading = readText(sorted, text);
  return decide(reading, await readPictures(cloud, publication, id, sorted));
}

/** One after the other: a picture in memory is a hundred times its file. */
async function readPictures(
  cloud: Cloud,
  publication: string,
  id: string,
  { pictures, refusals }: Sorted,
): Promise<ReadonlyMap<string, MadePicture | Refusal>> {
  const made = new Map<string, MadePicture | Refusal>();
  const refused = new Set(refusals.map(({ details }) => details.name));
  for (const { name, stored } of pictures.filter((picture) => !refused.has(picture.name))) {
    const bytes = await readFile(cloud, publication, id, stored);
    if (bytes) made.set(name, await pictureOrRefusal(cloud, publication, name, bytes));
  }
  return made;
}

async function pictureOrRefusal(
  cloud: Cloud,
  publication: string,
  name: string,
  bytes: Uint8Array,
): Promise<MadePicture | Refusal> {
  try {
    const picture = await makePicture(name, bytes);
    await keepPicture(cloud, publication, picture, bytes);
    return { ...picture, variants: [] };
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

/** Everything is named by its content: writing it again changes nothing. */
async function keepPicture(cloud: Cloud, publication: string, picture: MadePicture, bytes: Uint8Array): Promise<void> {
  const { image } = picture;
  await cloud.files.write(originalFile(publication, image.sha256), bytes, { type: "application/octet-stream" });
  for (const { body, ...variant } of picture.variants) {
    const type = variant.type === "jpg" ? "image/jpeg" : "image/webp";
    await cloud.files.write(publicFile(publication, pictureAddress(image, variant)), body, {
      type,
      cache: foreverCache,
    });
  }
}

// ── saving ─────────────────────────────────────────────────────────────────────────────────────

interface Reads {
  readonly publication: string;
  readonly id: string;
  readonly content: string;
  readonly row: Submission | undefined;
  readonly format: "markdown" | "text";
}

async function save(cloud: Cloud, reads: Reads, outcome: Outcome): Promise<void> {
  if (outcome.state !== "ingested") {
    await cloud.table.write(changesOf(cloud, reads, stateOf(outcome), { state: outcome.state }));
    return;
  }
  const { publication, id, content, format } = reads;
  const images: Record<string, Image> = { ...outcome.images };
  const revision = { publication, id, text: outcome.text, images, origin: { contentId: content, format } };
  const card = await readCard(cloud, publication, id);
  await saveRevision(cloud, card, revision, (saved) => {
    const state = {
      state: outcome.state,
      revision: saved.revision,
      masthead: outcome.masthead ?? null,
      notes: few([...sharedTitle(outcome.text, saved), ...outcome.notes]),
    };
    return changesOf(cloud, reads, state, { state: outcome.state, revision: saved.revision });
  });
}

type State = Submission extends infer S
  ? S extends Submission
    ? Omit<S, "v" | "version" | "publication" | "id" | "by" | "at" | "contentId" | "mail">
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
  { publication, id, content, row }: Reads,
  state: State,
  details: Record<string, string | number>,
): Change[] {
  const by = row?.by ?? operator.id;
  const submission = {
    ...{ v: 1, version: (row?.version ?? 0) + 1, publication, id, by, contentId: content },
    at: cloud.clock.now().toISOString(),
    ...(row?.mail && { mail: row.mail }),
    ...state,
  } as Submission;
  const person = { ...operator, id: by };
  return [
    submissionChange(submission),
    actRow(cloud.clock, person, "ingest", { publication, kind: "submission", id }, details),
  ];
}

export const handler = onAws(ingest);
