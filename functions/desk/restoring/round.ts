import { nothing, plusDelivery, plusTally, type Tally } from "../../../core/delivery/account.ts";
import { type Counts, cutBatches, endOfRound, startOfRound } from "../../../core/delivery/batch.ts";
import type { Delivery, Unresolved } from "../../../core/delivery/delivery.ts";
import { isBegun, type LedgerHead, type LedgerLine } from "../../../core/delivery/ledger.ts";
import { isRevoked, type Revoked } from "../../../core/delivery/rejections.ts";
import type { Pass } from "../../../core/delivery/rest.ts";
import type { ExclusionReason } from "../../../core/subscriber/subscriber.ts";
import type { Change, Cloud, Value } from "../../cloud/cloud.ts";
import { freezeWhole } from "../../plan/freeze.ts";
import { freezeRest } from "../../plan/freeze-rest.ts";
import { batchesOf, putBatch } from "../../records/batches.ts";
import { expiryOf, replaceDelivery, rowOfDelivery } from "../../records/deliveries.ts";
import type { ForWhom } from "../../records/issue-control.ts";
import { batchKey, roundKey } from "../../records/keys.ts";
import { type Entry, entriesOf, readLedger } from "../../records/ledger-files.ts";
import { nothingSpent, type Round, type RoundPlace, readRounds } from "../../records/rounds.ts";

/**
 * Closes the books of one round: whoever may have a letter of which this table knows nothing gets a delivery nobody can
 * tell the fate of. Nobody is left waiting, so nobody is mailed twice. What the round's file tells is taken from there.
 *
 * @param reach the last "send to the rest" that may have been, whom any of them meant, and of what the issue is
 * @param revoked rejections that were to be taken back: whoever got one may have been written to since
 */
export async function closeRound(
  cloud: Cloud,
  place: RoundPlace,
  reach: Pass & ForWhom,
  revoked: readonly Revoked[],
): Promise<void> {
  const standing = await readRound(cloud, place);
  if (isClosed(standing, reach) && revoked.length === 0) return;
  if (isClosed(await takeFromFile(cloud, place, standing), reach)) return;
  await freeze(cloud, place, reach);
  const round = await readRound(cloud, place);
  if (!round) throw new Error(`round ${place.round} was frozen and is not there`);
  await putBalanced(cloud, place, round, await closeLedger(cloud, place, round, revoked));
}

/** Whom the table knows no freeze of may all have a letter, whatever was asked for last. */
async function freeze(cloud: Cloud, place: RoundPlace, reach: Pass & ForWhom): Promise<void> {
  const [frozen, issue] = [await readRound(cloud, place), { ...place, ...reach }];
  await (frozen ? freezeRest(cloud, issue, frozen, () => false) : freezeWhole(cloud, issue, place.round, () => false));
}

const readRound = async (cloud: Cloud, place: RoundPlace): Promise<Round | undefined> =>
  (await readRounds(cloud, place)).find(({ round }) => round === place.round);

const isClosed = (round: Round | undefined, { resend }: Pass): boolean =>
  round !== undefined && round.phase === "balanced" && round.pass >= resend;

/** Its file has to be written anew: `kept` is not carried on. */
async function putBalanced(cloud: Cloud, place: RoundPlace, round: Round, tally: Tally): Promise<Round> {
  const { kept: _, ...before } = round;
  const rest = { phase: "balanced", turn: round.turn + 1, heldUntil: null, wakeAt: null, next: round.batches } as const;
  const balanced: Round = { ...before, ...rest, tally };
  const fields = balanced as unknown as Record<string, Value>;
  await cloud.table.write([{ put: { ...roundKey(place.publication, place.issue, place.round), ...fields } }]);
  return balanced;
}

/** Rows written together. */
const atOnce = 100;

// ── what a file tells ────────────────────────────────────────────────────────────────────────────

/** Lays the round out exactly as its file holds it, unless there is none or the table knows a later pass. */
async function takeFromFile(cloud: Cloud, place: RoundPlace, standing: Round | undefined): Promise<Round | undefined> {
  const ledger = await readLedger(cloud, place);
  if (!ledger || ledger.head.pass < (standing?.pass ?? 0)) return undefined;
  const batches = await layOut(cloud, place, ledger.lines);
  let tally = nothing;
  for (let start = 0; start < ledger.lines.length; start += atOnce) {
    const lines = ledger.lines.slice(start, start + atOnce);
    await cloud.table.each(lines.filter(isBegun).map((delivery) => ({ put: rowOfDelivery(place, delivery) })));
    tally = lines.reduce(plusLine, tally);
  }
  return putBalanced(cloud, place, roundOf(ledger.head, batches, standing), tally);
}

const plusLine = (tally: Tally, line: LedgerLine): Tally =>
  isBegun(line) ? plusDelivery(tally, line) : plusTally(tally, { ...nothing, cancelled: 1 });

/** One freeze for all: who joined later stands among the others. */
async function layOut(cloud: Cloud, place: RoundPlace, lines: readonly LedgerLine[]): Promise<number> {
  const { publication, issue, round } = place;
  const removals: Change[] = [];
  for await (const _ of batchesOf(cloud, place))
    removals.push({ remove: batchKey(publication, issue, round, removals.length) });
  await cloud.table.each(removals);
  const candidates = lines.map(({ addressKey }) => ({ addressKey, exclusion: undefined }));
  const batches = cutBatches(startOfRound, candidates, endOfRound);
  for (const [number, batch] of batches.entries()) await putBatch(cloud, place, number, batch);
  return batches.length;
}

function roundOf(head: LedgerHead, batches: number, standing: Round | undefined): Round {
  const { round, pass, candidates, planned } = head;
  const excluded = head.excluded as Counts<ExclusionReason>;
  const freezes = Array.from({ length: pass + 1 }, (_, freeze) => (freeze === 0 ? 0 : batches));
  return {
    ...{ v: 1, round, phase: "balanced", turn: standing?.turn ?? 0, heldUntil: null, wakeAt: null, pass, freezes },
    ...{
      next: batches,
      batches,
      candidates,
      planned,
      excluded,
      tally: nothing,
      spent: standing?.spent ?? nothingSpent,
    },
  };
}

// ── what nobody can tell ─────────────────────────────────────────────────────────────────────────

/** Looks until nothing changed under our hands: an event that comes meanwhile may tell what became of a letter. */
async function closeLedger(cloud: Cloud, place: RoundPlace, round: Round, revoked: readonly Revoked[]): Promise<Tally> {
  for (;;) {
    let [tally, changes, isDisturbed]: [Tally, Change[], boolean] = [nothing, [], false];
    const write = async (): Promise<void> => {
      const outcomes = await cloud.table.each(changes);
      isDisturbed ||= outcomes.some((outcome) => outcome !== "done");
      changes = [];
    };
    for await (const entry of entriesOf(cloud, place, round)) {
      const closed = closedOf(cloud, round, entry, revoked);
      tally = plusDelivery(tally, closed);
      if (closed !== entry.delivery) changes.push(changeTo(place, entry.delivery, closed));
      if (changes.length === atOnce) await write();
    }
    await write();
    if (!isDisturbed) return tally;
  }
}

const changeTo = (place: RoundPlace, seen: Delivery | undefined, closed: Delivery): Change =>
  seen ? replaceDelivery(place, seen, closed) : { put: rowOfDelivery(place, closed), if: "absent" };

function closedOf(
  { clock }: Cloud,
  { pass }: Round,
  { addressKey, delivery }: Entry,
  revoked: readonly Revoked[],
): Delivery {
  if (delivery && mayStillChange(delivery, revoked)) {
    const { v, attempt, attemptNo, claimedAt } = delivery;
    return unresolved({ v, addressKey, attempt, attemptNo, claimedAt });
  }
  if (delivery) return delivery;
  const now = clock.now().toISOString();
  const expiresAt = expiryOf(now);
  return unresolved({ v: 1, addressKey, attempt: clock.id(), attemptNo: pass + 1, claimedAt: now, expiresAt });
}

const mayStillChange = (delivery: Delivery, revoked: readonly Revoked[]): boolean =>
  delivery.state === "sending" ||
  delivery.state === "uncertain" ||
  (delivery.state === "rejected" && isRevoked(revoked, delivery.rejectedAt));

const unresolved = (row: Omit<Unresolved, "state" | "reason">): Unresolved => ({
  ...row,
  state: "unresolved",
  reason: "restored",
});
