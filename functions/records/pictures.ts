import { isLogoAddress } from "../../core/logo/logo.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { foreverCache } from "./editions.ts";
import { inBatches } from "./in-batches.ts";
import { publicFile, withheldFile } from "./paths.ts";

/**
 * The forms of pictures, named by their content. They lie where the world sees them, or are withheld under the same
 * names: those of an article that was withdrawn, while nothing else shows them. A picture goes by its original's hash.
 */

type Place = (publication: string, path: string) => string;

/** Where its forms lie or have to lie: whoever makes them anew must not bring out what was taken back. */
export async function placeOfForms(cloud: Cloud, publication: string, sha256: string): Promise<Place> {
  const isWithheld = (await cloud.files.list(withheldFile(publication, formsOf(sha256)), { limit: 1 })).length > 0;
  return isWithheld ? withheldFile : publicFile;
}

/** Takes pictures off the public files. Twice is once. */
export async function withhold(cloud: Cloud, publication: string, pictures: readonly string[]): Promise<void> {
  for (const sha256 of pictures) await moveForms(cloud, publication, sha256, [publicFile, withheldFile]);
}

/** Puts those among them back that were taken off. Twice is once. */
export async function release(cloud: Cloud, publication: string, pictures: readonly string[]): Promise<void> {
  if (!(await isAnyWithheld(cloud, publication))) return;
  for (const sha256 of pictures) await moveForms(cloud, publication, sha256, [withheldFile, publicFile]);
}

export const isAnyWithheld = async (cloud: Cloud, publication: string): Promise<boolean> =>
  (await cloud.files.list(withheldFile(publication, ""), { limit: 1 })).length > 0;

/** The same beginning for all forms of one picture, as `pictureAddress` has it. */
const formsOf = (sha256: string): string => `bilder/${sha256}-`;

/**
 * Copied before they are removed: a run that dies in between leaves them in both, and the next one removes them. Somebody
 * may move them the other way in this very moment; what would be in neither place then is put back. A logo made of the
 * same file stays where it is: it is the publisher's, whatever becomes of an article.
 */
async function moveForms(
  cloud: Cloud,
  publication: string,
  sha256: string,
  [from, to]: readonly [Place, Place],
): Promise<void> {
  const root = from(publication, "");
  const listed = await cloud.files.list(from(publication, formsOf(sha256)));
  const forms = listed.filter(({ key }) => !isLogoAddress(key));
  const found = await inBatches(forms, async ({ key }): Promise<Form[]> => {
    const file = await cloud.files.read(key);
    return file ? [{ path: key.slice(root.length), type: file.type, body: file.body }] : [];
  });
  const copies = found.flat();
  await write(cloud, publication, copies, to);
  await cloud.files.remove(forms.map(({ key }) => key));
  const arrived = new Set((await cloud.files.list(to(publication, formsOf(sha256)))).map(({ key }) => key));
  const lost = copies.filter(({ path }) => !arrived.has(to(publication, path)));
  await write(cloud, publication, lost, from);
}

interface Form {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array;
}

async function write(cloud: Cloud, publication: string, forms: readonly Form[], place: Place): Promise<void> {
  const kept = place === publicFile ? { cache: foreverCache } : {};
  await inBatches(forms, ({ path, type, body }) =>
    cloud.files.write(place(publication, path), body, { type, ...kept }),
  );
}
