import type { Submission } from "../core/article/submission.ts";
import type { OfferedDownload } from "../core/issue/download.ts";
import { type IssuePlan, idOfIssue } from "../core/issue/issue.ts";
import type { Publication } from "../core/publication.ts";
import type { Note } from "../core/refusal.ts";
import { keepDownloads } from "../functions/desk/downloads.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../functions/desk/issues.ts";
import { found } from "../functions/desk/publications.ts";
import { submit } from "../functions/desk/submissions.ts";
import { type BuildReport, readBuildReport } from "../functions/records/build-reports.ts";
import { readSubmission } from "../functions/records/submissions.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { withLogo } from "./logo.ts";
import type { PressFolder } from "./press-folder.ts";
import { person } from "./session.ts";
import { workUntilQuiet } from "./wiring.ts";

/** The main job step by step, on an embedded cloud: what a press does, and what gives a newcomer the sample. */

/** Founds the publication and hands everything in. Answers what became of each submission, and what to know of the logo. */
export async function handIn(
  cloud: LocalCloud,
  publication: Publication,
  { submissions, logo }: Pick<PressFolder, "submissions" | "logo">,
): Promise<{ readonly submissions: Submission[]; readonly notes: readonly Note[] }> {
  const whole = await withLogo(cloud, publication, logo);
  await found(cloud, person, whole.publication);
  for (const { id, files } of submissions) await submit(cloud, person, publication.id, id, files);
  await workUntilQuiet(cloud);
  const states = await Promise.all(submissions.map(({ id }) => readSubmission(cloud, publication.id, id)));
  return { submissions: states.filter((state) => state !== undefined), notes: whole.notes };
}

/** Drafts the issue with its files to take along and builds it. */
export async function buildNow(
  cloud: LocalCloud,
  plan: IssuePlan,
  offered: readonly OfferedDownload[],
): Promise<BuildReport> {
  const id = idOfIssue(plan);
  const downloads = await keepDownloads(cloud, person, plan, offered);
  await draftIssue(cloud, person, { ...plan, downloads });
  await orderBuild(cloud, person, plan.publication, id);
  await workUntilQuiet(cloud);
  const report = await readBuildReport(cloud, plan.publication, id);
  if (!report) throw new Error(`the build of ${id} left no report`);
  return report;
}

/** Approves exactly this build and sends it at once. */
export async function deliverNow(cloud: LocalCloud, plan: IssuePlan, fingerprint: string): Promise<void> {
  const id = idOfIssue(plan);
  await approveIssue(cloud, person, plan.publication, id, fingerprint);
  await scheduleIssue(cloud, person, plan.publication, id, cloud.clock.now());
  await workUntilQuiet(cloud);
}
