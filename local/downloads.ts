import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { demandName, demandSize, type IssueDownload, type OfferedDownload } from "../core/issue/download.ts";
import { Refusal } from "../core/refusal.ts";
import { findGiven, readGiven } from "./given-file.ts";

type Named = Pick<IssueDownload, "file" | "label">;

/**
 * The files `issue.yaml` offers readers, as they lie beside it.
 *
 * @throws Refusal `download-name`, `download-missing`, `download-too-large`, and what {@link readGiven} refuses
 */
export async function readDownloads(folder: string, named: readonly Named[]): Promise<OfferedDownload[]> {
  const offered: OfferedDownload[] = [];
  for (const one of named) offered.push(await readBeside(folder, one));
  return offered;
}

async function readBeside(folder: string, { file: typed, label }: Named): Promise<OfferedDownload> {
  const file = typed.normalize("NFC");
  demandName(file);
  // A disk may spell an umlaut in two signs where the editor's keyboard wrote one.
  const there = (await readdir(folder)).find((name) => name.normalize("NFC") === file);
  if (there === undefined) throw new Refusal("download-missing", { file });
  const path = join(folder, there);
  demandSize(file, (await findGiven(path)).size);
  return { file, label, body: await readGiven(path) };
}
