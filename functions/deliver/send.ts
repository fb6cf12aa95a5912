import type { Delivery, Sending } from "../../core/delivery/delivery.ts";
import { counted, type Rejections, tooMany } from "../../core/delivery/rejections.ts";
import { Refusal } from "../../core/refusal.ts";
import { type Change, Closed, type Letter, Rejected, Throttled } from "../cloud/cloud.ts";
import { replaceDelivery } from "../records/deliveries.ts";
import { enterRejections } from "../records/rejections.ts";
import { type Claim, type Claims, giveBack } from "./claim.ts";
import type { Stop, Walk } from "./walk.ts";

/** What became of claims: deliveries that stand now, and why no more may be sent. Who is in neither waits again. */
export interface Sent {
  readonly settled: readonly Delivery[];
  readonly stop: Stop | undefined;
}

/** Letters on their way at the same time. */
const lanes = 8;
/** Consent may be this old when a letter begins: who left longer ago gets none. */
const consentMilliseconds = 5000;
interface Hand {
  readonly readAt: number;
  readonly left: Claim[];
  readonly outcomes: { readonly seen: Sending; readonly next: Delivery }[];
  stop: Stop | undefined;
  /** Rejections in a row before this hand. */
  readonly standing: Rejections | undefined;
}

/** Sends each claim its letter, several at a time, and records what came of it. */
export async function sendAll(walk: Walk, { ours, readAt }: Claims): Promise<Sent> {
  const hand: Hand = { readAt, left: [...ours], outcomes: [], stop: undefined, standing: walk.rejections() };
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(lanes, ours.length) }, () => sendFrom(walk, hand)),
  );
  const sent = await record(walk, hand, ours);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return sent;
}

async function sendFrom(walk: Walk, hand: Hand): Promise<void> {
  while (hand.left.length > 0 && !hand.stop) {
    await walk.places.next();
    hand.stop ??= await walk.hindrance();
    const age = walk.cloud.clock.now().getTime() - hand.readAt;
    const claim = hand.stop || age > consentMilliseconds ? undefined : hand.left.shift();
    const next = claim && (await sendOne(walk, hand, claim));
    if (next) hand.outcomes.push({ seen: claim.delivery, next });
    else walk.places.unused();
    if (!claim) return;
    if (tooMany(counted(hand.standing, rejectionsOf(hand)))) hand.stop ??= { is: "all-rejected" };
  }
}

/** Undefined when it is certain that nothing left and nobody is to blame for it. */
async function sendOne(walk: Walk, hand: Hand, claim: Claim): Promise<Delivery | undefined> {
  const { cloud } = walk;
  const { leaseUntil: _, state: __, ...common } = claim.delivery;
  const letter = letterTo(walk, claim);
  if (typeof letter === "string") return rejected(walk, common, letter);
  try {
    const { messageId } = await cloud.mail.send(letter);
    walk.doubts.inARow = 0;
    return { ...common, state: "accepted", messageId, acceptedAt: cloud.clock.now().toISOString() };
  } catch (trouble) {
    const reason = reasonOf(trouble);
    if (trouble instanceof Closed) hand.stop ??= { is: "closed" };
    else if (trouble instanceof Throttled) hand.stop ??= { is: "throttled" };
    else if (trouble instanceof Rejected) return rejected(walk, common, reason);
    else return doubtful(walk, hand, common, reason);
    return undefined;
  }
}

/** Or why it cannot be written: nothing has left then. A fault of ours rejects many in a row, and they are taken back. */
function letterTo({ control, letters }: Walk, { reader, delivery }: Claim): Letter | string {
  const tags = {
    ...{ delivery: delivery.addressKey, attempt: delivery.attempt },
    issue: `${control.publication}-${control.issue}`,
  };
  try {
    return { stream: "editions", from: letters.from, to: reader.address, message: letters.write(reader), tags };
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    console.error({ fault: fault instanceof Error ? fault.stack : "unknown", delivery: delivery.addressKey });
    return "letter-fault";
  }
}

type Common = Omit<Sending, "state" | "leaseUntil">;

/** A carrier in trouble would leave nobody certain: after a few doubts the issue waits a minute. */
function doubtful(walk: Walk, hand: Hand, common: Common, reason: string): Delivery {
  if (++walk.doubts.inARow >= walk.doubts.most) hand.stop ??= { is: "doubtful" };
  return { ...common, state: "uncertain", reason, uncertainSince: walk.cloud.clock.now().toISOString() };
}

function rejected({ cloud }: Walk, common: Common, reason: string): Delivery {
  return { ...common, state: "rejected", reason, rejectedAt: cloud.clock.now().toISOString() };
}

/** Rows and logs hold no addresses; a carrier's answer may. */
const reasonOf = (trouble: unknown): string =>
  String(trouble)
    .replace(/[^\s<>"']+@[^\s<>"']+/g, "…@…")
    .slice(0, 300);

async function record(walk: Walk, hand: Hand, ours: readonly Claim[]): Promise<Sent> {
  const known = new Set<Delivery>(hand.outcomes.map(({ seen }) => seen));
  await writeSoon(walk, [
    ...hand.outcomes.map(({ seen, next }) => replaceDelivery(walk.control, seen, next)),
    ...ours.filter(({ delivery }) => !known.has(delivery)).map((claim) => giveBack(walk.control, claim)),
  ]);
  const row = isNews(hand) ? await enterRejections(walk.cloud, walk.control, rejectionsOf(hand)) : undefined;
  const stop: Stop | undefined = row && tooMany(row) ? { is: "all-rejected" } : hand.stop;
  return { settled: hand.outcomes.map(({ next }) => next), stop };
}

/** How many letters were rejected behind the last one that was accepted. */
function rejectionsOf({ outcomes }: Hand): Parameters<typeof enterRejections>[2] {
  const last = outcomes.findLastIndex(({ next }) => next.state === "accepted");
  const trailing = outcomes.slice(last + 1).flatMap(({ next }) => (next.state === "rejected" ? [next] : []));
  return { trailing: trailing.length, since: trailing[0]?.rejectedAt ?? "", wasAccepted: last >= 0 };
}

function isNews(hand: Hand): boolean {
  const { trailing, wasAccepted } = rejectionsOf(hand);
  return trailing > 0 || (wasAccepted && (hand.standing?.inARow ?? 0) > 0);
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
