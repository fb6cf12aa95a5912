import { type Stands, standingsIn } from "../../core/desk/standing.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { withdrawnFrom } from "../records/amendments.ts";
import { issuesNaming } from "../records/issues-naming.ts";

/** Of those articles that stand anywhere; all others are free. */
export async function whereTheyStand(
  cloud: Cloud,
  publication: string,
  articles: readonly string[],
): Promise<ReadonlyMap<string, Stands>> {
  const issues = await issuesNaming(cloud, publication, articles);
  return standingsIn(issues, await withdrawnFrom(cloud, publication, issues));
}
