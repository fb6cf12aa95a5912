import { exclusionOf } from "../../core/delivery/audience.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isFarOff, lastSent } from "../plan/audience-differs.ts";
import type { ForWhom, Place } from "../records/issue-control.ts";
import { listIssues } from "../records/issues.ts";
import { withoutOriginal } from "../records/received.ts";
import type { RoundPlace } from "../records/rounds.ts";
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
  const counts = await Promise.all(rounds.map((round) => readersIn(cloud, { ...place, round, topic }, at)));
  const readers = counts.reduce((sum, count) => sum + count, 0);
  const last = await lastSent(cloud, place, issues);
  return {
    readers,
    last: last && { issue: issueLabel(last.issue), readers: last.readers },
    isFarOff: last !== undefined && isFarOff(readers, last.readers),
  };
}

const pageSize = 400;

async function readersIn(cloud: Cloud, place: RoundPlace & ForWhom, at: Date): Promise<number> {
  const { publication, round, topic } = place;
  let count = 0;
  for (let after = "", isLast = false; !isLast; ) {
    const page = await subscribersAfter(cloud, publication, round, after, pageSize);
    const without = await withoutOriginal(cloud, place, page.subscribers);
    const invited = page.subscribers.filter(({ addressKey }) => !without.has(addressKey));
    count += invited.filter((one) => exclusionOf(one, false, at.toISOString(), topic) === undefined).length;
    after = page.subscribers.at(-1)?.addressKey ?? after;
    isLast = page.isLast;
  }
  return count;
}
