import { rounds } from "../../core/delivery/delivery.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type Control, callArchivist, waitBecause } from "../records/issue-control.ts";
import { type Round, readRounds, saveRound } from "../records/rounds.ts";
import type { Settled } from "./settle.ts";
import type { Stop } from "./walk.ts";

/** SQS keeps a message back no longer than this; the sweeper bridges what is farther. */
const longestDelaySeconds = 900;
/** After the carrier said "too fast". */
const throttledSeconds = 30;

/** Ends a walk: the round goes to the next worker, waits, or is balanced. */
export async function passOn(
  cloud: Cloud,
  control: Control,
  round: Round,
  end: Stop | Exclude<Settled, { is: "incomplete" }>,
): Promise<void> {
  if (end === "turn lost") return;
  if (end === "time") return handOver(cloud, control, round, {});
  if (end === "throttled") return handOver(cloud, control, round, {}, throttledSeconds);
  if (end === "held back") return void (await release(cloud, control, round));
  if (end === "closed" || end === "all-rejected") {
    await waitBecause(cloud, control, end === "closed" ? "carrier-closed" : "all-rejected");
    return void (await release(cloud, control, round));
  }
  if (end.is === "balanced") return balance(cloud, control, round, end.tally);
  const seconds = Math.ceil((end.again - cloud.clock.now().getTime()) / 1000);
  await handOver(cloud, control, round, { tally: end.tally }, Math.max(1, Math.min(seconds, longestDelaySeconds)));
}

const placeOf = ({ publication, issue }: Control, { round }: Round) => ({ publication, issue, round });

/** Lets go of the round. Answers false when another walk has it. */
export const release = (cloud: Cloud, control: Control, round: Round, more: Partial<Round> = {}): Promise<boolean> =>
  saveRound(cloud, placeOf(control, round), round.turn, { heldUntil: null, ...more });

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
  await cloud.queues.rounds.add([message], { delaySeconds });
}

/** The round balanced last rings for the archivist. */
async function balance(cloud: Cloud, control: Control, round: Round, tally: Round["tally"]): Promise<void> {
  const done = { phase: "balanced", next: round.batches, wakeAt: null, tally } as const;
  if (!(await release(cloud, control, round, done))) return;
  const balanced = (await readRounds(cloud, control)).filter(({ phase }) => phase === "balanced");
  if (balanced.length === rounds.length) await callArchivist(cloud, control);
}
