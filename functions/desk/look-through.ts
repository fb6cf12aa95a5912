import type { Check } from "../../core/check/check.ts";
import { printed } from "../../core/check/printed.ts";
import { webLinks } from "../../core/check/visits.ts";
import { articlesOf } from "../../core/issue/draft.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud, Web } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { requirePublication } from "../records/publications.ts";
import { readVisits, saveVisits } from "../records/visits.ts";
import { articlesNow } from "./articles-now.ts";
import { checkIssue, mostLinks } from "./check.ts";
import { visitAll } from "./visit-all.ts";

/** The check at the desk: the issue as it stands now, and its links as they were when somebody last had them followed. */
export interface LookedThrough {
  readonly check: Check;
  /** Undefined where nobody has had the links followed. */
  readonly followedAt: string | undefined;
}

/** Reads only. @throws Refusal `no-issue`, `not-allowed` */
export async function lookThrough(cloud: Cloud, person: Person, place: Place): Promise<LookedThrough> {
  demand(person, "check", { publication: place.publication, kind: "issue", id: place.issue });
  const kept = await readVisits(cloud, place.publication, place.issue);
  const check = await checkIssue(cloud, place.publication, place.issue, kept?.visits);
  return { check, followedAt: kept?.at };
}

/** A page is answered within thirty seconds, and the last visit takes five. */
const patienceSeconds = 18;
/** What answered so lately is not asked again. */
const freshSeconds = 60 * 60;

/**
 * Follows the links of an issue as far as the time goes; whoever asks again goes on where it ended.
 *
 * @throws Refusal `no-issue`, `not-allowed`
 */
export async function followLinks(cloud: Cloud, person: Person, place: Place, web: Web): Promise<void> {
  demand(person, "check", { publication: place.publication, kind: "issue", id: place.issue });
  const [publication, issue, kept] = await Promise.all([
    requirePublication(cloud, place.publication),
    requireIssue(cloud, place.publication, place.issue),
    readVisits(cloud, place.publication, place.issue),
  ]);
  if (!publication.checksLinks) return;
  const articles = await articlesNow(cloud, place.publication, articlesOf(issue));
  const links = webLinks(printed({ issue, articles }), publication.baseUrl).slice(0, mostLinks);
  const began = cloud.clock.now().getTime();
  const isFresh = (url: string): boolean => began - Date.parse(kept?.visits.get(url)?.at ?? "") < freshSeconds * 1000;
  const isInTime = (): boolean => cloud.clock.now().getTime() - began < patienceSeconds * 1000;
  const visited = await visitAll(
    web,
    links.filter((url) => !isFresh(url)),
    isInTime,
  );
  const at = cloud.clock.now().toISOString();
  const visits = links.flatMap((url) => {
    const fresh = visited.get(url);
    const visit = fresh ? { ...fresh, at } : kept?.visits.get(url);
    return visit ? [[url, visit] as const] : [];
  });
  await saveVisits(cloud, place, { at, visits: new Map(visits) });
}
