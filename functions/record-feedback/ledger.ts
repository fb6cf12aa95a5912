import { lineOf } from "../../core/delivery/account.ts";
import { advance, kindOf, unknownDelivery } from "../../core/delivery/advance.ts";
import { type Delivery, sendingDays } from "../../core/delivery/delivery.ts";
import type { Feedback, FeedbackKind } from "../../core/delivery/feedback.ts";
import { isAboutAddress } from "../../core/delivery/suppression.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { deliveryOfRow, expiryOf, replaceDelivery, rowOfDelivery } from "../records/deliveries.ts";
import { type FeedbackCounts, nothingHeard } from "../records/feedback.ts";
import { type Control, type Place, readControl } from "../records/issue-control.ts";
import { deliveryKey, issueName, roundOf } from "../records/keys.ts";
import { readRounds, tellNews } from "../records/rounds.ts";
import { countSoftBounces, endSoftBounces, type Seen } from "../records/soft-bounces.ts";

/** Some feedback to one issue, by reader. */
type Told = ReadonlyMap<AddressKey, readonly Feedback[]>;

/** A delivery as it stands, and as it will. */
interface Move {
  readonly addressKey: AddressKey;
  readonly seen: Delivery | undefined;
  readonly next: Delivery;
}

/**
 * Moves the deliveries of one issue forward. All that hangs on a move is done before the row moves: a run that dies
 * between leaves the row where it was, and the next one does it all again. Answers what moved, counted.
 */
export async function moveForward(cloud: Cloud, place: Place, feedback: readonly Feedback[]): Promise<FeedbackCounts> {
  const told: Told = Map.groupBy(feedback, ({ addressKey }) => addressKey);
  const keys = [...told.keys()];
  // What is read may be a moment old: rows only move forward, and the condition of the write notices.
  const rows = await cloud.table.get(keys.map((key) => deliveryKey(place.publication, place.issue, key)));
  const control = await readControl(cloud, place);
  const moveOf = mover(cloud, told);
  const moves = keys.flatMap((key, index) => moveOf(key, rows[index] && deliveryOfRow(rows[index])));
  const arrived = feedback.filter(({ kind }) => kind === "delivered");
  const cameBack = moves.flatMap((move) => softBounceOf(move, told));
  await endSoftBounces(cloud, seenOf(place, arrived));
  await countSoftBounces(cloud, seenOf(place, cameBack));
  await reopen(cloud, place, control, moves);
  return counted(await write(cloud, place, control, moves, moveOf));
}

/** @returns none where the row says as much already */
function mover(cloud: Cloud, told: Told): (addressKey: AddressKey, seen: Delivery | undefined) => Move[] {
  const oldest = new Date(cloud.clock.now().getTime() - sendingDays * 86_400_000).toISOString();
  return (addressKey, seen) => {
    const [first, ...more] = told.get(addressKey) ?? [];
    // So long after it was sent a letter has no row any more, and nobody sends its issue.
    if (!first || (!seen && first.sentAt < oldest)) return [];
    const next = more.reduce(advance, seen ? advance(seen, first) : unknownDelivery(first));
    return next === seen ? [] : [{ addressKey, seen, next }];
  };
}

const seenOf = (place: Place, feedback: readonly Feedback[]): Seen[] =>
  feedback.map(({ addressKey, at }) => ({ addressKey, at, issue: issueName(place.publication, place.issue) }));

/** What comes back of a letter that had arrived is an automatic answer: somebody is away. */
function softBounceOf({ addressKey, seen, next }: Move, told: Told): Feedback[] {
  const all = told.get(addressKey) ?? [];
  const hasArrived = seen?.state === "delivered" || all.some(({ kind }) => kind === "delivered");
  if (kindOf(next) !== "softBounced" || hasArrived) return [];
  return all.filter((feedback) => feedback.kind === "softBounced" && isAboutAddress(feedback)).slice(0, 1);
}

/**
 * Balanced books are read again; while the issue is still being sent only when a delivery comes to stand in another line
 * of them, or the issue would never close. Not those of issues whose rows leave the table soon.
 */
async function reopen(cloud: Cloud, place: Place, control: Control | undefined, moves: readonly Move[]): Promise<void> {
  const oldest = new Date(cloud.clock.now().getTime() - sendingDays * 86_400_000).toISOString();
  if (!control || control.startedAt < oldest) return;
  const isClosed = control.state === "sent" || control.state === "cancelled";
  const told = moves.filter(({ seen, next }) => isClosed || !seen || lineOf(seen) !== lineOf(next));
  if (told.length === 0) return;
  const touched = new Set(told.map(({ addressKey }) => roundOf(addressKey)));
  for (const round of await readRounds(cloud, place)) {
    if (!touched.has(round.round)) continue;
    await tellNews(cloud, { ...place, round: round.round }, round, control.state === "sending");
  }
}

/** How often a row is looked at again that others change at the same time. */
const tries = 5;

/** Writes each move upon the very row it was made for; who was overtaken looks again. Answers the moves that were made. */
async function write(
  cloud: Cloud,
  place: Place,
  control: Control | undefined,
  moves: readonly Move[],
  moveOf: ReturnType<typeof mover>,
): Promise<Move[]> {
  const made: Move[] = [];
  let open = moves;
  for (let left = tries; open.length > 0; left--) {
    if (left === 0) throw new Error("deliveries changed again and again");
    const outcomes = await cloud.table.each(open.map((move) => changeOf(place, control, move)));
    made.push(...open.filter((_, index) => outcomes[index] === "done"));
    open = open.flatMap(({ addressKey }, index) => {
      const outcome = outcomes[index];
      if (!(outcome instanceof Conflict)) return [];
      const found = outcome.failed[0]?.found;
      return moveOf(addressKey, found && deliveryOfRow(found));
    });
  }
  return made;
}

function changeOf(place: Place, control: Control | undefined, { seen, next }: Move): Change {
  const expiresAt = expiryOf(control?.startedAt ?? next.claimedAt);
  if (!seen) return { put: rowOfDelivery(place, { ...next, expiresAt }), if: "absent" };
  // Two kinds of feedback leave a row in the state it was in.
  const { bounce = null, delayedAt = null } = seen as { bounce?: string; delayedAt?: string };
  const change = replaceDelivery(place, seen, next);
  return { ...change, if: { attempt: seen.attempt, state: seen.state, bounce, delayedAt } };
}

function counted(moves: readonly Move[]): FeedbackCounts {
  const counts: Record<FeedbackKind, number> = { ...nothingHeard };
  for (const { seen, next } of moves) {
    const [from, to] = [seen && kindOf(seen), kindOf(next)];
    if (!to || to === "sent" || to === from) continue;
    counts[to]++;
    if (from === undefined || from === "sent") counts.sent++;
  }
  return counts;
}
