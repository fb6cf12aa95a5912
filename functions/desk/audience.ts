import { exclusionOf } from "../../core/delivery/audience.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isFarOff, lastSent } from "../plan/audience-differs.ts";
import type { Place } from "../records/issue-control.ts";
import { listIssues } from "../records/issues.ts";
import { subscribersAfter } from "../records/subscribers.ts";

/** How many readers an issue would go to, before its time has come. */
export interface AudienceAhead {
  readonly readers: number;
  /** The issue sent last, as its label, and to how many. */
  readonly last: { readonly issue: string; readonly readers: number } | undefined;
  /** So many more or fewer than last time that a person should look. */
  readonly isFarOff: boolean;
}

/** Counts who is confirmed, reads of its topic and is not away then; a suppression is looked at only when the audience is frozen. */
export async function audienceAhead(cloud: Cloud, place: Place, at: Date): Promise<AudienceAhead> {
  const issues: Issue[] = await listIssues(cloud, place.publication);
  const topic = issues.find((issue) => idOfIssue(issue) === place.issue)?.topic;
  const counts = await Promise.all(rounds.map((round) => readersIn(cloud, place.publication, round, at, topic)));
  const readers = counts.reduce((sum, count) => sum + count, 0);
  const last = await lastSent(cloud, place, issues);
  return {
    readers,
    last: last && { issue: issueLabel(last.issue), readers: last.readers },
    isFarOff: last !== undefined && isFarOff(readers, last.readers),
  };
}

const pageSize = 400;

async function readersIn(
  cloud: Cloud,
  publication: string,
  round: string,
  at: Date,
  topic: string | undefined,
): Promise<number> {
  let count = 0;
  for (let after = "", isLast = false; !isLast; ) {
    const page = await subscribersAfter(cloud, publication, round, after, pageSize);
    count += page.subscribers.filter((one) => exclusionOf(one, false, at.toISOString(), topic) === undefined).length;
    after = page.subscribers.at(-1)?.addressKey ?? after;
    isLast = page.isLast;
  }
  return count;
}
