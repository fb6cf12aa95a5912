import type { Provider } from "../../core/delivery/providers.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { reportKey } from "./keys.ts";

/** What reading every reader of an issue once has found. No address is in it, and no domain few readers have. */
export interface Report {
  readonly v: 1;
  readonly at: string;
  readonly providers: readonly Provider[];
  /** Who left, and who came, within so many days after it began. */
  readonly left: number;
  readonly came: number;
  readonly days: number;
}

/** Replaces the one before. */
export async function saveReport(cloud: Cloud, { publication, issue }: Place, report: Report): Promise<void> {
  const row = report as unknown as Readonly<Record<string, Value>>;
  await cloud.table.write([{ put: { ...reportKey(publication, issue), ...row } }]);
}

/** Undefined where nobody has asked yet. */
export async function readReport(cloud: Cloud, { publication, issue }: Place): Promise<Report | undefined> {
  const [row] = await cloud.table.get([reportKey(publication, issue)]);
  if (!row) return undefined;
  const { pk: _, sk: __, ...report } = row;
  return report as unknown as Report;
}
