import { rounds } from "../../core/delivery/delivery.ts";
import { cancel, resume } from "../../core/issue/send.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { callPlanner, callRounds, controlChange, holdBack, type Place, readControl } from "../records/issue-control.ts";
import { requireIssue, saveIssue } from "../records/issues.ts";
import { issueName, openKey } from "../records/keys.ts";
import { readRounds } from "../records/rounds.ts";

/** What people say to an issue on its way. */

const thingOf = ({ publication, issue }: Place): Thing => ({ publication, kind: "issue", id: issue });

/** Stops an issue within a second. @throws Refusal `not-sending`, `not-allowed`, `moved-on` */
export async function pauseIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "pause", thingOf(place));
  await holdBack(cloud, place, "person", [actRow(cloud.clock, person, "pause", thingOf(place))]);
}

/** Goes on where it stopped, be it in planning. @throws Refusal `not-paused`, `not-allowed`, `moved-on` */
export async function resumeIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "resume", thingOf(place));
  const [issue, control, frozen] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
    readRounds(cloud, place),
  ]);
  const isFrozen = frozen.length === rounds.length;
  const act = actRow(cloud.clock, person, "resume", thingOf(place));
  const going = control ? [controlChange(control, isFrozen ? "sending" : "planning")] : [];
  await saveIssue(cloud, resume(issue), [...going, act]);
  await (isFrozen ? callRounds(cloud, place) : callPlanner(cloud, place));
}

/** Final: whoever has no letter yet gets none, and is counted so. @throws Refusal `too-late`, `not-allowed`, `moved-on` */
export async function cancelIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "cancel", thingOf(place));
  const [issue, control] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
  ]);
  const cancelled = cancel(issue, cloud.clock.now().toISOString(), person.id);
  const act = actRow(cloud.clock, person, "cancel", thingOf(place));
  // What never began has no books to balance: it is open work no more.
  const going = control ? controlChange(control, "cancelled") : { remove: openKey(place.publication, place.issue) };
  await saveIssue(cloud, cancelled, [going, act]);
  await cloud.timer.cancel(`plan-${issueName(place.publication, place.issue)}`);
  await callRounds(cloud, place);
}
