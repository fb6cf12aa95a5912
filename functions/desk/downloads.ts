import { admitDownload, type IssueDownload, type OfferedDownload } from "../../core/issue/download.ts";
import { type IssuePlan, idOfIssue } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { hasDownload, saveDownload } from "../records/downloads.ts";

/**
 * Keeps the files readers may take along with an issue, and answers what its plan says of them.
 *
 * @throws Refusal `download-name`, `download-too-large`, `download-kind`, `not-allowed` before anything is written
 */
export async function keepDownloads(
  cloud: Cloud,
  person: Person,
  issue: Pick<IssuePlan, "publication" | "number" | "year">,
  offered: readonly OfferedDownload[],
): Promise<IssueDownload[]> {
  demand(person, "draft", { publication: issue.publication, kind: "issue", id: idOfIssue(issue) });
  const admitted = offered.map((one) => ({ download: admitDownload(one), body: one.body }));
  for (const { download, body } of admitted) await saveDownload(cloud, issue.publication, download, body);
  return admitted.map(({ download }) => download);
}

/** A link that leads nowhere is worse than none. @throws Refusal `download-missing` */
export async function demandKept(cloud: Cloud, { publication, downloads }: IssuePlan): Promise<void> {
  for (const { file, sha256 } of downloads) {
    if (!(await hasDownload(cloud, publication, sha256))) throw new Refusal("download-missing", { file });
  }
}
