import { downloadType, type IssueDownload } from "../../core/issue/download.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { downloadFile } from "./paths.ts";

/** Files readers may take along, private and addressed by their content until a web edition brings them out. */

/** Whether this very content was saved before. */
export async function hasDownload(cloud: Cloud, publication: string, sha256: string): Promise<boolean> {
  return (await cloud.files.list(downloadFile(publication, sha256), { limit: 1 })).length > 0;
}

/** Saving the same file again changes nothing. */
export async function saveDownload(
  cloud: Cloud,
  publication: string,
  download: IssueDownload,
  body: Uint8Array,
): Promise<void> {
  if (await hasDownload(cloud, publication, download.sha256)) return;
  await cloud.files.write(downloadFile(publication, download.sha256), body, { type: downloadType(download) });
}

/** @throws when it is not there: no issue is drafted with a file that was not saved */
export async function readDownload(cloud: Cloud, publication: string, sha256: string): Promise<Uint8Array> {
  const file = await cloud.files.read(downloadFile(publication, sha256));
  if (!file) throw new Error(`${publication} lacks the download ${sha256}`);
  return file.body;
}
