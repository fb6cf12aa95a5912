import { renderShelf, type ShelfEntry } from "../../core/archive/shelf.ts";
import type { House } from "../../core/edition/edition.ts";
import type { Cover } from "../../core/edition/web/cover.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import { type EditionPlace, publishPages, readEditionFile, readManifest } from "./editions.ts";
import { shelfKey } from "./keys.ts";
import { publicationsBeside, requirePublication } from "./publications.ts";
import { rowsOf } from "./rows.ts";

/** Puts an issue on the shelf as it was approved. Twice is the same as once: the first time stays. */
export async function putOnShelf(cloud: Cloud, place: EditionPlace, publishedAt: string): Promise<void> {
  const cover = await readCover(cloud, place);
  await cloud.table.each([
    { put: { ...shelfKey(place.publication, place.issue), v: 1, publishedAt, cover }, if: "absent" },
  ]);
}

/** Shows an issue as it was amended since; one of which nothing is left leaves the shelf. */
export async function replaceOnShelf(cloud: Cloud, place: EditionPlace, publishedAt: string): Promise<void> {
  const key = shelfKey(place.publication, place.issue);
  const manifest = await readManifest(cloud, place);
  if (!manifest?.files.some(({ path }) => path === coverPath)) return void (await cloud.table.each([{ remove: key }]));
  await cloud.table.each([{ put: { ...key, v: 1, publishedAt, cover: await readCover(cloud, place) } }]);
}

const coverPath = "cover.json";

const readCover = async (cloud: Cloud, place: EditionPlace): Promise<Value> =>
  JSON.parse(Buffer.from(await readEditionFile(cloud, place, coverPath)).toString()) as Value;

/** Renders everything public that belongs to no single issue: start page, archive, feeds, sitemap. */
export async function publishShelf(cloud: Cloud, house: House, publicationId: string): Promise<void> {
  const publication = await requirePublication(cloud, publicationId);
  const { pk } = shelfKey(publicationId, "");
  const rows = rowsOf(cloud, { pk, from: "shelf#", to: "shelf#~", consistent: true });
  const shelf = await Array.fromAsync(rows, ({ pk: _, sk: __, ...entry }) => entry as unknown as ShelfEntry);
  const besides = await publicationsBeside(cloud, publication);
  await publishPages(cloud, publication, renderShelf({ publication, house, shelf, besides }));
}

/** What there is to read at once; undefined before the first issue. */
export async function currentCover(cloud: Cloud, publication: string): Promise<Cover | undefined> {
  const { pk } = shelfKey(publication, "");
  const query = { pk, from: "shelf#", to: "shelf#~", newestFirst: true, limit: 1 };
  const [newest] = (await cloud.table.query(query)).items;
  return newest && (newest as unknown as ShelfEntry).cover;
}
