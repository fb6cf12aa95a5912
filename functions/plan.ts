import { nobody, nothing, plusFrozen } from "../core/delivery/account.ts";
import { exclusionOf } from "../core/delivery/audience.ts";
import { type Batch, type Candidate, cutBatches, endOfRound, startOfRound, total } from "../core/delivery/batch.ts";
import { rounds } from "../core/delivery/delivery.ts";
import { wakeSchema } from "../core/delivery/turn.ts";
import type { Issue, Scheduled } from "../core/issue/issue.ts";
import { Refusal } from "../core/refusal.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { onAws } from "./cloud/on-aws.ts";
import { house } from "./house.ts";
import { batchesOf, putBatch } from "./records/batches.ts";
import { publishWeb, readManifest } from "./records/editions.ts";
import {
  beginSending,
  type Control,
  callPlanner,
  callRounds,
  holdPlanning,
  openSending,
  type Place,
  readControl,
} from "./records/issue-control.ts";
import { requireIssue } from "./records/issues.ts";
import { nothingSpent, putRound, type RoundPlace, readRounds } from "./records/rounds.ts";
import { publishShelf, putOnShelf } from "./records/shelf.ts";
import { subscribersAfter, suppressedAmong } from "./records/subscribers.ts";

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
    const control = await takeUp(cloud, place, new Date(deadline.getTime() + graceMilliseconds).toISOString());
    if (!control) return;
    await publishEdition(cloud, control);
    for (const round of rounds) {
      const isFrozen = await freezeRound(cloud, { ...control, round }, deadline);
      if (!isFrozen) return callPlanner(cloud, place);
    }
    await openSending(cloud, control);
    await callRounds(cloud, place);
  };

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
  try {
    await beginSending(cloud, issue, heldUntil);
  } catch (refusal) {
    // Another planner was faster, or somebody cancelled in this very moment; the control row tells.
    if (!(refusal instanceof Refusal && refusal.code === "moved-on")) throw refusal;
  }
}

/** Before the first letter leaves, so that "read in the browser" never fails. */
async function publishEdition(cloud: Cloud, control: Control): Promise<void> {
  const manifest = await readManifest(cloud, control);
  if (!manifest) throw new Error(`there is no edition ${control.fingerprint}`);
  await publishWeb(cloud, control, manifest);
  await putOnShelf(cloud, control, control.startedAt);
  await publishShelf(cloud, house(), control.publication);
}

// ── freezing ─────────────────────────────────────────────────────────────────────────────────────

/** Readers looked at together: ten full batches. */
const pageSize = 400;

/**
 * Writes the batches of one round one after the other, each from where the one before it ends. Where a batch stands
 * already, it is the truth: two planners, or one that died, still leave one row of batches without gap or double.
 */
async function freezeRound(cloud: Cloud, place: RoundPlace, deadline: Date): Promise<boolean> {
  if ((await readRounds(cloud, place)).some(({ round }) => round === place.round)) return true;
  const books = { after: startOfRound, batches: 0, ...nobody };
  const enter = (batch: Batch): void => {
    const planned = batch.keys.length;
    const frozen = { candidates: planned + total(batch.excluded), planned, excluded: batch.excluded };
    Object.assign(books, plusFrozen(books, frozen), { after: batch.last, batches: books.batches + 1 });
  };
  for await (const batch of batchesOf(cloud, place)) enter(batch);
  while (books.after !== endOfRound) {
    if (cloud.clock.now().getTime() > deadline.getTime() - reserveMilliseconds) return false;
    for (const batch of await nextBatches(cloud, place, books.after)) {
      const standing = await putBatch(cloud, place, books.batches, batch);
      enter(standing);
      if (standing.last !== batch.last) break;
    }
  }
  const { after: _, ...frozen } = books;
  const begin = {
    turn: 0,
    next: 0,
    heldUntil: null,
    wakeAt: null,
    tally: nothing,
    pass: 0,
    freezes: [0],
    spent: nothingSpent,
  } as const;
  await putRound(cloud, place, { v: 1, round: place.round, phase: "walking", ...begin, ...frozen });
  return true;
}

async function nextBatches(cloud: Cloud, { publication, round }: RoundPlace, after: string): Promise<Batch[]> {
  const page = await subscribersAfter(cloud, publication, round, after, pageSize);
  const suppressed = await suppressedAmong(
    cloud,
    page.subscribers.map(({ addressKey }) => addressKey),
  );
  const now = cloud.clock.now().toISOString();
  const candidates = page.subscribers.map((subscriber): Candidate => {
    const { addressKey } = subscriber;
    return { addressKey, exclusion: exclusionOf(subscriber, suppressed.has(addressKey), now) };
  });
  return cutBatches(after, candidates, page.isLast);
}

export const handler = onAws(plan);
