import { type Check, check } from "../../core/check/check.ts";
import { ownFiles } from "../../core/check/own-links.ts";
import { printed } from "../../core/check/printed.ts";
import { type Visit, type Visited, webLinks } from "../../core/check/visits.ts";
import { articlesOf, planOf } from "../../core/issue/draft.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import type { Cloud, Web } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { listIssues, requireIssue } from "../records/issues.ts";
import { publicFile } from "../records/paths.ts";
import { requirePublication } from "../records/publications.ts";
import { articlesNow } from "./articles-now.ts";
import { visitAll } from "./visit-all.ts";

/**
 * Looks an issue through as it stands in the library now, built or not. Reads only.
 *
 * @param web follows the links, or says what became of them lately; undefined where nobody wants that. A publication
 *   with `checksLinks: false` never does.
 * @throws Refusal `no-issue`, `no-publication`
 */
export async function checkIssue(
  cloud: Cloud,
  publicationId: string,
  issueId: string,
  web: Web | ReadonlyMap<string, Visit> | undefined,
): Promise<Check> {
  const [publication, issue, all] = await Promise.all([
    requirePublication(cloud, publicationId),
    requireIssue(cloud, publicationId, issueId),
    listIssues(cloud, publicationId),
  ]);
  const articles = await articlesNow(cloud, publicationId, articlesOf(issue));
  const input = { publication, issue: planOf(issue), articles, house: house() };
  // An erratum has the number of what it corrects: it is compared with nothing, and nothing with it.
  const others = all.filter(
    (other) => other.status !== "cancelled" && idOfIssue(other) !== issueId && isNumberOfItsOwn(issue, other),
  );
  const [archived, visited] = await Promise.all([
    filesThere(cloud, publicationId, ownFiles(input)),
    web && publication.checksLinks ? visitedBy(web, webLinks(printed(input), publication.baseUrl)) : undefined,
  ]);
  // What has gone out is not late.
  const looked = "startedAt" in issue ? new Date(issue.startedAt) : cloud.clock.now();
  const today = onTheWall(looked, publication.timeZone).slice(0, "2026-03-02".length);
  return check({ ...input, others, today, archived, visited });
}

const isNumberOfItsOwn = (issue: Issue, other: Issue): boolean =>
  issue.erratum === undefined && other.erratum === undefined;

async function filesThere(cloud: Cloud, publication: string, files: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    files.map(async (file) => {
      const key = publicFile(publication, file);
      return (await cloud.files.list(key, { limit: 1 })).some((stored) => stored.key === key) ? [file] : [];
    }),
  );
  return new Set(found.flat());
}

/** An issue that leads to more places is a directory; the rest is counted and said. */
export const mostLinks = 200;

async function visitedBy(web: Web | ReadonlyMap<string, Visit>, links: readonly string[]): Promise<Visited> {
  if ("get" in web) {
    const known = links.flatMap((url) => (web.has(url) ? [[url, web.get(url) as Visit] as const] : []));
    return { visits: new Map(known), leftOut: links.length - known.length };
  }
  const visits = await visitAll(web, links.slice(0, mostLinks));
  return { visits, leftOut: Math.max(0, links.length - mostLinks) };
}
