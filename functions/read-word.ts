import { demandFewPictures, type Manuscript } from "../core/article/manuscript.ts";
import { type ManuscriptOrder, manuscriptOrder } from "../core/article/manuscript-order.ts";
import { readWord as openWord, type WordDocument } from "../core/article/word.ts";
import { Refusal } from "../core/refusal.ts";
import type { Cloud, Handler } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onFiles } from "./cloud/on-files.ts";
import { submissionFolder } from "./records/paths.ts";
import { beginReading, findReading, saveReading, saveReadingPicture } from "./records/readings.ts";

/** Opens a Word file, lets it be used and closes it, whatever happens. @throws Refusal `word-…` */
export type OpenWord = (
  name: string,
  bytes: Uint8Array,
  use: (document: WordDocument) => Promise<Manuscript>,
) => Promise<Manuscript>;

/** All that hostile bytes may ever reach. */
type Reach = Pick<Cloud, "files">;

/**
 * Reads Word files, and nothing else: whatever such a file does to its reader, there is nothing here to be had. What was
 * read lies below `readings/`, and `ingest` goes on from there.
 */
export const readWordBy =
  (open: OpenWord) =>
  (cloud: Reach): Handler =>
    eachMessage(manuscriptOrder.parse, (order) => readManuscript(cloud, order, open));

/** Here the process is the limit: AWS ends it when it takes too much or too long. */
export const readWord = readWordBy(async (name, bytes, use) => use(await openWord(name, bytes)));

/** A start nobody saw the end of was a death. One may have been the machine's; two were the file's. */
const mostStarts = 2;

async function readManuscript(cloud: Reach, order: ManuscriptOrder, open: OpenWord): Promise<void> {
  if (await findReading(cloud, order)) return;
  const file = await cloud.files.read(submissionFolder(order.publication, order.submission) + order.stored);
  if (file?.etag !== order.etag) return; // whoever put another there asks for that one
  const starts = await beginReading(cloud, order);
  if (starts === undefined) return;
  const read = starts > mostStarts ? tooHard(order) : await readThrough(cloud, order, file.body, open);
  await saveReading(cloud, order, read);
}

const tooHard = ({ name }: ManuscriptOrder): Manuscript => [new Refusal("word-too-hard", { name })];

async function readThrough(
  cloud: Reach,
  order: ManuscriptOrder,
  bytes: Uint8Array,
  open: OpenWord,
): Promise<Manuscript> {
  try {
    return await open(order.name, bytes, (document) => keepPictures(cloud, order, document));
  } catch (refusal) {
    if (refusal instanceof Refusal) return [refusal];
    throw refusal;
  }
}

/** One at a time: a document may hold dozens of photos of many megabytes. */
async function keepPictures(cloud: Reach, order: ManuscriptOrder, document: WordDocument): Promise<Manuscript> {
  const { reading } = document;
  demandFewPictures(order.name, reading);
  for (const { name } of reading.pictures) await saveReadingPicture(cloud, order, name, await document.picture(name));
  return reading;
}

export const handler = onFiles(readWord);
