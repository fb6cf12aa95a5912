import { type Ground, grounds, type LightLogo } from "../../core/logo/logo.ts";
import type { Details, Note, RefusalCode } from "../../core/refusal.ts";
import type { Cloud, Item, Value } from "../cloud/cloud.ts";
import { logoKey } from "./keys.ts";
import { logoFile, logoFolder } from "./paths.ts";

/** Logos somebody has brought and nobody has put in yet: the file as it came, and a row that says what became of it. */

export type ReadLogo =
  | { readonly picture: LightLogo; readonly notes: readonly Note[]; readonly refused?: undefined }
  | { readonly refused: { readonly code: RefusalCode; readonly details: Details }; readonly picture?: undefined };

/** One that has come; `read` is missing while it is looked at. `etag` is the file's. */
export interface BroughtLogo {
  readonly etag: string;
  readonly read?: ReadLogo;
}
export type BroughtLogos = Readonly<Partial<Record<Ground, BroughtLogo>>>;

/** What has come, by the ground it is for. The file decides: what is said of another one is not said of it. */
export async function broughtLogos(cloud: Cloud, publication: string): Promise<BroughtLogos> {
  const [files, rows] = await Promise.all([
    cloud.files.list(logoFolder(publication)),
    cloud.table.get(
      grounds.map((ground) => logoKey(publication, ground)),
      { consistent: true },
    ),
  ]);
  return Object.fromEntries(
    grounds.flatMap((ground, index) => {
      const file = files.find(({ key }) => key === logoFile(publication, ground));
      const row = rows[index] as (Item & { readonly etag: string; readonly read: ReadLogo }) | undefined;
      if (!file) return [];
      const read = row?.etag === file.etag ? { read: row.read } : {};
      return [[ground, { etag: file.etag, ...read } satisfies BroughtLogo]];
    }),
  );
}

export const saveReadLogo = async (
  cloud: Cloud,
  publication: string,
  ground: Ground,
  { etag, read }: Required<BroughtLogo>,
): Promise<void> =>
  cloud.table.write([{ put: { ...logoKey(publication, ground), v: 1, etag, read: read as unknown as Value } }]);

/** Takes away what was brought; what is published stays, for letters that were sent name it. */
export async function dropLogos(cloud: Cloud, publication: string, which: readonly Ground[]): Promise<void> {
  await cloud.files.remove(which.map((ground) => logoFile(publication, ground)));
  await cloud.table.each(which.map((ground) => ({ remove: logoKey(publication, ground) })));
}
