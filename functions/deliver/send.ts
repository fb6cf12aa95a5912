import type { Delivery, Sending } from "../../core/delivery/delivery.ts";
import { Refusal } from "../../core/refusal.ts";
import { type Change, Closed, Rejected, Throttled } from "../cloud/cloud.ts";
import { giveBack, replaceDelivery } from "../records/deliveries.ts";
import type { Claim, Claims } from "./claim.ts";
import type { Stop, Walk } from "./walk.ts";

/** What became of claims: deliveries that stand now, and why no more may be sent. Who is in neither waits again. */
export interface Sent {
  readonly settled: readonly Delivery[];
  /** Rejections of earlier batches that were not about their readers: they wait again too. */
  readonly revoked: number;
  readonly stop: Stop | undefined;
}

/** Letters on their way at the same time. */
const lanes = 8;
/** Consent may be this old when a letter begins: who left longer ago gets none. */
const consentMilliseconds = 5000;
/** So many rejections in a row are not about addresses: one bad deploy must never reject a whole audience. */
const mostRejectedInARow = 10;

interface Hand {
  readonly readAt: number;
  readonly left: Claim[];
  readonly outcomes: { readonly seen: Sending; readonly next: Delivery }[];
  stop: Stop | undefined;
}

/** Sends each claim its letter, several at a time, and records what came of it. */
export async function sendAll(walk: Walk, { ours, readAt }: Claims): Promise<Sent> {
  const hand: Hand = { readAt, left: [...ours], outcomes: [], stop: undefined };
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(lanes, ours.length) }, () => sendFrom(walk, hand)),
  );
  const sent = await record(walk, hand, ours);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return sent;
}

async function sendFrom(walk: Walk, hand: Hand): Promise<void> {
  while (hand.left.length > 0 && !hand.stop) {
    await walk.pace();
    if (!(await walk.isOpen())) hand.stop ??= "held back";
    const age = walk.cloud.clock.now().getTime() - hand.readAt;
    const claim = hand.stop || age > consentMilliseconds ? undefined : hand.left.shift();
    if (!claim) return;
    const next = await sendOne(walk, hand, claim);
    if (next) hand.outcomes.push({ seen: claim.delivery, next });
  }
}

/** Undefined when it is certain that nothing left and nobody is to blame for it. */
async function sendOne(walk: Walk, hand: Hand, claim: Claim): Promise<Delivery | undefined> {
  const { cloud, control, letters } = walk;
  const { leaseUntil: _, state: __, ...common } = claim.delivery;
  const { addressKey: delivery, attempt } = common;
  try {
    const message = letters.write(claim.reader);
    const tags = { delivery, attempt, issue: `${control.publication}-${control.issue}` };
    const letter = { stream: "editions", from: letters.from, to: claim.reader.address, message, tags } as const;
    const { messageId } = await cloud.mail.send(letter);
    walk.rejectedInARow.length = 0;
    return { ...common, state: "accepted", messageId, acceptedAt: cloud.clock.now().toISOString() };
  } catch (trouble) {
    const reason = reasonOf(trouble);
    if (trouble instanceof Closed) hand.stop ??= "closed";
    else if (trouble instanceof Throttled) hand.stop ??= "throttled";
    else if (trouble instanceof Rejected || trouble instanceof Refusal) return rejected(walk, hand, common, reason);
    else return { ...common, state: "uncertain", reason, uncertainSince: cloud.clock.now().toISOString() };
    return undefined;
  }
}

function rejected(walk: Walk, hand: Hand, common: Omit<Sending, "state" | "leaseUntil">, reason: string): Delivery {
  const rejectedAt = walk.cloud.clock.now().toISOString();
  const delivery = { ...common, state: "rejected", reason, rejectedAt } as const;
  walk.rejectedInARow.push(delivery);
  if (walk.rejectedInARow.length >= mostRejectedInARow) hand.stop = "all-rejected";
  return delivery;
}

/** Rows and logs hold no addresses; a carrier's answer may. */
const reasonOf = (trouble: unknown): string =>
  (trouble instanceof Refusal ? trouble.code : String(trouble)).replace(/[^\s<>"']+@[^\s<>"']+/g, "…@…").slice(0, 300);

async function record(walk: Walk, hand: Hand, ours: readonly Claim[]): Promise<Sent> {
  const revoked = new Set<Delivery>(hand.stop === "all-rejected" ? walk.rejectedInARow.splice(0) : []);
  const settled = hand.outcomes.filter(({ next }) => !revoked.has(next));
  const known = new Set<Delivery>(settled.map(({ seen }) => seen));
  const justNow = new Set<Delivery>(hand.outcomes.map(({ next }) => next));
  const earlier = [...revoked].filter((delivery) => !justNow.has(delivery));
  await writeSoon(walk, [
    ...settled.map(({ seen, next }) => replaceDelivery(walk.control, seen, next)),
    ...ours.filter(({ delivery }) => !known.has(delivery)).map(({ delivery }) => giveBack(walk.control, delivery)),
    ...earlier.map((delivery) => giveBack(walk.control, delivery)),
  ]);
  return { settled: settled.map(({ next }) => next), revoked: earlier.length, stop: hand.stop };
}

const tries = 3;
const pauseMilliseconds = 400;

/** The letters have left: a table that stumbles is asked again. What it took the first time no longer fits, and stays. */
async function writeSoon({ cloud }: Walk, changes: readonly Change[]): Promise<void> {
  for (let left = tries; ; left--) {
    try {
      await cloud.table.each(changes);
      return;
    } catch (fault) {
      if (left === 1) throw fault;
      await cloud.clock.sleep(pauseMilliseconds);
    }
  }
}
