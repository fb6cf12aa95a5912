import type { RestGroup } from "../../core/delivery/rest.ts";
import { type Issue, idOfIssue, issueLabel, type PauseReason, type Scheduled } from "../../core/issue/issue.ts";
import { begin, finish, pause } from "../../core/issue/send.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Change, Cloud, TimerTarget, Value } from "../cloud/cloud.ts";
import { requireIssue, saveIssue } from "./issues.ts";
import { controlKey, issueName, openKey } from "./keys.ts";
import { readRounds } from "./rounds.ts";
import { rowsOf } from "./rows.ts";

/** Which issue of which publication. */
export interface Place {
  readonly publication: string;
  readonly issue: string;
}

/** Whom an issue is for: everybody, or the readers of a topic. */
export type ForWhom = { readonly topic?: string | undefined };

/** The small row every worker looks at before each letter. */
export interface Control extends Place {
  readonly v: 1;
  readonly state: "planning" | "sending" | "paused" | "cancelled" | "sent";
  /** Counts every change of the state, so that an older decision never overrules a newer one. */
  readonly epoch: number;
  /** How often "send to the rest" was said, and whom it meant the last time. */
  readonly resend: number;
  readonly rest: readonly RestGroup[];
  /** Nothing is sent any more after this: letters that late would surprise their readers. Null until letters may leave. */
  readonly notAfter: string | null;
  /** Nothing is sent before this: the day is full, the sender warms up, or the carrier is in trouble. The sweeper goes on then. */
  readonly waits: { readonly for: "quota" | "warm-up" | "carrier"; readonly until: string } | null;
  /** Counts what it has waited for, so that of two who find a reason at once the longer wait stands. */
  readonly waited?: number;
  /** Rejections of these times were not about their readers, and are taken back. */
  readonly revoked: readonly { readonly from: string; readonly to: string }[];
  readonly fingerprint: string;
  readonly language: "de" | "en";
  /** For readers of this topic alone. */
  readonly topic?: string;
  readonly startedAt: string;
  /** While planning: until then its planner may be alive. */
  readonly heldUntil: string;
}

/** Undefined before an issue's time has come. */
export async function readControl(cloud: Cloud, { publication, issue }: Place): Promise<Control | undefined> {
  const [row] = await cloud.table.get([controlKey(publication, issue)], { consistent: true });
  return row as unknown as Control | undefined;
}

/** What is scheduled or on its way in the whole deployment: the sweeper's list. */
export async function openIssues(cloud: Cloud): Promise<Place[]> {
  const rows = rowsOf(cloud, { pk: openKey("", "").pk, from: "issue#", to: "issue#~" });
  return Array.fromAsync(rows, ({ publication, issue }) => ({
    publication: String(publication),
    issue: String(issue),
  }));
}

/** Puts an issue on the sweeper's list. */
export const openRow = ({ publication, issue }: Place): Change => ({
  put: { ...openKey(publication, issue), v: 1, publication, issue },
});

const placeOf = (issue: Issue): Place => ({ publication: issue.publication, issue: idOfIssue(issue) });

/** Scheduled → sending, with the rows its way begins with, all or nothing. @throws Refusal `moved-on` */
export async function beginSending(cloud: Cloud, issue: Scheduled, heldUntil: string): Promise<void> {
  const place = placeOf(issue);
  const startedAt = cloud.clock.now().toISOString();
  const { fingerprint, language, topic } = issue;
  const control: Control = {
    ...{ v: 1, ...place, state: "planning", epoch: 1, fingerprint, language, startedAt, heldUntil },
    ...{ resend: 0, rest: [], notAfter: null, waits: null, revoked: [] },
    ...(topic !== undefined && { topic }),
  };
  await saveIssue(cloud, begin(issue, startedAt), [
    { put: { ...controlKey(place.publication, place.issue), ...control }, if: "absent" },
    openRow(place),
  ]);
}

/** A planner says until when it may be alive. */
export async function holdPlanning(cloud: Cloud, { publication, issue }: Place, heldUntil: string): Promise<void> {
  const key = controlKey(publication, issue);
  await cloud.table.each([{ patch: key, set: { heldUntil }, if: { state: "planning" } }]);
}

/**
 * The audience is frozen: letters may leave. Nothing happens when that was said before, or somebody said anything else
 * since this planner began: what is planned then is another's.
 */
export async function openSending(
  cloud: Cloud,
  { publication, issue, epoch }: Control,
  notAfter: string,
): Promise<void> {
  const change: Change = {
    patch: controlKey(publication, issue),
    set: { state: "sending", epoch: epoch + 1, notAfter, heldUntil: cloud.clock.now().toISOString() },
    if: { state: "planning", epoch },
  };
  await cloud.table.each([change]);
}

/** The row's next state, refused by the table when anybody was faster. */
export const controlChange = (control: Control, state: Control["state"], more: Partial<Control> = {}): Change => ({
  patch: controlKey(control.publication, control.issue),
  set: { state, epoch: control.epoch + 1, ...(more as Readonly<Record<string, Value>>) },
  if: { epoch: control.epoch },
});

/** A letter that began this long after an issue was paused may still be rejected for the same reason. */
const inFlightMilliseconds = 15_000;

/**
 * Trouble that concerns every letter: the issue waits and says why. Whoever notices it second changes nothing.
 *
 * @param revokedSince rejections since then were not about their readers
 */
export async function waitBecause(
  cloud: Cloud,
  place: Place,
  reason: PauseReason,
  { revokedSince }: { revokedSince?: string } = {},
): Promise<void> {
  const control = await readControl(cloud, place);
  if (control?.state !== "sending" && control?.state !== "planning") return;
  const to = new Date(cloud.clock.now().getTime() + inFlightMilliseconds).toISOString();
  const revoked = revokedSince === undefined ? control.revoked : [...control.revoked, { from: revokedSince, to }];
  try {
    await holdBack(cloud, place, reason, { revoked });
    console.error({ paused: reason, publication: place.publication, issue: place.issue });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
}

/** The issue is being sent and waits by itself until then; the sweeper goes on. A longer wait is not cut short. */
export async function waitUntil(cloud: Cloud, place: Place, waits: NonNullable<Control["waits"]>): Promise<void> {
  const control = await readControl(cloud, place);
  if (control?.state !== "sending") return;
  const { waits: standing, waited } = control;
  if (standing && standing.until >= waits.until) return;
  const change: Change = {
    patch: controlKey(place.publication, place.issue),
    set: { waits, waited: (waited ?? 0) + 1 },
    if: { state: "sending", waited: waited ?? null },
  };
  const [outcome] = await cloud.table.each([change]);
  if (outcome !== "done") return waitUntil(cloud, place, waits);
}

/** Sending → paused, with the rows that belong to it. @throws Refusal `not-sending`, `moved-on` */
export async function holdBack(
  cloud: Cloud,
  place: Place,
  reason: PauseReason,
  more: Partial<Control> = {},
  besides: readonly Change[] = [],
): Promise<void> {
  const [issue, control] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readControl(cloud, place),
  ]);
  const paused = pause(issue, cloud.clock.now().toISOString(), reason);
  await saveIssue(cloud, paused, [controlChange(begunControl(issue, control), "paused", more), ...besides]);
}

/** Issue and row are read side by side: whoever read no row of an issue that was begun read it too early. @throws Refusal `moved-on` */
export function begunControl(issue: Issue, control: Control | undefined): Control {
  if (!control) throw new Refusal("moved-on", { thing: issueLabel(issue) });
  return control;
}

/** One message for each round that is not balanced, with the turn its row names: the queue is a hint. */
export async function callRounds(cloud: Cloud, place: Place): Promise<void> {
  const open = (await readRounds(cloud, place)).filter((round) => round.phase === "walking");
  if (open.length > 0) {
    await cloud.queues.rounds.add(open.map(({ round, turn }) => ({ v: 1, ...place, round, turn })));
  }
}

/** Rings for a planner, as soon as may be. */
export const callPlanner = (cloud: Cloud, place: Place): Promise<void> => ring(cloud, place, "plan");
/** Rings for whoever closes the books, as soon as may be. */
export const callArchivist = (cloud: Cloud, place: Place): Promise<void> => ring(cloud, place, "archive");

async function ring(cloud: Cloud, { publication, issue }: Place, target: TimerTarget): Promise<void> {
  const now = cloud.clock.now().toISOString();
  // A name of its own each minute: whoever rings again and again would otherwise put the alarm off for ever.
  const name = `${target}-${issueName(publication, issue)}-${now.slice(0, "2026-11-23T08:00".length).replace(/\D/g, "")}`;
  await cloud.timer.wakeAt(name, now, { target, payload: { v: 1, publication, issue } });
}

/**
 * The books are balanced: sent, with the deliveries nobody can tell the fate of; a cancelled issue stays cancelled.
 *
 * @throws Conflict, Refusal `moved-on` when somebody sends it again, or stops it, in this very moment
 */
export async function closeSending(cloud: Cloud, control: Control, unresolved: number): Promise<void> {
  const open: Change = { remove: openKey(control.publication, control.issue) };
  const key = controlKey(control.publication, control.issue);
  if (control.state === "cancelled") return cloud.table.write([open, { check: key, if: { epoch: control.epoch } }]);
  const issue = await requireIssue(cloud, control.publication, control.issue);
  if (issue.status === "sent") return void (await saveIssue(cloud, { ...issue, open: unresolved }, [open]));
  if (issue.status !== "sending") return;
  const sent = finish(issue, cloud.clock.now().toISOString(), unresolved);
  await saveIssue(cloud, sent, [controlChange(control, "sent"), open]);
}
