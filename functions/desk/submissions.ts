import { isFileName, submissionId } from "../../core/article/submission.ts";
import { textFormatNamed } from "../../core/article/text-format.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { submissionFolder } from "../records/keys.ts";

export interface HandedIn {
  readonly name: string;
  readonly body: Uint8Array;
}

/**
 * Puts an author's files where ingest finds them. A file of the same name replaces the earlier one.
 *
 * @throws Refusal `submission-name`, `file-name`, `nothing-to-submit`, `not-allowed` before anything is written
 */
export async function submit(
  cloud: Cloud,
  person: Person,
  publication: string,
  submission: string,
  files: readonly HandedIn[],
): Promise<void> {
  const thing: Thing = { publication, kind: "submission", id: submission };
  demand(person, "submit", thing);
  demandNames(submission, files);
  for (const { name, body } of files) {
    await cloud.files.write(submissionFolder(publication, submission) + name, body, { type: typeOf(name) });
  }
  await cloud.table.write([actRow(cloud.clock, person, "submit", thing, { files: files.length })]);
}

function demandNames(submission: string, files: readonly HandedIn[]): void {
  if (!submissionId.safeParse(submission).success) throw new Refusal("submission-name", { name: submission });
  if (files.length === 0) throw new Refusal("nothing-to-submit", { name: submission });
  const wrong = files.find(({ name }) => !isFileName(name));
  if (wrong) throw new Refusal("file-name", { name: wrong.name });
}

/** A label only: ingest goes by the bytes. */
const typeOf = (name: string): string =>
  ["markdown", "text"].includes(textFormatNamed(name) ?? "") ? "text/plain; charset=utf-8" : "application/octet-stream";
