import { plusTally, tallyOf } from "../core/delivery/account.ts";
import type { Delivery } from "../core/delivery/delivery.ts";
import { turnSchema } from "../core/delivery/turn.ts";
import type { AddressKey } from "../core/subscriber/subscriber.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { claim } from "./deliver/claim.ts";
import { lettersOf } from "./deliver/letters.ts";
import { passOn, release } from "./deliver/pass-on.ts";
import { sendAll } from "./deliver/send.ts";
import { settle } from "./deliver/settle.ts";
import { isOutOfTime, leaseUntil, type Stop, startWalk, type Walk } from "./deliver/walk.ts";
import { readBatch } from "./records/batches.ts";
import { type Control, readControl } from "./records/issue-control.ts";
import { type Round, saveRound, takeTurn } from "./records/rounds.ts";

/** Walks one round of an issue. The queue may hand a turn over twice; a subscriber is still mailed once. */
export const deliver: FunctionMaker = (cloud) =>
  eachMessage(turnSchema.parse, async (turn, { deadline }) => {
    const control = await readControl(cloud, turn);
    if (control?.state !== "sending" && control?.state !== "cancelled") return; // resuming calls again
    const round = await takeTurn(cloud, turn, turn.turn, leaseUntil(deadline));
    if (!round) return; // another run has it, or nothing is left to do
    try {
      await walkAndSettle(cloud, control, round, deadline);
    } catch (fault) {
      await release(cloud, control, round, { turn: turn.turn }).catch(() => {}); // the queue tries again
      throw fault;
    }
  });

/** To the end of the round, or as far as time and the carrier allow; then the round is passed on. */
async function walkAndSettle(cloud: Cloud, control: Control, taken: Round, deadline: Date): Promise<void> {
  const place = { publication: control.publication, issue: control.issue, round: taken.round };
  const isCancelled = control.state === "cancelled";
  let round = taken;
  for (;;) {
    if (!isCancelled && round.next < round.batches) {
      const walk = await startWalk(cloud, control, round, await lettersOf(cloud, control), deadline);
      const stop = await walkRound(walk);
      if (stop) return passOn(cloud, control, round, stop);
    }
    const settled = await settle(cloud, place, isCancelled);
    if (settled.is !== "incomplete") return passOn(cloud, control, round, settled);
    const gap = { next: settled.batch, tally: settled.tally };
    if (!(await saveRound(cloud, place, round.turn, gap))) return;
    round = { ...round, ...gap };
  }
}

/** Batch after batch; `next` moves when every reader of a batch has a delivery. */
async function walkRound(walk: Walk): Promise<Stop | undefined> {
  const { cloud, control, round } = walk;
  const place = { publication: control.publication, issue: control.issue, round: round.round };
  let { next, tally } = round;
  while (next < round.batches) {
    const { keys } = await readBatch(cloud, place, next);
    const { settled, revoked, stop } = await deliverBatch(walk, keys);
    if (revoked > 0) tally = { ...tally, rejected: tally.rejected - revoked };
    const isWhole = settled.length === keys.length;
    if (isWhole) [next, tally] = [next + 1, plusTally(tally, tallyOf(settled))];
    if ((isWhole || revoked > 0) && !(await saveRound(cloud, place, round.turn, { next, tally }))) return "turn lost";
    if (stop) return stop;
  }
  return undefined;
}

interface BatchEnd {
  readonly settled: readonly Delivery[];
  readonly revoked: number;
  readonly stop: Stop | undefined;
}

/** Claims and sends until every reader of the batch has a delivery, or no more may be sent. */
async function deliverBatch(walk: Walk, keys: readonly AddressKey[]): Promise<BatchEnd> {
  const settled: Delivery[] = [];
  let left = keys;
  let revoked = 0;
  while (left.length > 0) {
    if (isOutOfTime(walk)) return { settled, revoked, stop: "time" };
    await walk.approach();
    if (!(await walk.isOpen())) return { settled, revoked, stop: "held back" };
    const claims = await claim(walk, left.slice(0, walk.claimSize()));
    const sent = await sendAll(walk, claims);
    settled.push(...claims.settled, ...sent.settled);
    revoked += sent.revoked;
    if (sent.stop) return { settled, revoked, stop: sent.stop };
    const done = new Set(settled.map(({ addressKey }) => addressKey));
    left = keys.filter((key) => !done.has(key));
  }
  return { settled, revoked, stop: undefined };
}

export const handler = onAws(deliver);
