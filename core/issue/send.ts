import { Refusal } from "../refusal.ts";
import { type Language, words } from "../words.ts";
import {
  type Cancelled,
  type Issue,
  issueLabel,
  type Paused,
  type PauseReason,
  type Scheduled,
  type Sending,
  type Sent,
} from "./issue.ts";

/** An issue on its way: begun by the timer, paused and resumed by people or by trouble, sent when the accounts balance. */

/** Scheduled becomes sending. */
export const begin = (issue: Scheduled, startedAt: string): Sending => ({ ...issue, status: "sending", startedAt });

/** @throws Refusal `already-paused`, `not-sending` */
export function pause(issue: Issue, pausedAt: string, reason: PauseReason): Paused {
  if (issue.status === "paused") throw new Refusal("already-paused", { issue: issueLabel(issue) });
  if (issue.status !== "sending") throw new Refusal("not-sending", { issue: issueLabel(issue) });
  return { ...issue, status: "paused", pausedAt, reason };
}

/** @throws Refusal `not-paused` */
export function resume(issue: Issue): Sending {
  if (issue.status !== "paused") throw new Refusal("not-paused", { issue: issueLabel(issue) });
  const { pausedAt: _, reason: __, ...rest } = issue;
  return { ...rest, status: "sending" };
}

/** Final: whoever has no letter yet gets none. @throws Refusal `too-late` when it was sent or cancelled before */
export function cancel(issue: Issue, cancelledAt: string, cancelledBy: string): Cancelled {
  if (issue.status === "sent" || issue.status === "cancelled") {
    throw new Refusal("too-late", { issue: issueLabel(issue) });
  }
  return { ...issue, status: "cancelled", cancelledAt, cancelledBy };
}

/** @param open deliveries nobody can tell the fate of: the issue is then "sent, N open" */
export const finish = (issue: Sending, sentAt: string, open: number): Sent => ({
  ...issue,
  status: "sent",
  sentAt,
  open,
});

/** Sent or cancelled becomes sending once more, for whoever has no letter. @throws Refusal `not-sent` */
export function sendAgain(issue: Issue): Sending {
  const refusal = new Refusal("not-sent", { issue: issueLabel(issue) });
  if (issue.status === "sent") {
    const { sentAt: _, open: __, ...rest } = issue;
    return { ...rest, status: "sending" };
  }
  if (issue.status !== "cancelled" || !wasBegun(issue)) throw refusal;
  const { cancelledAt: _, cancelledBy: __, ...rest } = issue;
  return { ...rest, status: "sending" };
}

/** What an issue had reached before it was cancelled stays with it. */
const wasBegun = (issue: Cancelled): issue is Cancelled & Omit<Sending, "status"> => "startedAt" in issue;

/** Why an issue waits, for the person who has to do something about it. */
export const pauseSentence = (language: Language, { reason }: Paused): string => words(language).pause[reason];
