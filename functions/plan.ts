import { rounds } from "../core/delivery/delivery.ts";
import { wakeSchema } from "../core/delivery/turn.ts";
import { correctedBy } from "../core/issue/erratum.ts";
import { type Issue, idOfIssue, type Scheduled } from "../core/issue/issue.ts";
import { Refusal } from "../core/refusal.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { house } from "./house.ts";
import { audienceDiffers } from "./plan/audience-differs.ts";
import { freezeRound } from "./plan/freeze.ts";
import { publishInForce } from "./records/amendments.ts";
import { isFenced } from "./records/fence.ts";
import {
  beginSending,
  type Control,
  callPlanner,
  callRounds,
  holdPlanning,
  openSending,
  type Place,
  readControl,
  waitBecause,
} from "./records/issue-control.ts";
import { requireIssue } from "./records/issues.ts";
import { enterBegun } from "./records/journal.ts";
import { latestEnd } from "./records/latest-end.ts";
import { publishShelf, putOnShelf } from "./records/shelf.ts";

/** A planner that was not heard of for this long after its deadline is dead: the sweeper rings again. */
const graceMilliseconds = 60_000;
/** Whatever is left when the runtime is about to stop us is done by the next planner. */
const reserveMilliseconds = 30_000;

/**
 * An issue's time has come: its web edition goes public, its audience is frozen in sixteen rounds, the rounds are
 * called. May die at any point, run again, and even run twice at once: every step finds what is done.
 */
export const plan: FunctionMaker =
  (cloud) =>
  async (event, { deadline }) => {
    const place = wakeSchema.parse(event);
    if (await isFenced(cloud)) return stayHere(cloud, place);
    const control = await takeUp(cloud, place, new Date(deadline.getTime() + graceMilliseconds).toISOString());
    if (!control) return;
    await publishEdition(cloud, control);
    const isLate = () => cloud.clock.now().getTime() > deadline.getTime() - reserveMilliseconds;
    for (const round of rounds)
      if (!(await freezeRound(cloud, control, round, isLate))) return callPlanner(cloud, place);
    if (await audienceDiffers(cloud, control)) return waitBecause(cloud, control, "audience-differs");
    await openSending(cloud, control, await latestEnd(cloud, control));
    await callRounds(cloud, place);
  };

/** A copy of a table publishes and sends nothing; what is scheduled stays so until somebody has restored it. */
async function stayHere(cloud: Cloud, place: Place): Promise<void> {
  console.error({ fenced: true, ...place });
  await waitBecause(cloud, place, "restored");
}

/** Begins an issue that is scheduled, or goes on where a planner died. Undefined: there is nothing to plan. */
async function takeUp(cloud: Cloud, place: Place, heldUntil: string): Promise<Control | undefined> {
  const issue = await requireIssue(cloud, place.publication, place.issue);
  if (isDue(cloud, issue)) await beginUnlessBegun(cloud, issue, heldUntil);
  const control = await readControl(cloud, place);
  if (control?.state !== "planning") return undefined;
  await holdPlanning(cloud, control, heldUntil);
  return control;
}

/** A timer to the minute may ring this early. */
const earlyMilliseconds = 60_000;

/** A timer set before the issue was put off rings for nothing. */
const isDue = (cloud: Cloud, issue: Issue): issue is Scheduled =>
  issue.status === "scheduled" && Date.parse(issue.sendAt) <= cloud.clock.now().getTime() + earlyMilliseconds;

async function beginUnlessBegun(cloud: Cloud, issue: Scheduled, heldUntil: string): Promise<void> {
  // In the journal first: a table restored from before this moment must not take the issue for one still to come.
  const { publication, fingerprint, language, topic } = issue;
  await enterBegun(cloud, { publication, issue: idOfIssue(issue), fingerprint, language, topic });
  try {
    await beginSending(cloud, issue, heldUntil);
  } catch (refusal) {
    // Another planner was faster, or somebody cancelled in this very moment; the control row tells.
    if (!(refusal instanceof Refusal && refusal.code === "moved-on")) throw refusal;
  }
}

/** Before the first letter leaves, so that "read in the browser" never fails. */
async function publishEdition(cloud: Cloud, control: Control): Promise<void> {
  const place = await publishInForce(cloud, control);
  if (correctedBy(control.issue) !== undefined) return; // read in the browser by its readers, and on no shelf
  if (place.fingerprint === control.fingerprint) await putOnShelf(cloud, control, control.startedAt);
  await publishShelf(cloud, house(), control.publication);
}

export const handler = onAws(plan);
