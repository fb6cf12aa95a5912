import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { idOfIssue, issueLabel } from "../core/issue/issue.ts";
import { operator } from "../core/rights.ts";
import { fill, type Language, refusalSentence, words } from "../core/words.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../functions/desk/issues.ts";
import { found } from "../functions/desk/publications.ts";
import { submit } from "../functions/desk/submissions.ts";
import { readBuildReport } from "../functions/records/build-reports.ts";
import { listPublications } from "../functions/records/publications.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { readPressFolder } from "./press-folder.ts";
import { assume } from "./proof-printing.ts";
import { readReaders } from "./readers-file.ts";
import { workUntilQuiet } from "./wiring.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "sample", "elblandbote");

/**
 * Gives an empty cloud a magazine of our own invention, built, sent and archived. A cloud that knows a publication
 * already stays as it is. Answers whether it was set up now.
 */
export async function setUpSample(
  cloud: LocalCloud,
  origin: string,
  tell: (line: string) => void,
  language: Language,
): Promise<boolean> {
  if ((await listPublications(cloud)).length > 0) return false;
  const { start: say } = words(language).cli;
  const onPaper = await readPressFolder(folder, language);
  const { publication, plan } = assume(onPaper, origin, cloud.clock.now());
  const id = idOfIssue(plan);
  await found(cloud, operator, publication);
  tell(fill(say.ingesting, { articles: onPaper.submissions.length }));
  for (const submission of onPaper.submissions)
    await submit(cloud, operator, publication.id, submission.id, submission.files);
  await workUntilQuiet(cloud);
  tell(fill(say.building, { issue: issueLabel(plan) }));
  await draftIssue(cloud, operator, plan);
  await orderBuild(cloud, operator, publication.id, id);
  await workUntilQuiet(cloud);
  const report = await readBuildReport(cloud, publication.id, id);
  if (!report?.fingerprint)
    throw new Error(report?.refusals.map((refusal) => refusalSentence(language, refusal)).join("\n"));
  const { confirmed } = await readReaders(cloud, publication, onPaper.readers, plan.language);
  tell(fill(say.delivering, { readers: confirmed }));
  await approveIssue(cloud, operator, publication.id, id, report.fingerprint);
  await scheduleIssue(cloud, operator, publication.id, id, cloud.clock.now());
  await workUntilQuiet(cloud);
  return true;
}
