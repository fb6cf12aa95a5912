import type { Tally } from "../../core/delivery/account.ts";
import type { Counts } from "../../core/delivery/batch.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import type { ExclusionReason } from "../../core/subscriber/subscriber.ts";
import type { Cloud, Item, Value } from "../cloud/cloud.ts";
import { openRow, type Place } from "./issue-control.ts";
import { roundKey, roundPartition } from "./keys.ts";
import { rowsOf } from "./rows.ts";

/** An issue's sixteen rounds: how far each has come, and whose turn it is. */

/** One sixteenth of an issue's readers and how far its walk has come. */
export interface Round {
  readonly v: 1;
  readonly round: string;
  readonly phase: "walking" | "balanced";
  /** Who holds the round: a walker must name the turn it took with every change. */
  readonly turn: number;
  /** Until then its walker may be alive. */
  readonly heldUntil: string | null;
  /** Not before then is there anything to do. */
  readonly wakeAt: string | null;
  /** A walk ended in a fault: a write it was told had failed may land until then. */
  readonly unsureUntil?: string;
  /** Which "send to the rest" it was made ready for; 0 at first. */
  readonly pass: number;
  /** The number of the first batch of each freeze: the audience, and who joined before each "send to the rest". */
  readonly freezes: readonly number[];
  /** The turn whose books stand in the round's ledger file. */
  readonly kept?: number;
  /** What its walks cost so far. */
  readonly spent: Spent;
  /** Every reader of the batches before this one has a delivery. */
  readonly next: number;
  readonly batches: number;
  readonly candidates: number;
  readonly planned: number;
  readonly excluded: Counts<ExclusionReason>;
  /** What became of the readers of the batches before `next`; of all of them once the round is balanced. */
  readonly tally: Tally;
}
/** Milliseconds of a worker, and the units the table counts. */
export interface Spent {
  readonly milliseconds: number;
  readonly reads: number;
  readonly writes: number;
}
export const nothingSpent: Spent = { milliseconds: 0, reads: 0, writes: 0 };

export interface RoundPlace extends Place {
  readonly round: string;
}

const keyOf = ({ publication, issue, round }: RoundPlace) => roundKey(publication, issue, round);

/** The rounds that are frozen, in order; sixteen once planning is done. */
export async function readRounds(cloud: Cloud, { publication, issue }: Place): Promise<Round[]> {
  const keys = rounds.map((round) => roundKey(publication, issue, round));
  return (await cloud.table.get(keys, { consistent: true })).flatMap((row) => (row ? [roundOfRow(row)] : []));
}

const roundOfRow = ({ pk: _, sk: __, ...row }: Item): Round => row as unknown as Round;

/** The mark that a round is frozen; a second planner finds it there. */
export async function putRound(cloud: Cloud, place: RoundPlace, round: Round): Promise<void> {
  await cloud.table.each([{ put: { ...keyOf(place), ...(round as unknown as Record<string, Value>) }, if: "absent" }]);
}

/** Takes the round for one walk. Undefined when another walk has it, or nothing is left to do. */
export async function takeTurn(
  cloud: Cloud,
  place: RoundPlace,
  turn: number,
  heldUntil: string,
): Promise<Round | undefined> {
  const free = { turn, phase: "walking" };
  const set = { turn: turn + 1, heldUntil, wakeAt: null };
  const [outcome] = await cloud.table.each([{ patch: keyOf(place), set, if: free }]);
  if (outcome !== "done") return undefined;
  const [row] = await cloud.table.get([keyOf(place)], { consistent: true });
  // Whoever was slow may find the next walk in it already: that turn is not theirs.
  return row?.turn === set.turn ? roundOfRow(row) : undefined;
}

/** Changes a round for the walk that holds it. Answers false when the turn was lost. */
export async function saveRound(cloud: Cloud, place: RoundPlace, turn: number, set: Partial<Round>): Promise<boolean> {
  const change = { patch: keyOf(place), set: set as Readonly<Record<string, Value>>, if: { turn } };
  const [outcome] = await cloud.table.each([change]);
  return outcome === "done";
}

/** What happens to a settled round soon again happens once: the events of a minute come together. */
const reopenMilliseconds = 5 * 60_000;

/** The round's books are read again soon. Answers false when they were not balanced any more. */
export async function reopenRound(cloud: Cloud, place: RoundPlace): Promise<boolean> {
  const wakeAt = new Date(cloud.clock.now().getTime() + reopenMilliseconds).toISOString();
  const again = { patch: keyOf(place), set: { phase: "walking", wakeAt }, if: { phase: "balanced" } } as const;
  // On the sweeper's list first: a round nobody looks for would stay open. A pointer too many is tidied away.
  await cloud.table.each([openRow(place)]);
  const [outcome] = await cloud.table.each([again]);
  return outcome === "done";
}

/** SQS keeps a message back no longer than this; the sweeper bridges what is farther. */
export const longestDelaySeconds = 900;

/** A round that waits to be settled is looked at this soon once there is news of it. */
const newsMilliseconds = 60_000;

/**
 * There is news of a round's deliveries. Balanced books are read again; a round that waits for news is woken. Who closes its
 * books at this moment may have read past the news: they lose the round. One that somebody else moved on meanwhile is
 * looked at as it stands then, or its walk might close the books upon what it read before.
 */
export async function tellNews(cloud: Cloud, place: RoundPlace, seen: Round, isSending: boolean): Promise<void> {
  const isTold =
    seen.phase === "balanced" ? await reopenRound(cloud, place) : await wakeSooner(cloud, place, seen, isSending);
  if (isTold) return;
  const now = (await readRounds(cloud, place)).find(({ round }) => round === place.round);
  if (now) await tellNews(cloud, place, now, isSending);
}

/** Answers false when the round was moved on. */
async function wakeSooner(cloud: Cloud, place: RoundPlace, round: Round, isSending: boolean): Promise<boolean> {
  const { turn, heldUntil, wakeAt, next, batches } = round;
  const soon = new Date(cloud.clock.now().getTime() + newsMilliseconds).toISOString();
  if (heldUntil === null) return wakeAt === null || wakeAt <= soon || saveRound(cloud, place, turn, { wakeAt: soon });
  const isClosing = next >= batches || !isSending;
  if (!isClosing) return true;
  // Its walker may have balanced it since, by this very turn, and the issue be closed.
  await cloud.table.each([openRow(place)]);
  return saveRound(cloud, place, turn, { turn: turn + 1, phase: "walking", heldUntil: null, wakeAt: soon });
}

/** Rounds that sleep, until tomorrow perhaps, have something to do now, though their message be lost. */
export async function wakeRounds(cloud: Cloud, place: Place): Promise<void> {
  const asleep = (await readRounds(cloud, place)).filter(({ phase, wakeAt }) => phase === "walking" && wakeAt !== null);
  for (const { round, turn } of asleep) await saveRound(cloud, { ...place, round }, turn, { wakeAt: null });
}

/** Every round of a paused issue is to be walked again; whoever still holds one loses it. */
export async function recallRounds(cloud: Cloud, place: Place): Promise<void> {
  for (const { round, turn } of await readRounds(cloud, place)) {
    const again = { turn: turn + 1, phase: "walking", heldUntil: null, wakeAt: null } as const;
    if (!(await saveRound(cloud, { ...place, round }, turn, again))) return recallRounds(cloud, place);
  }
}

/** Rows of one kind in the partition of a round, in key order: its batches, or its deliveries. */
export const rowsInRound = (
  cloud: Cloud,
  { publication, issue, round }: RoundPlace,
  kind: "batch#" | "delivery#",
  from = "",
): AsyncGenerator<Item> =>
  rowsOf(cloud, {
    ...{ pk: roundPartition(publication, issue, round), from: `${kind}${from}`, to: `${kind}~`, consistent: true },
  });
