import { counted } from "../../core/delivery/account.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type Control, callArchivist, waitBecause, waitUntil } from "../records/issue-control.ts";
import { slowDown } from "../records/rate.ts";
import { readRejections } from "../records/rejections.ts";
import {
  longestDelaySeconds,
  type Round,
  type RoundPlace,
  readRounds,
  reopenRound,
  saveRound,
} from "../records/rounds.ts";
import type { Settled } from "./settle.ts";
import type { Stop } from "./walk.ts";

/** After the carrier said "too fast". */
const throttledSeconds = 5;
/** Rounds that wait for the same place do not all come back at once. */
const spreadSeconds = 4;

/** Ends a walk: the round goes to the next worker, waits, or is balanced. */
export async function passOn(
  cloud: Cloud,
  control: Control,
  round: Round,
  end: Stop | Exclude<Settled, { is: "incomplete" }>,
): Promise<void> {
  switch (end.is) {
    case "turn-lost":
      return readAgain(cloud, placeOf(control, round));
    case "time":
      return handOver(cloud, control, round, {});
    case "too-soon":
      return handOver(cloud, control, round, {}, secondsUntil(cloud, end.at) + secondsOfOthers(round, end.perSecond));
    case "throttled":
      await slowDown(cloud, "editions");
      return handOver(cloud, control, round, {}, throttledSeconds + spread(round));
    case "doubtful":
      await slowDown(cloud, "editions");
      return waitForCarrier(cloud, control, round);
    case "waits":
      await waitUntil(cloud, control, end.waits);
      return void (await release(cloud, control, round, { wakeAt: end.waits.until }));
    case "balanced":
      return balance(cloud, control, round, end.tally);
    case "open":
      // The tally is of every batch: `next` says so, or a cancelled round's current batch would be counted twice.
      return handOver(cloud, control, round, { next: round.batches, tally: end.tally }, secondsUntil(cloud, end.again));
    default:
      await holdBackBecause(cloud, control, end.is);
      return void (await release(cloud, control, round));
  }
}

/** A carrier in trouble is left alone for so long. */
const troubleMilliseconds = 60_000;

async function waitForCarrier(cloud: Cloud, control: Control, round: Round): Promise<void> {
  const until = new Date(cloud.clock.now().getTime() + troubleMilliseconds).toISOString();
  await waitUntil(cloud, control, { for: "carrier", until });
  await release(cloud, control, round, { wakeAt: until });
}

async function holdBackBecause(
  cloud: Cloud,
  control: Control,
  why: "held-back" | "closed" | "too-late" | "all-rejected",
): Promise<void> {
  if (why === "closed") await waitBecause(cloud, control, "carrier-closed");
  if (why === "too-late") await waitBecause(cloud, control, "not-after");
  if (why !== "all-rejected") return;
  const since = (await readRejections(cloud, control))?.since ?? control.startedAt;
  await waitBecause(cloud, control, "all-rejected", { revokedSince: since });
}

const secondsUntil = ({ clock }: Cloud, at: number): number =>
  Math.max(1, Math.min(longestDelaySeconds, Math.ceil((at - clock.now().getTime()) / 1000)));

const longestOthersSeconds = 60;

/** The rounds that are walked keep the carrier busy: the longer they will, the later this one comes back. */
function secondsOfOthers(round: Round, perSecond: number): number {
  const left = round.planned - counted(round.tally);
  const eighth = (left * rounds.length) / perSecond / 8;
  return Math.min(longestOthersSeconds, Math.round(eighth)) + spread(round);
}

const spread = ({ round }: Round): number => Number.parseInt(round, 16) % spreadSeconds;

const placeOf = ({ publication, issue }: Control, { round }: Round) => ({ publication, issue, round });

/** Lets go of the round. Answers false when another walk has it. */
export async function release(
  cloud: Cloud,
  control: Control,
  round: Round,
  more: Partial<Round> = {},
): Promise<boolean> {
  const place = placeOf(control, round);
  const isOurs = await saveRound(cloud, place, round.turn, { heldUntil: null, spent: round.spent, ...more });
  if (!isOurs) await readAgain(cloud, place);
  return isOurs;
}

/** Whoever took the round from us may have closed its books before our last letters stood in them. */
async function readAgain(cloud: Cloud, place: RoundPlace): Promise<void> {
  const round = (await readRounds(cloud, place)).find((one) => one.round === place.round);
  if (round?.phase === "balanced") await reopenRound(cloud, place);
}

async function handOver(
  cloud: Cloud,
  control: Control,
  round: Round,
  more: Partial<Round>,
  delaySeconds = 0,
): Promise<void> {
  const now = cloud.clock.now().getTime();
  const wakeAt = new Date(now + delaySeconds * 1000).toISOString();
  if (!(await release(cloud, control, round, { ...more, wakeAt }))) return;
  const message = { v: 1, ...placeOf(control, round), turn: round.turn };
  await cloud.queues.rounds.add([message], { delaySeconds: Math.min(longestDelaySeconds, delaySeconds) });
}

/** The round balanced last rings for the archivist. */
async function balance(cloud: Cloud, control: Control, round: Round, tally: Round["tally"]): Promise<void> {
  const done = { phase: "balanced", next: round.batches, wakeAt: null, tally } as const;
  if (!(await release(cloud, control, round, done))) return;
  const balanced = (await readRounds(cloud, control)).filter(({ phase }) => phase === "balanced");
  if (balanced.length === rounds.length) await callArchivist(cloud, control);
}
