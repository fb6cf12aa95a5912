import { nothing, plusTally, type Tally, tallyOf } from "../core/delivery/account.ts";
import type { Delivery } from "../core/delivery/delivery.ts";
import { isTriedAgain, isWanted } from "../core/delivery/rest.ts";
import { turnSchema } from "../core/delivery/turn.ts";
import type { AddressKey } from "../core/subscriber/subscriber.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { claim, type Wanted } from "./deliver/claim.ts";
import { lettersOf } from "./deliver/letters.ts";
import { metered } from "./deliver/metered.ts";
import { passOn, release } from "./deliver/pass-on.ts";
import { sendAll } from "./deliver/send.ts";
import { isFrozenLast, settle } from "./deliver/settle.ts";
import { hindranceIn, isOutOfTime, leaseUntil, type Stop, startWalk, type Walk } from "./deliver/walk.ts";
import { readBatch } from "./records/batches.ts";
import { readDeliveries } from "./records/deliveries.ts";
import { isFenced } from "./records/fence.ts";
import { type Control, readControl, waitBecause } from "./records/issue-control.ts";
import { type Round, saveRound, takeTurn } from "./records/rounds.ts";

/** Walks one round of an issue. The queue may hand a turn over twice; a subscriber is still mailed once. */
export const deliver: FunctionMaker = (cloud) =>
  eachMessage(turnSchema.parse, async (turn, { deadline }) => {
    const control = await readControl(cloud, turn);
    if (!control || !hasWork(cloud, control)) return; // resuming calls again, and the sweeper what waits
    if (await isFenced(cloud)) return waitBecause(cloud, control, "restored");
    const round = await takeTurn(cloud, turn, turn.turn, leaseUntil(cloud, deadline));
    if (!round) return; // another run has it, or nothing is left to do
    try {
      await walkAndSettle(cloud, control, round, deadline);
    } catch (fault) {
      const unsureUntil = leaseUntil(cloud, cloud.clock.now());
      await release(cloud, control, round, { turn: turn.turn, unsureUntil }).catch(() => {}); // the queue tries again
      throw fault;
    }
  });

/** What was cancelled or sent has its books settled; what is being sent is walked unless it waits. */
function hasWork({ clock }: Cloud, control: Control): boolean {
  if (control.state === "cancelled" || control.state === "sent") return true;
  return control.state === "sending" && hindranceIn(control, clock.now().toISOString())?.is !== "waits";
}

/** To the end of the round, or as far as time and the carrier allow; then the round is passed on. */
async function walkAndSettle(ours: Cloud, control: Control, taken: Round, deadline: Date): Promise<void> {
  const place = { publication: control.publication, issue: control.issue, round: taken.round };
  const { cloud, spent } = metered(ours, taken.spent);
  let round = taken;
  for (;;) {
    if (control.state === "sending" && round.next < round.batches) {
      const walk = startWalk(cloud, control, round, await lettersOf(ours, control), deadline);
      const stop = await walkRound(walk).finally(() => walk.places.letGo().catch(() => {}));
      if (stop) return passOn(cloud, control, { ...round, spent: spent() }, stop);
    }
    const settled = await settle(cloud, control, round);
    if (settled.is !== "incomplete") return passOn(cloud, control, { ...round, spent: spent() }, settled);
    const gap = progress(control, settled.batch, settled.tally);
    if (!(await saveRound(cloud, place, round.turn, gap))) return passOn(cloud, control, round, { is: "turn-lost" });
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
    const end = await deliverBatch(walk, next, keys);
    if ("stop" in end) return end.stop;
    [next, tally] = [next + 1, plusTally(tally, end.tally)];
    if (!(await saveRound(cloud, place, round.turn, progress(control, next, tally)))) return { is: "turn-lost" };
  }
  return undefined;
}

/** A later pass leaves the books as they were until they are settled: it walks past everybody who has a letter. */
const progress = ({ resend }: Control, next: number, tally: Tally): Partial<Round> =>
  resend === 0 ? { next, tally } : { next };

type BatchEnd = { readonly tally: Tally } | { readonly stop: Stop };

/** Claims and sends until every reader of the batch has a delivery, or no more may be sent. */
async function deliverBatch(walk: Walk, number: number, keys: readonly AddressKey[]): Promise<BatchEnd> {
  const { settled, cancelled, ...rest } = await sortOut(walk, number, keys);
  let left = rest.left;
  while (left.length > 0) {
    const stop = isOutOfTime(walk) ? ({ is: "time" } as const) : await makeReady(walk, left.length);
    if (stop) return { stop };
    const claims = await claim(walk, left.slice(0, walk.places.count()));
    const sent = await sendAll(walk, claims);
    settled.push(...claims.settled, ...sent.settled);
    if (sent.stop) return { stop: sent.stop };
    const done = new Set(settled.map(({ addressKey }) => addressKey));
    left = left.filter(({ addressKey }) => !done.has(addressKey));
  }
  return { tally: plusTally(tallyOf(settled), { ...nothing, cancelled }) };
}

/** A place in the rate first, then the question whether letters may leave: waiting takes time. */
const makeReady = async (walk: Walk, letters: number): Promise<Stop | undefined> =>
  (await walk.places.ready(letters)) ?? (await walk.hindrance());

interface SortedOut {
  readonly settled: Delivery[];
  readonly left: readonly Wanted[];
  /** Nobody asked for them in this pass. */
  readonly cancelled: number;
}

/**
 * At first everybody is wanted, and the claim tells who has a letter. A later pass looks first, and so does whoever goes
 * on where another walk stopped: each reader who has a letter already would cost a place in the carrier's rate.
 */
async function sortOut(
  { cloud, control, round }: Walk,
  number: number,
  keys: readonly AddressKey[],
): Promise<SortedOut> {
  const isBegun = round.turn > 1 && number === round.next;
  if (control.resend === 0 && !isBegun)
    return { settled: [], left: keys.map((addressKey) => ({ addressKey, before: undefined })), cancelled: 0 };
  const standing = await readDeliveries(cloud, control, keys);
  const isAsked = isWanted(control, isFrozenLast(round, number));
  const settled = standing.filter((one) => one !== undefined).filter((one) => !isTriedAgain(one, control));
  const left = keys
    .map((addressKey, index): Wanted => ({ addressKey, before: standing[index] }))
    .filter(({ before }) => (before ? isTriedAgain(before, control) : isAsked));
  return { settled, left, cancelled: keys.length - settled.length - left.length };
}

export const handler = onAws(deliver);
