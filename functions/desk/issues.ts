import { demandPublic } from "../../core/issue/amend.ts";
import { approve } from "../../core/issue/approve.ts";
import { demandEditable, draft, planOf } from "../../core/issue/draft.ts";
import {
  type Approved,
  type Issue,
  type IssuePlan,
  idOfIssue,
  issueLabel,
  type Scheduled,
} from "../../core/issue/issue.ts";
import { newLog } from "../../core/issue/plan-log.ts";
import { schedule } from "../../core/issue/schedule.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { noteBuildOrder } from "../records/build-reports.ts";
import { openRow } from "../records/issue-control.ts";
import { readIssue, requireIssue, saveDraft, saveIssue } from "../records/issues.ts";
import { issueName } from "../records/keys.ts";
import { planLogChange } from "../records/plan-log.ts";
import { requirePublication } from "../records/publications.ts";
import { demandKept } from "./downloads.ts";
import { savePlan, wholePlan } from "./planning.ts";
import { demandTopic } from "./topic.ts";

/** What people do to issues, whether they sit at the desk or at the command line. */

const thingOf = (issue: IssuePlan): Thing => ({ publication: issue.publication, kind: "issue", id: idOfIssue(issue) });

/** Drafts an issue, or changes the plan of one that is not on its way yet. The same plan again changes nothing. @throws Refusal `download-missing`, `topic-unknown` */
export async function draftIssue(cloud: Cloud, person: Person, plan: IssuePlan): Promise<Issue> {
  const { topics } = await requirePublication(cloud, plan.publication);
  const thing = thingOf(plan);
  demand(person, "draft", thing);
  const issue = await readIssue(cloud, plan.publication, thing.id);
  if (issue && samePlan(issue, plan)) return issue;
  await demandKept(cloud, plan);
  await demandCorrected(cloud, plan);
  demandTopic(plan, topics);
  if (issue) return (await savePlan(cloud, person, issue, plan, await wholePlan(cloud, issue))).issue;
  return saveDraft(cloud, draft(plan), [actRow(cloud.clock, person, "draft", thing), planLogChange(plan, newLog)]);
}

/** Nobody received what is not public. @throws Refusal `no-issue`, `not-public` */
async function demandCorrected(cloud: Cloud, { publication, number, year, erratum }: IssuePlan): Promise<void> {
  if (erratum !== undefined) demandPublic(await requireIssue(cloud, publication, idOfIssue({ number, year })));
}

const samePlan = (issue: Issue, plan: IssuePlan): boolean =>
  JSON.stringify(planOf(issue)) === JSON.stringify(planOf(plan));

/** Asks for a build; the function `build` answers with a fingerprint on the issue or with reasons. @throws Refusal `in-motion` */
export async function orderBuild(cloud: Cloud, person: Person, publication: string, issueId: string): Promise<void> {
  const issue = await requireIssue(cloud, publication, issueId);
  demand(person, "build", thingOf(issue));
  demandEditable(issue);
  // First: a build may be quicker than we are.
  await noteBuildOrder(cloud, publication, issueId, cloud.clock.now().toISOString());
  await cloud.queues.builds.add([
    { v: 1, publication, issue: issueId, by: { id: person.id, roles: [...person.roles] } },
  ]);
}

/** Signs off the build with this fingerprint. @throws Refusal `not-built`, `rebuilt`, `not-allowed` */
export async function approveIssue(
  cloud: Cloud,
  person: Person,
  publication: string,
  issueId: string,
  seen: string,
): Promise<Approved> {
  const [issue, { approvals }] = await Promise.all([
    requireIssue(cloud, publication, issueId),
    requirePublication(cloud, publication),
  ]);
  const builtBy = issue.status === "built" ? { by: issue.builtBy } : {};
  demand(person, "approve", { ...thingOf(issue), ...builtBy, approvals });
  const approved = approve(issue, seen, { by: person.id, at: cloud.clock.now().toISOString() });
  return change(cloud, person, "approve", approved);
}

/**
 * Sets the time; the timer then wakes `plan`.
 *
 * @param options `expectedReaders` the person was told of: far more or fewer when its time comes, and somebody is asked;
 * `seen`: the version they looked at
 * @throws Refusal `not-approved`, `too-far`, `not-allowed`, `moved-on`
 */
export async function scheduleIssue(
  cloud: Cloud,
  person: Person,
  publication: string,
  issueId: string,
  sendAt: Date,
  { seen, ...options }: { expectedReaders?: number; seen?: number } = {},
): Promise<Scheduled> {
  const issue = await requireIssue(cloud, publication, issueId);
  demand(person, "schedule", thingOf(issue));
  if (seen !== undefined && seen !== issue.version) throw new Refusal("moved-on", { thing: issueLabel(issue) });
  const scheduled = schedule(issue, { sendAt, now: cloud.clock.now(), by: person.id, ...options });
  // The pointer lets the sweeper begin the issue where its timer never rang, or rang in vain.
  const saved = await change(cloud, person, "schedule", scheduled, [openRow({ publication, issue: issueId })]);
  const payload = { v: 1, publication, issue: issueId };
  await cloud.timer.wakeAt(`plan-${issueName(publication, issueId)}`, saved.sendAt, { target: "plan", payload });
  return saved;
}

const change = <T extends Issue>(
  cloud: Cloud,
  person: Person,
  act: ActName,
  issue: T,
  besides: readonly Change[] = [],
): Promise<T> => saveIssue(cloud, issue, [actRow(cloud.clock, person, act, thingOf(issue)), ...besides]);
