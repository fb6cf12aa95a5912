import type { Scheduled } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { scheduleIssue } from "../../functions/desk/issues.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { issueKey } from "../../functions/records/keys.ts";
import { place, scheduleSpring } from "../functions/an-issue-to-send.ts";
import { type CarrierOptions, simulatedCarrier } from "./carrier.ts";
import { calmCloud } from "./cloud-of.ts";
import { type FaultKind, someFaults } from "./faults.ts";
import { brokenAtRest, brokenNow } from "./invariants.ts";
import { lambda } from "./lambda.ts";
import { type Lots, lots } from "./lots.ts";
import { memoryQueue } from "./memory-queue.ts";
import { memoryTable } from "./memory-table.ts";
import { observer } from "./observed.ts";
import { letPeopleAct } from "./people.ts";
import { type Reader, someReaders, takeIn } from "./readers.ts";
import { virtualTime } from "./time.ts";
import type { World } from "./world.ts";

/** One issue, sent by the real functions in a world of one seed. */
export interface Simulated {
  readonly seed: number;
  /** What was promised and not kept. */
  readonly broken: readonly string[];
  readonly trace: readonly string[];
  /** Begun by a run; the carrier took most of them. */
  readonly letters: number;
  readonly unresolved: number;
  readonly minutes: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
}

const start = Date.parse("2026-11-23T08:00:00.000Z");
const minute = 60_000;
/** Once nothing goes wrong any more: half an hour, and the quarter of an hour that doubtful letters wait for news. */
const longestMinutes = 45;
/** What was doubled or delayed may still arrive when everything rests. */
const aftermathMinutes = 15;

export async function simulate(seed: number): Promise<Simulated> {
  const { world, readers, trace } = openWorld(seed);
  const told = silenced(world);
  try {
    const functions = lambda(world);
    await prepare(world, readers);
    functions.start();
    letPeopleAct(world, functions, readers);
    const broken = await untilRest(world, readers);
    const { faults, carrier, observed, time, table } = world;
    const [issue] = table.get([issueKey(place.publication, place.issue)]);
    return {
      ...{ seed, trace, faults: faults.counts, broken: [...new Set([...broken, ...observed.complaints])] },
      letters: carrier.handed.length,
      unresolved: Number(issue?.open ?? 0),
      minutes: (time.now() - start) / minute,
    };
  } finally {
    told.restore();
  }
}

function openWorld(seed: number): { world: World; readers: Reader[]; trace: string[] } {
  const time = virtualTime(start);
  const lot = lots(seed);
  const readers = someReaders(lot);
  const trace: string[] = [];
  const faults = someFaults(lots(seed + 0x5eed), time.now, start + lot.between(3, 12) * minute);
  const refused = new Set(readers.filter(({ isRefused }) => isRefused).map(({ address }) => address));
  const isRefused = (address: string): boolean => refused.has(address);
  const closing = someClosing(lot, faults.endsAt);
  const carrier = simulatedCarrier({ now: time.now, lots: lot, faults, closing, isRefused } satisfies CarrierOptions);
  const world: World = {
    ...{ time, lots: lot, faults, carrier, table: memoryTable(time.now), files: new Map(), alarms: new Map() },
    rounds: memoryQueue(time.now, lot.below),
    observed: observer(time.now),
    slowness: lot.pick([1, 1, 10, 40]),
    ...{ onMessage: () => {}, onAlarm: () => {} },
    tell: (line) => void trace.push(`${((time.now() - start) / 1000).toFixed(3).padStart(9)} ${line}`),
  };
  return { world, readers, trace };
}

function someClosing(lot: Lots, endsAt: number): CarrierOptions["closing"] {
  if (lot.chance(0.7)) return undefined;
  const from = lot.between(start + minute, endsAt);
  return { from, to: Math.min(endsAt, from + lot.between(10_000, 5 * minute)) };
}

/** An editor has scheduled the issue for the next minute and its readers are there, before anything goes wrong. */
async function prepare(world: World, readers: readonly Reader[]): Promise<void> {
  const cloud = calmCloud(world);
  await scheduleSpring(cloud);
  const {
    sendAt: _,
    scheduledBy: __,
    ...issue
  } = (await requireIssue(cloud, place.publication, place.issue)) as Scheduled;
  await saveIssue(cloud, { ...issue, status: "approved" });
  await scheduleIssue(cloud, operator, place.publication, place.issue, new Date(start + minute));
  await takeIn(cloud.table, readers);
}

/** Lets the world go on until the issue is sent and what lags behind has arrived; looks at the books each minute. */
async function untilRest(world: World, readers: readonly Reader[]): Promise<string[]> {
  const { time, faults, tell } = world;
  const latest = faults.endsAt + longestMinutes * minute;
  let restsAt: number | undefined;
  while (time.now() < Math.min(latest, restsAt ?? latest) || time.now() < faults.endsAt) {
    await time.run(time.now() + minute);
    const broken = await brokenNow(world);
    if (broken.length > 0) return broken;
    const [issue] = world.table.get([issueKey(place.publication, place.issue)]);
    if (issue?.status === "sent" && restsAt === undefined) {
      restsAt = time.now() + aftermathMinutes * minute;
      tell("the issue is sent");
    }
  }
  return brokenAtRest(world, readers);
}

/** Functions report faults on the console: here into the trace, and one that nobody injected is a complaint. */
function silenced(world: World): { restore: () => void } {
  const { error, warn } = console;
  const hear = (report: unknown): void => {
    const fault =
      typeof report === "object" && report !== null && "fault" in report ? String(report.fault) : String(report);
    world.tell(fault.split("\n")[0] ?? fault);
    if (!fault.includes("simulated")) world.observed.complaints.push(`nobody injected this: ${fault}`);
  };
  console.error = hear;
  console.warn = hear;
  return { restore: () => Object.assign(console, { error, warn }) };
}
