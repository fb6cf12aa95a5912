import type { Cloud } from "../cloud/cloud.ts";
import { listSubmissions, readSubmission, type Submission, submissionChanges } from "../records/submissions.ts";
import { untilWritten } from "../records/until-written.ts";

/** What an author wrote beside their articles is theirs: it goes with them. */
export async function forgetCoveringLetters(cloud: Cloud, publication: string, author: string): Promise<void> {
  const theirs = (await listSubmissions(cloud, publication)).filter(({ by, mail }) => by === author && mail?.words);
  for (const { id } of theirs)
    await untilWritten(async () => {
      const row = await readSubmission(cloud, publication, id);
      if (!row?.mail) return;
      const next: Submission = { ...row, version: row.version + 1, mail: { ...row.mail, words: "" } };
      await cloud.table.write(submissionChanges(row, next));
    });
}
