import { isAtRest } from "../../core/delivery/account.ts";
import { total } from "../../core/delivery/batch.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { rounds } from "../../core/delivery/delivery.ts";
import type { Cloud, Item } from "../../functions/cloud/cloud.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { deliveryOfRow } from "../../functions/records/deliveries.ts";
import { issueKey, openKey, roundPartition } from "../../functions/records/keys.ts";
import { place } from "../functions/an-issue-to-send.ts";
import type { Handed } from "./carrier.ts";
import { calmTable } from "./memory-table.ts";
import type { Reader } from "./readers.ts";
import type { World } from "./world.ts";

/** The promises of delivery, held against the carrier's own list. Each answers sentences about what was not kept. */

const consentMilliseconds = 5000;

/** What must be true at every moment. */
export async function brokenNow(world: World): Promise<string[]> {
  return [...twice(world), ...afterLeaving(world), ...whilePaused(world), ...(await booksNow(world))];
}

/** What must be true when the issue has come to rest, and it must have. */
export async function brokenAtRest(world: World, readers: readonly Reader[]): Promise<string[]> {
  const ledger = deliveriesIn(world);
  return [
    ...(await brokenNow(world)),
    ...(await notAtRest(world)),
    ...uninvited(world, readers),
    ...leftOut(world, readers, ledger),
    ...againstCarrier(world, ledger),
    ...unexcused(world, ledger),
  ];
}

const accepted = ({ carrier }: World): Handed[] => carrier.handed.filter(({ acceptedAt }) => acceptedAt !== undefined);

function twice(world: World): string[] {
  const counts = new Map<string, number>();
  for (const { to } of accepted(world)) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts].flatMap(([to, count]) => (count > 1 ? [`${to} got ${count} letters`] : []));
}

function afterLeaving({ carrier, observed }: World): string[] {
  return carrier.handed.flatMap(({ to, addressKey, begunAt }) => {
    const seconds = (begunAt - (observed.leftAt.get(addressKey) ?? begunAt)) / 1000;
    return seconds * 1000 > consentMilliseconds ? [`${to} was written to ${seconds} s after they had left`] : [];
  });
}

/** A second, and the calls in flight: for how long those may take nobody can promise when they stall. */
function whilePaused({ carrier, observed, faults, slowness }: World): string[] {
  if (faults.counts.has("call was slow")) return [];
  const pauseMilliseconds = 1000 + 20 * slowness;
  return observed.pauses.flatMap(({ from, to }) => {
    const late = carrier.handed.filter(({ begunAt }) => begunAt > from + pauseMilliseconds && begunAt < to);
    return late.length > 0 ? [`${late.length} letters were begun while the issue was paused`] : [];
  });
}

const readOnly = (world: World): Cloud => ({ table: calmTable(world.table) }) as unknown as Cloud;

/** The two equations hold in mid send too, and nothing is counted as accepted that the carrier did not take. */
async function booksNow(world: World): Promise<string[]> {
  try {
    const books = await issueAccount(readOnly(world), place.publication, place.issue);
    const taken = accepted(world).length;
    return books && books.accepted > taken ? [`${books.accepted} accepted, the carrier took ${taken}`] : [];
  } catch (fault) {
    return [String(fault)];
  }
}

async function notAtRest(world: World): Promise<string[]> {
  const [issue, open] = world.table.get([
    issueKey(place.publication, place.issue),
    openKey(place.publication, place.issue),
  ]);
  const books = await issueAccount(readOnly(world), place.publication, place.issue);
  if (!books || !isAtRest(books)) return [`not at rest: ${issue?.status}, ${JSON.stringify(books)}`];
  return [
    ...(issue?.status === "sent" && issue.open === books.unresolved ? [] : [`${issue?.status}, open ${issue?.open}`]),
    ...(open ? ["the issue is still open work"] : []),
    ...(books.cancelled > 0 ? [`${books.cancelled} cancelled by nobody`] : []),
  ];
}

/** Nobody is mailed who had not confirmed, had left, was suppressed or away before the issue went out. */
function uninvited(world: World, readers: readonly Reader[]): string[] {
  const strangers = new Map(
    readers.filter(({ start }) => start !== "confirmed").map((one) => [one.address, one.start]),
  );
  return world.carrier.handed.flatMap(({ to }) => {
    const start = strangers.get(to);
    return start ? [`${to} was ${start} and was written to`] : [];
  });
}

/** Every reader is in exactly one batch or counted as excluded, and whoever was planned has a delivery that says why. */
function leftOut(world: World, readers: readonly Reader[], ledger: ReadonlyMap<string, Delivery>): string[] {
  const { observed } = world;
  const batches = rowsOf(world, "batch#");
  const planned = batches.flatMap(({ keys }) => String(keys).match(/.{22}/g) ?? []);
  const excluded = batches.reduce((sum, batch) => sum + total(batch.excluded as Record<string, number>), 0);
  const isPlanned = new Set(planned);
  const complaints: string[] = [];
  if (isPlanned.size < planned.length) complaints.push(`${planned.length - isPlanned.size} are planned twice`);
  if (planned.length + excluded < readers.length)
    complaints.push(`of ${readers.length} readers ${planned.length} are planned and ${excluded} excluded`);
  for (const key of isPlanned) if (!ledger.has(key)) complaints.push(`${key} is planned and has no delivery`);
  for (const key of ledger.keys()) if (!isPlanned.has(key)) complaints.push(`${key} has a delivery and no plan`);
  for (const { addressKey, address, start, isRefused } of readers) {
    const state = ledger.get(addressKey)?.state ?? "left out";
    const isServed = ["accepted", "unresolved", isRefused ? "rejected" : ""].includes(state);
    if (start === "confirmed" && !observed.gone.has(addressKey) && !isServed) complaints.push(`${address} is ${state}`);
  }
  return complaints;
}

/** Accepted here is accepted there; accepted there is accepted here, or open. */
function againstCarrier(world: World, ledger: ReadonlyMap<string, Delivery>): string[] {
  const taken = new Map(accepted(world).map((letter) => [letter.addressKey, letter]));
  const complaints: string[] = [];
  for (const [key, { state, attempt }] of ledger) {
    if (state === "accepted" && taken.get(key)?.attempt !== attempt) complaints.push(`${key} is accepted here alone`);
    if (state === "rejected" && !world.carrier.handed.some((one) => one.attempt === attempt && one.isRejected))
      complaints.push(`${key} is rejected here alone`);
    if (state === "skipped" && !world.observed.gone.has(key)) complaints.push(`${key} is skipped and never left`);
  }
  for (const { addressKey, to } of taken.values()) {
    const state = ledger.get(addressKey)?.state ?? "unknown";
    if (state !== "accepted" && state !== "unresolved") complaints.push(`${to} was accepted there and is ${state}`);
  }
  return complaints;
}

/** Open is only what nobody can know: its letter was doubtful, or its run met a fault. */
function unexcused(world: World, ledger: ReadonlyMap<string, Delivery>): string[] {
  const { attempts } = world.observed;
  return [...ledger].flatMap(([key, { state, attempt }]) => {
    const isDoubtful = world.carrier.handed.some(
      (one) => one.addressKey === key && one.attempt === attempt && one.isDoubtful,
    );
    const isExcused = isDoubtful || attempts.get(attempt)?.isStruck === true;
    return state === "unresolved" && !isExcused ? [`${key} is open though nothing went wrong with it`] : [];
  });
}

const deliveriesIn = (world: World): ReadonlyMap<string, Delivery> =>
  new Map(rowsOf(world, "delivery#").map((row) => [row.sk.slice("delivery#".length), deliveryOfRow(row)]));

const rowsOf = ({ table }: World, kind: string): Item[] =>
  rounds.flatMap((round) => {
    const pk = roundPartition(place.publication, place.issue, round);
    return table.query({ pk, from: kind, to: `${kind}~`, limit: 10_000 }).items;
  });
