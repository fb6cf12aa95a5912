import { type Frozen, nobody, plusFrozen } from "../../core/delivery/account.ts";
import { exclusionOf } from "../../core/delivery/audience.ts";
import { plusOne } from "../../core/delivery/batch.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isFarOff, lastSent } from "../plan/audience-differs.ts";
import type { ForWhom, Place } from "../records/issue-control.ts";
import { listIssues } from "../records/issues.ts";

import { withoutOriginal } from "../records/received.ts";
import type { RoundPlace } from "../records/rounds.ts";
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
  const counts = await Promise.all(rounds.map((round) => readersIn(cloud, { ...place, round, topic }, at)));
  const { planned: readers, candidates, excluded } = counts.reduce(plusFrozen, nobody);
  const last = await lastSent(cloud, place, issues);
  return {
    ...{ readers, candidates, excluded },
    last: last && { issue: issueLabel(last.issue), readers: last.readers },
    isFarOff: last !== undefined && isFarOff(readers, last.readers),
  };
}

const pageSize = 400;

async function readersIn(cloud: Cloud, place: RoundPlace & ForWhom, at: Date): Promise<Frozen> {
  let frozen = nobody;
  for (let after = "", isLast = false; !isLast; ) {
    const page = await subscribersAfter(cloud, place.publication, place.round, after, pageSize);
    frozen = plusFrozen(frozen, await pageOf(cloud, place, page.subscribers, at));
    after = page.subscribers.at(-1)?.addressKey ?? after;
    isLast = page.isLast;
  }
  return frozen;
}

async function pageOf(
  cloud: Cloud,
  place: RoundPlace & ForWhom,
  subscribers: readonly Subscriber[],
  at: Date,
): Promise<Frozen> {
  const keys = subscribers.map(({ addressKey }) => addressKey);
  const [suppressed, without] = await Promise.all([
    suppressedAmong(cloud, keys),
    withoutOriginal(cloud, place, subscribers),
  ]);
  let [planned, excluded]: [number, Frozen["excluded"]] = [0, {}];
  for (const one of subscribers) {
    const left = without.has(one.addressKey) ? "not-received" : undefined;
    const reason = exclusionOf(one, suppressed.has(one.addressKey), at.toISOString(), place.topic) ?? left;
    if (reason) excluded = plusOne(excluded, reason);
    else planned++;
  }
  return { candidates: subscribers.length, planned, excluded };
}
