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

/** Notes that somebody wants a build: until its report takes this place, it is on its way. */
export async function noteBuildOrder(cloud: Cloud, publication: string, issue: string, at: string): Promise<void> {
  await cloud.table.write([{ patch: buildReportKey(publication, issue), set: { v: 1, orderedAt: at } }]);
}

/** What the last build said, and since when another one is on its way. */
export interface BuildState {
  readonly report: BuildReport | undefined;
  readonly orderedAt: string | undefined;
}
export async function readBuildState(cloud: Cloud, publication: string, issue: string): Promise<BuildState> {
  const [row] = await cloud.table.get([buildReportKey(publication, issue)], { consistent: true });
  const { pk: _, sk: __, v: ___, orderedAt, ...report } = row ?? { pk: "", sk: "" };
  return {
    report: "at" in report ? (report as unknown as BuildReport) : undefined,
    orderedAt: orderedAt === undefined ? undefined : String(orderedAt),
  };
}

/** Undefined where nobody ever built it. */
export const readBuildReport = async (
  cloud: Cloud,
  publication: string,
  issue: string,
): Promise<BuildReport | undefined> => (await readBuildState(cloud, publication, issue)).report;
