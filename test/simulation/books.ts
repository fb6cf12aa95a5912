import { type IssueAccount, isAtRest } from "../../core/delivery/account.ts";
import { total } from "../../core/delivery/batch.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import type { Cloud, Item } from "../../functions/cloud/cloud.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { deliveryOfRow } from "../../functions/records/deliveries.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { issueKey, issueName, openKey, roundKey, roundPartition } from "../../functions/records/keys.ts";
import type { Handed } from "./carrier.ts";
import type { Kind } from "./events.ts";
import type { Broken } from "./invariants.ts";
import { calmTable } from "./memory-table.ts";
import { readerId } from "./observed.ts";
import type { World } from "./world.ts";

/** The books of each issue against its rows, and its rows against the carrier's list. */

type Ledger = ReadonlyMap<string, Delivery>;

const accepted: readonly Delivery["state"][] = ["accepted", "delivered", "bounced", "complained"];
const isAccepted = (delivery: Delivery | undefined): boolean => !!delivery && accepted.includes(delivery.state);

const books = (says: string): Broken => ({ promise: "books", says });
const lost = (says: string): Broken => ({ promise: "lostInSilence", says });

/** The two equations hold in mid send too, and nothing is counted as accepted that the carrier did not take. */
export async function brokenBooks(world: World): Promise<Broken[]> {
  const each = world.issues.map(async (place) => {
    const account = await accountOf(world, place);
    if (typeof account === "string") return [books(account)];
    const taken = takenOf(world, place).length;
    return account && account.accepted > taken
      ? [books(`${account.accepted} accepted, the carrier took ${taken}`)]
      : [];
  });
  return (await Promise.all(each)).flat();
}

export async function brokenBooksAtRest(world: World): Promise<Broken[]> {
  const each = world.issues.map(async (place) => {
    const ledger = ledgerOf(world, place);
    const account = await accountOf(world, place);
    return [
      ...notAtRest(world, place, account),
      ...(typeof account === "object" ? miscounted(account, ledger) : []),
      ...leftOut(world, place, ledger),
      ...againstCarrier(world, place, ledger),
      ...unexcused(world, place, ledger),
      ...unheard(world, place, ledger),
    ];
  });
  return (await Promise.all(each)).flat();
}

/** A sentence when the equations do not hold; undefined before anything was planned. */
async function accountOf(world: World, { publication, issue }: Place): Promise<IssueAccount | string | undefined> {
  const readOnly = { table: calmTable(world.table) } as unknown as Cloud;
  return issueAccount(readOnly, publication, issue).catch((fault: unknown) => `${publication} ${issue}: ${fault}`);
}

function notAtRest(world: World, place: Place, account: IssueAccount | string | undefined): Broken[] {
  const [issue, open] = world.table.get([
    issueKey(place.publication, place.issue),
    openKey(place.publication, place.issue),
  ]);
  if (issue?.status === "cancelled" && account === undefined) return [];
  if (typeof account !== "object" || (issue?.status !== "sent" && issue?.status !== "cancelled") || !isAtRest(account))
    return [{ promise: "notAtRest", says: `not at rest: ${issue?.status}, ${JSON.stringify(account)}` }];
  return [
    ...(issue.status === "sent" && issue.open !== account.unresolved
      ? [books(`sent, ${issue.open} open, and ${account.unresolved} unresolved`)]
      : []),
    ...(issue.status === "sent" && account.cancelled > 0 ? [books(`${account.cancelled} cancelled by nobody`)] : []),
    ...(open ? [books("the issue is still open work")] : []),
  ];
}

/** The account says of each state what the rows say. */
function miscounted(account: IssueAccount, ledger: Ledger): Broken[] {
  const rows = [...ledger.values()];
  const counted = (state: Delivery["state"]): number => rows.filter((row) => row.state === state).length;
  const says: Readonly<Record<string, readonly [number, number]>> = {
    accepted: [account.accepted, rows.filter(isAccepted).length],
    skipped: [total(account.skipped), counted("skipped")],
    rejected: [account.rejected, counted("rejected")],
    unresolved: [account.unresolved, counted("unresolved")],
    cancelled: [account.cancelled, account.planned - ledger.size + counted("cancelled")],
  };
  return Object.entries(says).flatMap(([state, [said, stands]]) =>
    said === stands ? [] : [books(`the account says ${said} ${state}, the ledger ${stands}`)],
  );
}

/** Every reader is in exactly one batch or counted as excluded, and whoever was planned has a delivery that says why. */
function leftOut(world: World, place: Place, ledger: Ledger): Broken[] {
  const { observed } = world;
  const readers = world.readers.get(place.publication) ?? [];
  const [row] = world.table.get([issueKey(place.publication, place.issue)]);
  const isCancelled = row?.status === "cancelled";
  const batches = rounds.flatMap((round) => batchesIn(world, place, round));
  const planned = batches.flatMap(({ keys }) => String(keys).match(/.{22}/g) ?? []);
  const excluded = batches.reduce((sum, batch) => sum + total(batch.excluded as Record<string, number>), 0);
  const isPlanned = new Set(planned);
  const later = new Set(
    handedOf(world, place).flatMap(({ isRejectedLater, attempt, addressKey }) =>
      isRejectedLater ? [attempt + addressKey] : [],
    ),
  );
  const broken: Broken[] = [];
  if (isPlanned.size < planned.length) broken.push(books(`${planned.length - isPlanned.size} are planned twice`));
  for (const key of ledger.keys()) if (!isPlanned.has(key)) broken.push(books(`${key} has a delivery and no plan`));
  if (isCancelled) return broken;
  if (planned.length + excluded < readers.length)
    broken.push(lost(`of ${readers.length} readers ${planned.length} are planned and ${excluded} excluded`));
  for (const key of isPlanned) if (!ledger.has(key)) broken.push(lost(`${key} is planned and has no delivery`));
  for (const { addressKey, address, start, fate } of readers) {
    const delivery = ledger.get(addressKey);
    const isGone = observed.gone.has(readerId(place.publication, addressKey)) || observed.suppressedAt.has(addressKey);
    const isServed =
      isAccepted(delivery) ||
      delivery?.state === "unresolved" ||
      (delivery?.state === "rejected" && (fate === "refused" || later.has(delivery.attempt + addressKey)));
    if (start === "confirmed" && !isGone && !isServed)
      broken.push(
        lost(`${address} is ${delivery?.state ?? "left out"} in ${issueName(place.publication, place.issue)}`),
      );
  }
  return broken;
}

const handedOf = ({ carrier }: World, { publication, issue }: Place): Handed[] =>
  carrier.handed.filter((letter) => letter.issue === issueName(publication, issue));
const takenOf = (world: World, place: Place): Handed[] =>
  handedOf(world, place).filter(({ acceptedAt }) => acceptedAt !== undefined);

/** Accepted here is accepted there; accepted there is accepted here, or open. */
function againstCarrier(world: World, place: Place, ledger: Ledger): Broken[] {
  const { observed } = world;
  const handed = handedOf(world, place);
  const taken = new Map(takenOf(world, place).map((letter) => [letter.addressKey, letter]));
  const broken: Broken[] = [];
  for (const [key, delivery] of ledger) {
    const { state, attempt } = delivery;
    if (isAccepted(delivery) && taken.get(key)?.attempt !== attempt)
      broken.push(books(`${key} is accepted here alone`));
    if (
      state === "rejected" &&
      !handed.some((one) => one.attempt === attempt && (one.isRejected || one.isRejectedLater))
    )
      broken.push(books(`${key} is rejected here alone`));
    const isGone = observed.gone.has(readerId(place.publication, key)) || observed.suppressedAt.has(key);
    if (state === "skipped" && !isGone) broken.push(books(`${key} is skipped and never left`));
  }
  for (const { addressKey, to, isRejectedLater } of taken.values()) {
    const delivery = ledger.get(addressKey);
    const isExplained = delivery?.state === "unresolved" || (isRejectedLater && delivery?.state === "rejected");
    if (!isAccepted(delivery) && !isExplained)
      broken.push(books(`${to} was accepted there and is ${delivery?.state ?? "unknown"}`));
  }
  return broken;
}

/** Open is only what nobody can know: its letter was doubtful, its run met a fault, or clocks were far apart. */
function unexcused(world: World, place: Place, ledger: Ledger): Broken[] {
  const { attempts } = world.observed;
  const doubtful = new Set(
    handedOf(world, place).flatMap(({ addressKey, attempt, isDoubtful }) =>
      isDoubtful ? [`${addressKey} ${attempt}`] : [],
    ),
  );
  return [...ledger].flatMap(([key, { state, attempt }]) => {
    const isExcused =
      doubtful.has(`${key} ${attempt}`) || attempts.get(attempt)?.isStruck === true || world.clocksOff > 1000;
    return state === "unresolved" && !isExcused ? [books(`${key} is open though nothing went wrong with it`)] : [];
  });
}

/** From the least to the furthest, and the state a delivery has then. */
const furthest: readonly (readonly [Kind, Delivery["state"]])[] = [
  ["Send", "accepted"],
  ["DeliveryDelay", "accepted"],
  ["Reject", "rejected"],
  ["Delivery", "delivered"],
  ["Soft", "bounced"],
  ["Hard", "bounced"],
  ["Complaint", "complained"],
];

/** What the carrier told of a letter stands in the ledger, in whatever order it came, and however often. */
function unheard(world: World, place: Place, ledger: Ledger): Broken[] {
  if (world.queues.feedback.parked().length > 0) return []; // it was tried often enough, and somebody looks after it
  return takenOf(world, place).flatMap(({ addressKey, attempt, told }) => {
    const delivery = ledger.get(addressKey);
    const [kind, state] = furthest.findLast(([one]) => told.has(one)) ?? [];
    if (!delivery || delivery.attempt !== attempt || state === undefined || delivery.state === state) return [];
    return [books(`${kind} was told of ${addressKey}, who is ${delivery.state}`)];
  });
}

const ledgerOf = (world: World, place: Place): Ledger =>
  new Map(rowsOf(world, place, "delivery#").map((row) => [row.sk.slice("delivery#".length), deliveryOfRow(row)]));

/** Behind those a round names may stand what a planner wrote who died: its readers are still new to the issue. */
function batchesIn(world: World, place: Place, round: string): Item[] {
  const [row] = world.table.get([roundKey(place.publication, place.issue, round)]);
  return rowsIn(world, place, round, "batch#").slice(0, Number(row?.batches ?? Number.POSITIVE_INFINITY));
}

const rowsOf = (world: World, place: Place, kind: string): Item[] =>
  rounds.flatMap((round) => rowsIn(world, place, round, kind));

const rowsIn = ({ table }: World, { publication, issue }: Place, round: string, kind: string): Item[] =>
  table.query({ pk: roundPartition(publication, issue, round), from: kind, to: `${kind}~`, limit: 10_000 }).items;
