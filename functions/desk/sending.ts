import { rounds, sendingDays } from "../../core/delivery/delivery.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { takeBack } from "../../core/issue/schedule.ts";
import { cancel, resume } from "../../core/issue/send.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import {
  begunControl,
  type Control,
  callPlanner,
  callRounds,
  controlChange,
  holdBack,
  type Place,
  readControl,
} from "../records/issue-control.ts";
import { requireIssue, saveIssue } from "../records/issues.ts";
import { issueName, openKey } from "../records/keys.ts";
import { latestEnd } from "../records/latest-end.ts";
import { forgetRejections } from "../records/rejections.ts";
import { type Round, readRounds, recallRounds, wakeRounds } from "../records/rounds.ts";

/** What people say to an issue on its way. */

const thingOf = ({ publication, issue }: Place): Thing => ({ publication, kind: "issue", id: issue });

/**
 * Takes an issue back before it begins: it is approved and has no time. Whoever is a moment too late hears that it has begun.
 *
 * @throws Refusal `not-scheduled`, `begun`, `not-allowed`, `moved-on`
 */
export async function takeBackIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "take-back", thingOf(place));
  const issue = takeBack(await requireIssue(cloud, place.publication, place.issue));
  const act = actRow(cloud.clock, person, "take-back", thingOf(place));
  try {
    await saveIssue(cloud, issue, [{ remove: openKey(place.publication, place.issue) }, act]);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    takeBack(await requireIssue(cloud, place.publication, place.issue)); // says it better where the timer was faster
    throw refusal;
  }
  // Where somebody has set another time meanwhile this takes its timer, too: the sweeper begins it then.
  await cloud.timer.cancel(`plan-${issueName(place.publication, place.issue)}`);
}

/** Stops an issue within a second. @throws Refusal `not-sending`, `not-allowed`, `moved-on` */
export async function pauseIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "pause", thingOf(place));
  await holdBack(cloud, place, "person", {}, [actRow(cloud.clock, person, "pause", thingOf(place))]);
}

/** Goes on where it stopped, be it in planning. @throws Refusal `not-paused`, `not-allowed`, `moved-on` */
export async function resumeIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "resume", thingOf(place));
  const [issue, read, frozen] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
    readRounds(cloud, place),
  ]);
  const resumed = resume(issue);
  const control = begunControl(issue, read);
  demandYoung(cloud, issue, control);
  await recallRevoked(cloud, control);
  const isFrozen = isMadeReady(frozen, control);
  const act = actRow(cloud.clock, person, "resume", thingOf(place));
  const notAfter = isFrozen ? await latestEnd(cloud, control) : null;
  const going = controlChange(control, isFrozen ? "sending" : "planning", { notAfter, waits: null });
  await saveIssue(cloud, resumed, [going, act]);
  await wakeRounds(cloud, place);
  await (isFrozen ? callRounds(cloud, place) : callPlanner(cloud, place));
}

/** Rounds that were done look again at the rejections that are taken back. While an issue is paused nobody walks them. */
async function recallRevoked(cloud: Cloud, control: Control | undefined): Promise<void> {
  if (control?.state === "paused" && control.revoked.length > 0) {
    await forgetRejections(cloud, control);
    await recallRounds(cloud, control);
  }
}

/** Every round is there, and ready for the pass the issue is in. */
const isMadeReady = (frozen: readonly Round[], { resend }: Control): boolean =>
  frozen.length === rounds.length && frozen.every(({ pass }) => pass === resend);

/** The ledger forgets an issue in time: sent after that, it could reach somebody twice. @throws Refusal `too-old` */
export function demandYoung({ clock }: Cloud, issue: Issue, { startedAt }: Control): void {
  const latest = Date.parse(startedAt) + sendingDays * 86_400_000;
  if (clock.now().getTime() > latest) throw new Refusal("too-old", { issue: issueLabel(issue), days: sendingDays });
}

const wasBegun = ({ status }: Issue): boolean => status === "sending" || status === "paused";

/** Final: whoever has no letter yet gets none, and is counted so. @throws Refusal `too-late`, `not-allowed`, `moved-on` */
export async function cancelIssue(cloud: Cloud, person: Person, place: Place): Promise<void> {
  demand(person, "cancel", thingOf(place));
  const [issue, control] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
  ]);
  const cancelled = cancel(issue, cloud.clock.now().toISOString(), person.id);
  await recallRevoked(cloud, control);
  const act = actRow(cloud.clock, person, "cancel", thingOf(place));
  // What never began has no books to balance: it is open work no more.
  const going = wasBegun(issue)
    ? controlChange(begunControl(issue, control), "cancelled")
    : { remove: openKey(place.publication, place.issue) };
  await saveIssue(cloud, cancelled, [going, act]);
  await cloud.timer.cancel(`plan-${issueName(place.publication, place.issue)}`);
  await callRounds(cloud, place);
}
