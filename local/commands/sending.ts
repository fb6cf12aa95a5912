import { type Issue, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import { takeBack } from "../../core/issue/schedule.ts";
import { cancel, pause, resume } from "../../core/issue/send.ts";
import type { Person } from "../../core/rights.ts";
import { fill } from "../../core/words.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { cancelIssue, pauseIssue, resumeIssue, takeBackIssue } from "../../functions/desk/sending.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { doneOf, type Standing, standingOf } from "../../functions/records/standing.ts";
import { number } from "../account-lines.ts";
import { confirmed, left } from "../confirm.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { type Call, issueArgument, type Run } from "./command.ts";
import { showStanding } from "./status.ts";

/** What people say to an issue on its way. Each asks first, with the numbers it is about. */

interface Word {
  readonly says: "pause" | "resume" | "cancel" | "takeBack";
  /** Refuses before anybody is asked. */
  readonly mayBe: (issue: Issue) => unknown;
  readonly happens: (cloud: Cloud, person: Person, place: Place) => Promise<void>;
}

const toSending =
  (word: Word): Run =>
  (call) =>
    inSession(call, async (session) => {
      const { cloud, settle } = session;
      const publication = await requirePublication(cloud, await publicationOf(call, cloud));
      const place = { publication: publication.id, issue: issueArgument(call) };
      const before = await standingOf(cloud, place);
      word.mayBe(before.issue);
      const isEarly = before.account === null && word.says === "cancel";
      const early = before.issue.status === "scheduled" ? "cancelScheduled" : "cancelEarly";
      if (!(await confirmed(call, question(call, isEarly ? early : word.says, before)))) return left(call);
      await word.happens(cloud, person, place);
      await settle();
      call.tell(`${fill(call.say.sending.done[isEarly ? "cancelEarly" : word.says], { id: place.issue })}\n`);
      await showStanding(call, session, place, publication);
      return 0;
    });

const never = new Date(0).toISOString();

export const issuesPause = toSending({
  ...{ says: "pause", happens: pauseIssue },
  mayBe: (issue) => pause(issue, never, "person"),
});
export const issuesResume = toSending({ says: "resume", happens: resumeIssue, mayBe: resume });
export const issuesCancel = toSending({
  ...{ says: "cancel", happens: cancelIssue },
  mayBe: (issue) => cancel(issue, never, person.id),
});

export const issuesTakeBack = toSending({ says: "takeBack", happens: takeBackIssue, mayBe: takeBack });

/** What will happen, and to how many. */
function question({ language, say }: Call, sentence: keyof Call["say"]["sending"]["ask"], standing: Standing): string {
  const { issue, account } = standing;
  return fill(say.sending.ask[sentence], {
    ...{ issue: issueLabel(issue), id: idOfIssue(issue) },
    planned: number(language, account?.planned ?? 0),
    done: number(language, account ? doneOf(account) : 0),
    left: number(language, account?.waiting ?? 0),
    accepted: number(language, account?.accepted ?? 0),
  });
}
