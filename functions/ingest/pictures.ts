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
import { originalFile } from "../records/keys.ts";
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

/**
 * Those that lie there as files, and those inside a Word file, each replaced by the file of its name where that is larger.
 * One after the other: a picture in memory is a hundred times its file.
 */
export async function readPictures(
  cloud: Cloud,
  place: Place,
  { pictures, refusals }: Sorted,
  { text, reading }: { text?: ArticleText | undefined; reading?: Reading },
): Promise<Pictures> {
  const focuses = (name: string): Focus[] => (text ? focusesOf(text, name) : []);
  const refused = new Set(refusals.map(({ details }) => details.name));
  const files = pictures.filter(({ name }) => !refused.has(name));
  const { pairs, others } = pairPictures(insideOf(reading), files);
  const made = new Map<string, MadePicture | Refusal>();
  for (const { inside, beside } of pairs) {
    const came = await pictureInside(cloud, reading, inside.name);
    const photo = beside && (await pictureBeside(cloud, place, beside));
    const { chosen, notes } = photo ? larger(came, photo) : { chosen: came, notes: [] };
    made.set(inside.name, await keepPicture(cloud, place.publication, chosen, notes));
  }
  for (const file of others) {
    const came = await pictureBeside(cloud, place, file, focuses(file.name));
    if (came) made.set(file.name, await keepPicture(cloud, place.publication, came));
  }
  return made;
}

const insideOf = (reading: Reading | undefined): readonly WordPicture[] => {
  const manuscript = reading?.read?.manuscript;
  return !manuscript || isRefused(manuscript) ? [] : manuscript.pictures;
};

interface Came extends CamePicture {
  readonly bytes: Uint8Array;
}

/** @throws when it is not there: a reading names no picture that was not written before it */
async function pictureInside(cloud: Cloud, reading: Reading | undefined, name: string): Promise<Came> {
  const bytes = reading && (await readReadingPicture(cloud, reading.file, name));
  if (!bytes) throw new Error("a reading lacks one of its pictures");
  return { name, bytes, made: await madeOf(name, bytes) };
}

/** Undefined when it was taken away since it was listed. */
async function pictureBeside(
  cloud: Cloud,
  { publication, id }: Place,
  { name, stored }: SubmittedFile,
  asked: readonly Focus[] = [],
): Promise<Came | undefined> {
  const bytes = await readFile(cloud, publication, id, stored);
  return bytes && { name, bytes, made: await madeOf(name, bytes, asked) };
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
  { made, bytes }: Pick<Came, "made" | "bytes">,
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
