import type { ListFacts } from "../../core/subscriber/list-tally.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Cloud, Item, UploadForm, Value } from "../cloud/cloud.ts";
import { forgetFolder, forgetRow } from "./forgetting.ts";
import { importKey } from "./keys.ts";
import { importFolder } from "./paths.ts";

/** Lists of readers somebody takes in at the desk: how far each has come. The list itself is a private file, for a day. */

/** How many readers of a list are new, known, suppressed, erased. */
export interface ListCounts {
  readonly added: number;
  readonly known: number;
  readonly suppressed: number;
  readonly erased: number;
}
export const nobodyListed: ListCounts = { added: 0, known: 0, suppressed: 0, erased: 0 };

export interface ReaderImport extends ListFacts {
  readonly version: number;
  readonly id: string;
  /** Who brought it. */
  readonly by: string;
  readonly at: string;
  readonly consentSource: string;
  /** awaited: the list is yet to come · looking: nobody is taken in yet · ready: waits for a yes · taking · done */
  readonly state: "awaited" | "looking" | "ready" | "taking" | "done";
  /** Rows the state has behind it. */
  readonly seen: number;
  /** What taking in would do, and what it did. */
  readonly would: ListCounts;
  readonly took: ListCounts;
  readonly expiresAt: string;
}

const nothingRead = {
  ...{ rows: 0, refused: {}, noted: {}, notes: [], seen: 0 },
  ...{ would: nobodyListed, took: nobodyListed },
} as const;

/** How long a list lies here that nobody says yes to. */
const keptHours = 24;

/** Files that the list has to be gone, before there is one. */
export async function saveNewImport(
  cloud: Cloud,
  publication: string,
  given: Pick<ReaderImport, "by" | "consentSource">,
): Promise<ReaderImport> {
  const [id, now] = [cloud.clock.id(), cloud.clock.now()];
  const at = now.toISOString();
  const expiresAt = new Date(now.getTime() + keptHours * 3_600_000).toISOString();
  const saved: ReaderImport = { ...given, ...nothingRead, state: "awaited", version: 1, id, at, expiresAt };
  const key = importKey(publication, id);
  await cloud.table.each([
    forgetFolder(dayFrom(at.slice(0, 10), 1), importFolder(publication, id)),
    forgetRow(expiresAt, key),
  ]);
  await cloud.table.each([{ put: rowOf(publication, saved), if: "absent" }]);
  return saved;
}

/** Undefined once it is forgotten. */
export async function readImport(cloud: Cloud, publication: string, id: string): Promise<ReaderImport | undefined> {
  const [row] = await cloud.table.get([importKey(publication, id)], { consistent: true });
  return row && (row as unknown as ReaderImport);
}

/** Over the version that was read. Answers false when somebody else went on with it meanwhile. */
export async function saveImport(cloud: Cloud, publication: string, next: ReaderImport): Promise<boolean> {
  const saved = { ...next, version: next.version + 1 };
  const [outcome] = await cloud.table.each([{ put: rowOf(publication, saved), if: { version: next.version } }]);
  return outcome === "done";
}

/** The list; undefined once it is taken in or forgotten. */
export async function readImportList(cloud: Cloud, publication: string, id: string): Promise<Uint8Array | undefined> {
  return (await cloud.files.read(listFile(publication, id)))?.body;
}

export const removeImportList = (cloud: Cloud, publication: string, id: string): Promise<void> =>
  cloud.files.remove([listFile(publication, id)]);

/** Whether the list has come. */
export const hasImportList = async (cloud: Cloud, publication: string, id: string): Promise<boolean> =>
  (await cloud.files.list(listFile(publication, id), { limit: 1 })).length > 0;

/** How long a form to bring the list with is good. */
const formSeconds = 3600;

export const importListForm = (
  cloud: Cloud,
  publication: string,
  id: string,
  options: { readonly maxBytes: number; readonly backTo: string },
): Promise<UploadForm> =>
  cloud.files.uploadForm(listFile(publication, id), { ...options, type: "text/csv", seconds: formSeconds });

export const removeImport = async (cloud: Cloud, publication: string, id: string): Promise<void> =>
  void (await cloud.table.each([{ remove: importKey(publication, id) }]));

const listFile = (publication: string, id: string): string => `${importFolder(publication, id)}list.csv`;

const rowOf = (publication: string, row: ReaderImport): Item => ({
  ...importKey(publication, row.id),
  v: 1,
  ...(row as unknown as Record<string, Value>),
  expiresAt: row.expiresAt,
});
