import type { Note, Refusal } from "../../core/refusal.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import { buildReportKey } from "./keys.ts";

/** What the last build of an issue had to say: why it was refused, or what to know about it. */
export interface BuildReport {
  readonly at: string;
  /** null where the build was refused. */
  readonly fingerprint: string | null;
  readonly refusals: readonly Pick<Refusal, "code" | "details">[];
  readonly notes: readonly Note[];
}

/** Replaces the report of the build before. */
export async function saveBuildReport(
  cloud: Cloud,
  publication: string,
  issue: string,
  report: BuildReport,
): Promise<void> {
  const { at, fingerprint, refusals, notes } = report;
  await cloud.table.write([
    {
      put: {
        ...buildReportKey(publication, issue),
        v: 1,
        at,
        fingerprint,
        refusals: refusals as unknown as Value,
        notes: notes as unknown as Value,
      },
    },
  ]);
}

/** Undefined where nobody ever built it. */
export async function readBuildReport(
  cloud: Cloud,
  publication: string,
  issue: string,
): Promise<BuildReport | undefined> {
  const [row] = await cloud.table.get([buildReportKey(publication, issue)], { consistent: true });
  if (!row) return undefined;
  const { pk: _, sk: __, v: ___, ...report } = row;
  return report as unknown as BuildReport;
}
