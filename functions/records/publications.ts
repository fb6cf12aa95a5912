import { type Publication, publicationId, publicationSchema } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Change, Cloud, Item, Value } from "../cloud/cloud.ts";
import { isFenced } from "./fence.ts";
import { publicationKey, publicationPointer, publicationsPartition } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** @throws Refusal `no-publication` */
export async function requirePublication(cloud: Cloud, id: string): Promise<Publication> {
  const publication = await findPublication(cloud, id);
  if (!publication) throw new Refusal("no-publication", { publication: id });
  return publication;
}

/** @param id as it came: in an address anybody may write anything, longer than any key */
export async function findPublication(cloud: Cloud, id: string): Promise<Publication | undefined> {
  if (!publicationId.safeParse(id).success) return undefined;
  return (await readVersioned(cloud, id))?.publication;
}

/** What stands, and its version for {@link replacePublication}. @throws Refusal `no-publication` */
export async function requireVersioned(cloud: Cloud, id: string): Promise<Versioned> {
  const found = await readVersioned(cloud, id);
  if (!found) throw new Refusal("no-publication", { publication: id });
  return found;
}

interface Versioned {
  readonly publication: Publication;
  readonly version: number;
}

async function readVersioned(cloud: Cloud, id: string): Promise<Versioned | undefined> {
  const [row] = await cloud.table.get([publicationKey(id)], { consistent: true });
  if (!row) return undefined;
  const { pk: _, sk: __, version, ...settings } = row;
  return { publication: publicationSchema.parse(settings), version: Number(version ?? 0) };
}

/** Puts changed settings in the place of those with this version. @throws Conflict when somebody was quicker */
export const replacePublication = (
  cloud: Cloud,
  { publication, version }: Versioned,
  besides: readonly Change[],
): Promise<void> => cloud.table.write([{ put: rowOf(publication, version + 1), if: { version } }, ...besides]);

/** Other publications that its order form offers; one that is gone is left out. */
export async function publicationsBeside(cloud: Cloud, { id, besides }: Publication): Promise<Publication[]> {
  const others = besides.filter((one) => one !== id);
  return (await Promise.all(others.map((one) => findPublication(cloud, one)))).flatMap((one) => one ?? []);
}

/** Those whose order form offers it, in the words it has now. */
export async function publicationsOffering(cloud: Cloud, offered: string): Promise<Publication[]> {
  const others = (await listPublications(cloud)).filter((id) => id !== offered);
  const all = await Promise.all(others.map((id) => requirePublication(cloud, id)));
  return all.filter(({ besides }) => besides.includes(offered));
}

export async function listPublications(cloud: Cloud): Promise<string[]> {
  return Array.fromAsync(rowsOf(cloud, { pk: publicationsPartition }), ({ sk }) => sk);
}

/** A publication that was not there before. */
export const newPublicationChanges = (publication: Publication): Change[] => [
  { put: rowOf(publication, 1), if: "absent" },
  { put: { ...publicationPointer(publication.id), v: 1 } },
];

/** Founds a publication or replaces its settings; its id and language never change. */
export async function savePublication(
  cloud: Cloud,
  publication: Publication,
  besides: readonly Change[] = [],
): Promise<void> {
  const [row] = await cloud.table.get([publicationKey(publication.id)], { consistent: true });
  if (row && row.language !== publication.language)
    throw new Refusal("language-fixed", { publication: publication.id });
  if (!row) await isFenced(cloud); // a new table is marked as ours before anything is entered in its journal
  const version = Number(row?.version ?? 0);
  await cloud.table.write([
    { put: rowOf(publication, version + 1), if: row ? { version } : "absent" },
    { put: { ...publicationPointer(publication.id), v: 1 } },
    ...besides,
  ]);
}

const rowOf = (publication: Publication, version: number): Item => ({
  ...publicationKey(publication.id),
  ...(publication as unknown as Record<string, Value>),
  version,
});
