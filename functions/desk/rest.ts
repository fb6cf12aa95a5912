import { rounds } from "../../core/delivery/delivery.ts";
import { type RestGroup, restGroups } from "../../core/delivery/rest.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import { sendAgain } from "../../core/issue/send.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { issueAccount } from "../records/account.ts";
import { actRow, demand } from "../records/acts.ts";
import { feedbackHealth } from "../records/feedback.ts";
import { callPlanner, controlChange, openRow, type Place, readControl } from "../records/issue-control.ts";
import { requireIssue, saveIssue } from "../records/issues.ts";
import { enterBegun } from "../records/journal.ts";
import { newcomers } from "../records/newcomers.ts";
import { forgetRejections } from "../records/rejections.ts";
import { readRounds } from "../records/rounds.ts";
import { demandYoung } from "./sending.ts";

/** "Send to the rest": whoever has no letter of an issue that was sent or cancelled. */

/** How many each group holds. @throws Refusal `not-sent`, `no-issue` */
export async function restOf(cloud: Cloud, place: Place): Promise<Readonly<Record<RestGroup, number>>> {
  const issue = await requireIssue(cloud, place.publication, place.issue);
  sendAgain(issue);
  const account = await issueAccount(cloud, place.publication, place.issue);
  const rest = { "never-begun": account?.cancelled ?? 0, joined: 0, moved: 0, unresolved: account?.unresolved ?? 0 };
  const { topic } = issue;
  const frozen = new Set((await readRounds(cloud, place)).map(({ round }) => round));
  // Cancelled before the round was frozen: nobody has begun with its readers.
  for (const round of rounds)
    for await (const { group } of newcomers(cloud, { ...place, round, topic }, { after: "" }))
      rest[frozen.has(round) ? group : "never-begun"]++;
  return rest;
}

/**
 * Sends an issue once more, to the groups somebody said yes to. Nobody is tried twice under one number; only those whose
 * fate nobody can tell may get it twice, and that is what was said yes to.
 *
 * @throws Refusal `not-sent`, `rest-empty`, `too-old`, `events-missing`, `not-allowed`, `moved-on`
 */
export async function sendRest(
  cloud: Cloud,
  person: Person,
  place: Place,
  groups: readonly RestGroup[],
): Promise<void> {
  const thing = { publication: place.publication, kind: "issue", id: place.issue } as const;
  demand(person, "send-rest", thing);
  const [issue, control] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
  ]);
  const sending = sendAgain(issue);
  if (!control) throw new Refusal("not-sent", { issue: issueLabel(issue) });
  const rest = restGroups.filter((group) => groups.includes(group));
  if (rest.length === 0) throw new Refusal("rest-empty", { issue: issueLabel(issue) });
  demandYoung(cloud, issue, control);
  if (rest.includes("unresolved")) await demandEvents(cloud, place, issueLabel(issue));
  const resend = control.resend + 1;
  await enterBegun(cloud, control, { pass: resend, rest });
  // What was rejected last is final: one more would otherwise be the tenth in a row, and take it all back.
  await forgetRejections(cloud, control);
  await saveIssue(cloud, sending, [
    // Its planner is yet to come: the one before says nothing about when the sweeper rings for it.
    controlChange(control, "planning", { resend, rest, notAfter: null, waits: null, heldUntil: control.startedAt }),
    openRow(place),
    actRow(cloud.clock, person, "send-rest", thing, { groups: rest }),
  ]);
  await callPlanner(cloud, place);
}

/** Where events are missing, letters that arrived look like those nobody knows of. @throws Refusal `events-missing` */
async function demandEvents(cloud: Cloud, place: Place, issue: string): Promise<void> {
  if (!cloud.mail.reports) return;
  const { isHealthy, accepted, heard } = await feedbackHealth(cloud, place);
  if (!isHealthy) throw new Refusal("events-missing", { issue, accepted, heard });
}
