import { type Frozen, nobody, plusFrozen } from "../../core/delivery/account.ts";
import { exclusionOf } from "../../core/delivery/audience.ts";
import { plusOne } from "../../core/delivery/batch.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isFarOff, lastSent } from "../plan/audience-differs.ts";
import type { Place } from "../records/issue-control.ts";
import { listIssues } from "../records/issues.ts";
import { subscribersAfter, suppressedAmong } from "../records/subscribers.ts";

/** How many readers an issue would go to, before its time has come. */
export interface AudienceAhead extends Pick<Frozen, "candidates" | "excluded"> {
  readonly readers: number;
  /** The issue sent last, as its label, and to how many. */
  readonly last: { readonly issue: string; readonly readers: number } | undefined;
  /** So many more or fewer than last time that a person should look. */
  readonly isFarOff: boolean;
}

/** Counts everybody the publication knows, by why they are left out then, as the freeze will. */
export async function audienceAhead(cloud: Cloud, place: Place, at: Date): Promise<AudienceAhead> {
  const issues: Issue[] = await listIssues(cloud, place.publication);
  const topic = issues.find((issue) => idOfIssue(issue) === place.issue)?.topic;
  const counts = await Promise.all(rounds.map((round) => readersIn(cloud, place.publication, round, at, topic)));
  const { planned: readers, candidates, excluded } = counts.reduce(plusFrozen, nobody);
  const last = await lastSent(cloud, place, issues);
  return {
    ...{ readers, candidates, excluded },
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
): Promise<Frozen> {
  let frozen = nobody;
  for (let after = "", isLast = false; !isLast; ) {
    const page = await subscribersAfter(cloud, publication, round, after, pageSize);
    frozen = plusFrozen(frozen, await pageOf(cloud, page.subscribers, at, topic));
    after = page.subscribers.at(-1)?.addressKey ?? after;
    isLast = page.isLast;
  }
  return frozen;
}

async function pageOf(
  cloud: Cloud,
  subscribers: readonly Subscriber[],
  at: Date,
  topic: string | undefined,
): Promise<Frozen> {
  const suppressed = await suppressedAmong(
    cloud,
    subscribers.map(({ addressKey }) => addressKey),
  );
  let [planned, excluded]: [number, Frozen["excluded"]] = [0, {}];
  for (const one of subscribers) {
    const reason = exclusionOf(one, suppressed.has(one.addressKey), at.toISOString(), topic);
    if (reason) excluded = plusOne(excluded, reason);
    else planned++;
  }
  return { candidates: subscribers.length, planned, excluded };
}
