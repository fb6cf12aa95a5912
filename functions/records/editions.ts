import type { EditionFile, Manifest } from "../../core/edition/edition.ts";
import type { Publication } from "../../core/publication.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readDownload } from "./downloads.ts";
import { inBatches } from "./in-batches.ts";
import { editionFolder, publicFile } from "./paths.ts";

/** Where one build of an issue lives: immutable, by its fingerprint. */
export interface EditionPlace {
  readonly publication: string;
  readonly issue: string;
  readonly fingerprint: string;
  readonly language: "de" | "en";
}
const folderOf = ({ publication, issue, fingerprint, language }: EditionPlace): string =>
  editionFolder(publication, issue, fingerprint, language);

/** The manifest is written last: it is what makes an edition exist. Writing the same edition again changes nothing. */
export async function saveEdition(
  cloud: Cloud,
  place: EditionPlace,
  files: readonly EditionFile[],
  manifest: Manifest,
): Promise<void> {
  await inBatches(files, async (file) => {
    await cloud.files.write(folderOf(place) + file.path, file.body, { type: file.type });
  });
  await cloud.files.write(`${folderOf(place)}manifest.json`, JSON.stringify(manifest), { type: "application/json" });
}

/** Undefined while the edition does not exist whole. */
export async function readManifest(cloud: Cloud, place: EditionPlace): Promise<Manifest | undefined> {
  const file = await cloud.files.read(`${folderOf(place)}manifest.json`);
  return file && (JSON.parse(new TextDecoder().decode(file.body)) as Manifest);
}

/** @throws when the edition lacks the file: an edition is whole or it is not there */
export async function readEditionFile(cloud: Cloud, place: EditionPlace, path: string): Promise<Uint8Array> {
  const file = await cloud.files.read(folderOf(place) + path);
  if (!file) throw new Error(`edition ${place.publication} ${place.issue} ${place.fingerprint} lacks ${path}`);
  return file.body;
}

const pageCache = "public, max-age=300";
/** For what is addressed by its content: a year, and never asked again. */
export const foreverCache = "public, max-age=31536000, immutable";

/** Pages live by their human address and change; what is addressed by its content never does. */
const cacheOf = (path: string): string => (/^(bilder|gestalt)\//.test(path) ? foreverCache : pageCache);

/**
 * What stood there is gone. S3 has no word for that beside what it keeps: a directive caches pass over (RFC 9111, 5.2.3)
 * tells whoever stands before the files to answer 410.
 */
export const goneCache = `${pageCache}, gone`;

/** Copies the web edition to where the world sees it. Twice is the same as once. */
export async function publishWeb(cloud: Cloud, place: EditionPlace, manifest: Manifest): Promise<void> {
  const web = manifest.files.filter(({ path }) => path.startsWith("web/"));
  await publishDownloads(cloud, place, manifest);
  // What pages lean on goes first, so that no page is ever public without its style and type.
  const [leanedOn, pages] = [
    web.filter(({ path }) => !path.endsWith(".html")),
    web.filter(({ path }) => path.endsWith(".html")),
  ];
  for (const group of [leanedOn, pages]) {
    await inBatches(group, async ({ path, type, isGone }) => {
      const body = await readEditionFile(cloud, place, path);
      const address = path.slice("web/".length);
      const cache = isGone ? goneCache : cacheOf(address);
      await cloud.files.write(publicFile(place.publication, address), body, { type, cache });
    });
  }
}

/** One after the other: each may be large, and all of them at once too much to hold. Before the pages that lead to them. */
async function publishDownloads(cloud: Cloud, { publication }: EditionPlace, { downloads }: Manifest): Promise<void> {
  for (const { path, type, sha256 } of downloads ?? []) {
    const body = await readDownload(cloud, publication, sha256);
    const address = path.slice("web/".length);
    await cloud.files.write(publicFile(publication, address), body, { type, cache: cacheOf(address) });
  }
}

/** Writes pages that belong to no issue: archive, feeds, imprint. */
export async function publishPages(
  cloud: Cloud,
  publication: Publication,
  files: readonly EditionFile[],
): Promise<void> {
  await inBatches(files, async ({ path, body, type }) => {
    await cloud.files.write(publicFile(publication.id, path), body, { type, cache: cacheOf(path) });
  });
}
