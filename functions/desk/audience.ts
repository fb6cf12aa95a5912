import { type Frozen, nobody, plusFrozen } from "../../core/delivery/account.ts";
import { exclusionOf } from "../../core/delivery/audience.ts";
import { plusOne } from "../../core/delivery/batch.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { nextInWalk, type WalkPosition } from "../../core/subscriber/walk.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isFarOff, lastSent } from "../plan/audience-differs.ts";
import type { ForWhom, Place } from "../records/issue-control.ts";
import { listIssues } from "../records/issues.ts";
import { withoutOriginal } from "../records/received.ts";
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
  const counts = await Promise.all(rounds.map((round) => roundAhead(cloud, { ...place, topic }, round, at)));
  return aheadOf(cloud, place, counts.reduce(plusFrozen, nobody), issues);
}

/** What was counted, against the issue before. */
export async function aheadOf(
  cloud: Cloud,
  place: Place,
  { planned: readers, candidates, excluded }: Frozen,
  issues: readonly Issue[],
): Promise<AudienceAhead> {
  const last = await lastSent(cloud, place, issues);
  return {
    ...{ readers, candidates, excluded },
    last: last && { issue: issueLabel(last.issue), readers: last.readers },
    isFarOff: last !== undefined && isFarOff(readers, last.readers),
  };
}

async function roundAhead(cloud: Cloud, place: Place & ForWhom, round: string, at: Date): Promise<Frozen> {
  let frozen = nobody;
  for (let from: WalkPosition | undefined = { round, after: "" }; from?.round === round; ) {
    const page: AudiencePage = await audienceAfter(cloud, place, from, at);
    frozen = plusFrozen(frozen, page.frozen);
    from = page.next;
  }
  return frozen;
}

export interface AudiencePage {
  readonly frozen: Frozen;
  readonly next: WalkPosition | undefined;
}

/** Some 400 KB: a page of the table holds one megabyte. */
const pageSize = 1000;

/** A page of the same count, from behind any reader. */
export async function audienceAfter(
  cloud: Cloud,
  place: Place & ForWhom,
  { round, after }: WalkPosition,
  at: Date,
  limit: number = pageSize,
): Promise<AudiencePage> {
  const { subscribers, isLast } = await subscribersAfter(cloud, place.publication, round, after, limit);
  const next = nextInWalk(round, isLast ? undefined : subscribers.at(-1)?.addressKey);
  return { frozen: await frozenOf(cloud, place, subscribers, at), next };
}

async function frozenOf(
  cloud: Cloud,
  place: Place & ForWhom,
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
