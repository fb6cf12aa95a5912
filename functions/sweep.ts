import { rounds } from "../core/delivery/delivery.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import {
  type Control,
  callArchivist,
  callPlanner,
  openIssues,
  type Place,
  readControl,
} from "./records/issue-control.ts";
import { readIssue } from "./records/issues.ts";
import { longestDelaySeconds, type Round, readRounds, saveRound } from "./records/rounds.ts";

/** How long a called round may lie in the queue before it is called again. */
const calledMilliseconds = 5 * 60_000;

/** Every minute: whatever is open and nobody works on is called again. The queue is a hint, the table is the truth. */
export const sweep: FunctionMaker = (cloud) => async () => {
  for (const place of await openIssues(cloud)) {
    const control = await readControl(cloud, place);
    if (control) await callAgain(cloud, control);
    else await beginOverdue(cloud, place);
  }
};

/** A timer may be late by so much. */
const lateMilliseconds = 2 * 60_000;

/** Nobody began an issue whose time has come: its timer was never set, or rang in vain. */
async function beginOverdue(cloud: Cloud, place: Place): Promise<void> {
  const issue = await readIssue(cloud, place.publication, place.issue);
  if (issue?.status !== "scheduled") return;
  if (Date.parse(issue.sendAt) + lateMilliseconds < cloud.clock.now().getTime()) await callPlanner(cloud, place);
}

async function callAgain(cloud: Cloud, control: Control): Promise<void> {
  if (control.state === "planning") {
    if (isPast(cloud, control.heldUntil)) await callPlanner(cloud, control);
    return;
  }
  if (control.state === "paused" || isWaiting(cloud, control)) return;
  const frozen = await readRounds(cloud, control);
  const walking = frozen.filter(({ phase }) => phase === "walking");
  for (const round of walking) if (isIdle(cloud, round)) await call(cloud, control, round);
  // Cancelled before every round was frozen: nobody was written to, nothing is left to balance.
  const isWhole = frozen.length === rounds.length || control.state === "cancelled";
  if (walking.length === 0 && isWhole) await callArchivist(cloud, control);
}

/** What an issue waited for when it was cancelled keeps nobody from closing its books. */
const isWaiting = (cloud: Cloud, { state, waits }: Control): boolean =>
  state === "sending" && waits !== null && !isPast(cloud, waits.until);

const isPast = (cloud: Cloud, instant: string | null): boolean =>
  instant === null || instant < cloud.clock.now().toISOString();

const isIdle = (cloud: Cloud, { heldUntil, wakeAt }: Round): boolean =>
  isPast(cloud, heldUntil) && (isPast(cloud, wakeAt) || sleepsTooLong(cloud, wakeAt));

/** Only an issue that waits lets its rounds sleep so long: whoever resumed or cancelled it died before waking them. */
const sleepsTooLong = ({ clock }: Cloud, wakeAt: string | null): boolean =>
  wakeAt !== null && Date.parse(wakeAt) > clock.now().getTime() + longestDelaySeconds * 1000;

async function call(cloud: Cloud, { publication, issue }: Place, { round, turn }: Round): Promise<void> {
  const wakeAt = new Date(cloud.clock.now().getTime() + calledMilliseconds).toISOString();
  if (!(await saveRound(cloud, { publication, issue, round }, turn, { wakeAt }))) return;
  await cloud.queues.rounds.add([{ v: 1, publication, issue, round, turn }]);
}

export const handler = onAws(sweep);
