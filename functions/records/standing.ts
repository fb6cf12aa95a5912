import { type IssueAccount, isAtRest, type Reported } from "../../core/delivery/account.ts";
import { total } from "../../core/delivery/batch.ts";
import type { Seen } from "../../core/desk/progress-view.ts";
import type { Issue } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { issueAccount } from "./account.ts";
import { type FeedbackCounts, readFeedbackCounts } from "./feedback.ts";
import { type Control, type Place, readControl } from "./issue-control.ts";
import { requireIssue } from "./issues.ts";
import { secondsLeft } from "./latest-end.ts";
import { nothingSpent, type Round, readRounds, type Spent } from "./rounds.ts";

/** Where an issue stands, for people. */
export interface Standing extends Seen {
  /** What its walks cost, and how often a round was handed on. */
  readonly spent: Spent & { readonly turns: number };
}

/** Looks at control row, sixteen rounds and counts: the same few rows at any size. @throws Refusal `no-issue` */
export async function standingOf(cloud: Cloud, place: Place): Promise<Standing> {
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const [control, rounds, counts] = await Promise.all([
    readControl(cloud, place),
    readRounds(cloud, place),
    readFeedbackCounts(cloud, place),
  ]);
  const account = (await issueAccount(cloud, place.publication, place.issue)) ?? null;
  const now = cloud.clock.now();
  return {
    ...{ issue, account, reported: reportedOf(account, counts) },
    waitsFor: waitsFor(issue, control, rounds, account, now),
    estimatedEnd: await estimatedEnd(cloud, place, issue, account, now),
    ...{ spent: spentOn(rounds), at: now.toISOString() },
  };
}

/** The account is exact and late, the counts are early and perhaps a little low: whichever has heard more. */
function reportedOf(account: IssueAccount | null, counts: FeedbackCounts): Reported {
  const { delivered = 0, bounced = 0, complained = 0 } = account?.reported ?? {};
  const { hardBounced, softBounced, delayed } = counts;
  const allBounced = Math.max(bounced, hardBounced + softBounced);
  const allComplained = Math.max(complained, counts.complained);
  // A letter that was delivered may bounce later or be complained of: it is shown once.
  const most = Math.max(0, (account?.accepted ?? 0) - allBounced - allComplained);
  return {
    delivered: Math.min(most, Math.max(delivered, counts.delivered)),
    ...{ bounced: allBounced, hardBounced, softBounced, complained: allComplained, delayed },
  };
}

function waitsFor(
  issue: Issue,
  control: Control | undefined,
  rounds: readonly Round[],
  account: IssueAccount | null,
  now: Date,
): Standing["waitsFor"] {
  if (issue.status === "scheduled") return { for: "time", until: issue.sendAt };
  if (issue.status !== "sending" || !account) return null;
  const isLater = (instant: string | null | undefined): instant is string => (instant ?? "") > now.toISOString();
  if (isLater(control?.waits?.until)) return control?.waits ?? null;
  // Rounds with letters left sleep between their turns: that is the carrier's pace, and nobody waits.
  if (account.waiting > 0) return null;
  const walking = rounds.filter(({ phase }) => phase === "walking");
  if (walking.length === 0 || !walking.every(({ heldUntil, wakeAt }) => !isLater(heldUntil) && isLater(wakeAt)))
    return null;
  const until = walking.map(({ wakeAt }) => wakeAt ?? "").sort()[0] ?? "";
  return { for: "feedback", until };
}

async function estimatedEnd(
  cloud: Cloud,
  place: Place,
  { status }: Issue,
  account: IssueAccount | null,
  now: Date,
): Promise<string | null> {
  if (status !== "sending" || !account || account.waiting === 0) return null;
  const seconds = await secondsLeft(cloud, place);
  return Number.isFinite(seconds) ? new Date(now.getTime() + seconds * 1000).toISOString() : null;
}

const spentOn = (rounds: readonly Round[]): Standing["spent"] =>
  rounds.reduce(
    (sum, { spent, turn }) => ({
      milliseconds: sum.milliseconds + spent.milliseconds,
      reads: sum.reads + spent.reads,
      writes: sum.writes + spent.writes,
      turns: sum.turns + turn,
    }),
    { ...nothingSpent, turns: 0 },
  );

/** Nothing moves any more unless a person does something, or a late event comes. */
export function isResting({ issue, account }: Pick<Standing, "issue" | "account">): boolean {
  if (issue.status === "scheduled" || issue.status === "sending") return false;
  return issue.status !== "cancelled" || account === null || isAtRest(account);
}

/** Everybody who has a letter, or gets none: what a progress bar counts. */
export const doneOf = ({ accepted, skipped, rejected, unresolved, cancelled }: IssueAccount): number =>
  accepted + total(skipped) + rejected + unresolved + cancelled;
