import type { Visit } from "../../core/check/visits.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import { visitsKey } from "./keys.ts";

/** What became of an issue's links when somebody had them followed. One row; the next time replaces it. */
export interface KeptVisits {
  /** When they were last followed. */
  readonly at: string;
  /** By the address as it is written, each with the time it was visited. */
  readonly visits: ReadonlyMap<string, Visit & { readonly at: string }>;
}

/** A row holds so much for sure: 200 addresses and where they led. Longer ones are followed anew each time. */
const longestUrl = 600;

/** Undefined where nobody ever did. */
export async function readVisits(cloud: Cloud, publication: string, issue: string): Promise<KeptVisits | undefined> {
  const [row] = await cloud.table.get([visitsKey(publication, issue)], { consistent: true });
  if (!row) return undefined;
  const visits = row.visits as unknown as readonly (Visit & { link: string; at: string })[];
  return { at: String(row.at), visits: new Map(visits.map(({ link, ...visit }) => [link, visit])) };
}

export async function saveVisits(
  cloud: Cloud,
  { publication, issue }: { publication: string; issue: string },
  { at, visits }: KeptVisits,
): Promise<void> {
  const kept = [...visits]
    .filter(([link, visit]) => Math.max(link.length, "url" in visit ? visit.url.length : 0) <= longestUrl)
    .map(([link, visit]) => ({ ...visit, link }));
  await cloud.table.write([{ put: { ...visitsKey(publication, issue), v: 1, at, visits: kept as unknown as Value } }]);
}
