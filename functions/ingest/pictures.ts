import type { ArticleText, Focus } from "../../core/article/article.ts";
import { type CamePicture, larger, pairPictures } from "../../core/article/beside.ts";
import { focusesOf } from "../../core/article/contents.ts";
import { isRefused } from "../../core/article/manuscript.ts";
import { type MadePicture, makePicture } from "../../core/article/picture.ts";
import { pictureAddress } from "../../core/article/picture-address.ts";
import type { Sorted, SubmittedFile } from "../../core/article/sort-files.ts";
import type { WordPicture } from "../../core/article/word.ts";
import { type Note, Refusal } from "../../core/refusal.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { foreverCache } from "../records/editions.ts";
import { findMade, type PictureFile, rememberMade } from "../records/made-pictures.ts";
import { originalFile } from "../records/paths.ts";
import { placeOfForms } from "../records/pictures.ts";
import { readReadingPicture } from "../records/readings.ts";
import { readFile } from "../records/submissions.ts";
import type { Reading } from "./manuscripts.ts";

/** The pictures of a submission, by the names its text knows them by. */
export type Pictures = ReadonlyMap<string, MadePicture | Refusal>;

interface Place {
  readonly publication: string;
  readonly id: string;
}

export interface HowToRead {
  readonly text?: ArticleText | undefined;
  readonly reading?: Reading;
  /** Asked before each picture that has to be opened: throws where there is no time left for another. */
  readonly demandTime: () => void;
}

/**
 * Those that lie there as files, and those inside a Word file, each replaced by the file of its name where that is larger.
 * One after the other: a picture in memory is a hundred times its file. None is opened twice.
 */
export async function readPictures(
  cloud: Cloud,
  place: Place,
  { pictures, refusals }: Sorted,
  { text, reading, demandTime }: HowToRead,
): Promise<Pictures> {
  const focuses = (name: string): Focus[] => (text ? focusesOf(text, name) : []);
  const refused = new Set(refusals.map(({ details }) => details.name));
  const files = pictures.filter(({ name }) => !refused.has(name));
  const { pairs, others } = pairPictures(insideOf(reading), files);
  const made = new Map<string, MadePicture | Refusal>();
  const look = async (source: Source): Promise<Came | undefined> => lookAt(cloud, source, demandTime);
  for (const { inside, beside } of pairs) {
    const came = await look(insideSource(cloud, place, reading, inside.name));
    if (!came) throw new Error("a reading lacks one of its pictures"); // it names none that was not written before it
    const photo = beside && (await look(besideSource(cloud, place, beside)));
    const { chosen, notes } = photo ? larger(came, photo) : { chosen: came, notes: [] };
    made.set(inside.name, await keep(cloud, chosen, notes));
  }
  for (const file of others) {
    const came = await look(besideSource(cloud, place, file, focuses(file.name)));
    if (came) made.set(file.name, await keep(cloud, came));
  }
  return made;
}

const insideOf = (reading: Reading | undefined): readonly WordPicture[] => {
  const manuscript = reading?.read?.manuscript;
  return !manuscript || isRefused(manuscript) ? [] : manuscript.pictures;
};

// ── looking at one ───────────────────────────────────────────────────────────────────────────────

/** A picture and where its bytes are. */
interface Source {
  readonly file: PictureFile;
  readonly read: () => Promise<Uint8Array | undefined>;
}
interface Came extends CamePicture {
  readonly source: Source;
  readonly isKept: boolean;
  /** Undefined where it was remembered. */
  readonly bytes: Uint8Array | undefined;
}

function insideSource(cloud: Cloud, { publication, id }: Place, reading: Reading | undefined, name: string): Source {
  const etag = reading?.file.etag ?? "";
  return {
    file: { publication, submission: id, etag, name, isInside: true, asked: [] },
    read: async () => reading && readReadingPicture(cloud, reading.file, name),
  };
}

const besideSource = (
  cloud: Cloud,
  { publication, id }: Place,
  { name, stored, etag }: SubmittedFile,
  asked: readonly Focus[] = [],
): Source => ({
  file: { publication, submission: id, etag, name, isInside: false, asked },
  read: () => readFile(cloud, publication, id, stored),
});

/** Undefined when it was taken away since it was listed. */
async function lookAt(cloud: Cloud, source: Source, demandTime: () => void): Promise<Came | undefined> {
  const { file } = source;
  const remembered = await findMade(cloud, file);
  if (remembered) {
    const { made, isKept } = remembered;
    const known = made instanceof Refusal ? made : { ...made, variants: [] };
    return { name: file.name, source, made: known, isKept, bytes: undefined };
  }
  demandTime();
  const bytes = await source.read();
  if (!bytes) return undefined;
  const made = await madeOf(file.name, bytes, file.asked);
  // Its forms are let go where it is not the one that is printed.
  await rememberMade(cloud, file, { made, isKept: false });
  return { name: file.name, source, made, isKept: false, bytes };
}

/** The one that is printed: its forms lie where readers find them, from now on. */
async function keep(cloud: Cloud, came: Came, notes: readonly Note[] = []): Promise<MadePicture | Refusal> {
  const { source, isKept, made } = came;
  if (made instanceof Refusal) return made;
  if (isKept) return { ...made, notes: [...made.notes, ...notes] };
  const bytes = came.bytes ?? (await source.read());
  if (!bytes) throw new Error("a picture was taken away while it was read");
  const whole = came.bytes ? made : await madeOf(came.name, bytes, source.file.asked);
  const kept = await keepPicture(cloud, source.file.publication, { made: whole, bytes }, notes);
  await rememberMade(cloud, source.file, { made: whole, isKept: true });
  return kept;
}

async function madeOf(name: string, bytes: Uint8Array, asked: readonly Focus[] = []): Promise<MadePicture | Refusal> {
  try {
    return await makePicture(name, bytes, asked);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

/** Everything is named by its content: writing it again changes nothing. The forms themselves are let go. */
export async function keepPicture(
  cloud: Cloud,
  publication: string,
  { made, bytes }: Pick<CamePicture, "made"> & { readonly bytes: Uint8Array },
  notes: readonly Note[] = [],
): Promise<MadePicture | Refusal> {
  if (made instanceof Refusal) return made;
  const { image } = made;
  await cloud.files.write(originalFile(publication, image.sha256), bytes, { type: "application/octet-stream" });
  const placed = await placeOfForms(cloud, publication, image.sha256);
  for (const { body, ...variant } of made.variants) {
    const type = variant.type === "jpg" ? "image/jpeg" : "image/webp";
    await cloud.files.write(placed(publication, pictureAddress(image, variant)), body, {
      type,
      cache: foreverCache,
    });
  }
  return { ...made, variants: [], notes: [...made.notes, ...notes] };
}
