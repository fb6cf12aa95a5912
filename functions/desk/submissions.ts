import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { submissionFolder } from "../records/keys.ts";

export interface HandedIn {
  readonly name: string;
  readonly body: Uint8Array;
}

/** Puts an author's files where ingest finds them. A file of the same name replaces the earlier one. */
export async function submit(
  cloud: Cloud,
  person: Person,
  publication: string,
  submission: string,
  files: readonly HandedIn[],
): Promise<void> {
  const thing: Thing = { publication, kind: "submission", id: submission };
  demand(person, "submit", thing);
  for (const { name, body } of files) {
    await cloud.files.write(submissionFolder(publication, submission) + name, body, { type: typeOf(name) });
  }
  await cloud.table.write([actRow(cloud.clock, person, "submit", thing, { files: files.length })]);
}

/** A label only: ingest goes by the bytes. */
const typeOf = (name: string): string =>
  /\.(jpe?g|png|webp)$/i.test(name) ? "application/octet-stream" : "text/plain; charset=utf-8";
