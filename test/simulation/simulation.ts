import type { Control } from "../../functions/records/issue-control.ts";
import { controlKey, issueKey, issueName } from "../../functions/records/keys.ts";
import { simulatedCarrier } from "./carrier.ts";
import { type Events, letCarrierTell } from "./events.ts";
import { type FaultKind, someFaults } from "./faults.ts";
import { type Broken, brokenAtRest, brokenNow } from "./invariants.ts";
import { prepareIssues, someIssues } from "./issues.ts";
import { type Lambda, lambda } from "./lambda.ts";
import { type Lots, lots } from "./lots.ts";
import { memoryQueue } from "./memory-queue.ts";
import { memoryTable } from "./memory-table.ts";
import { observer } from "./observed.ts";
import { letPeopleAct } from "./people.ts";
import { type Reader, someReaders } from "./readers.ts";
import { virtualTime } from "./time.ts";
import { someWeather } from "./weather.ts";
import type { World } from "./world.ts";

/** One to three issues, sent by the real functions in a world of one seed. */
export interface Simulated {
  readonly seed: number;
  /** What was promised and not kept. */
  readonly broken: readonly Broken[];
  readonly trace: readonly string[];
  /** Begun by a run; the carrier took most of them. */
  readonly letters: number;
  readonly unresolved: number;
  /** Of these: the carrier took them and nobody could tell us. */
  readonly unresolvedButAccepted: number;
  readonly minutes: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
}

const start = Date.parse("2026-11-23T08:00:00.000Z");
const minute = 60_000;
/**
 * Once nothing goes wrong any more: half an hour, the quarter of an hour that doubtful letters wait for news, and time to
 * close books that late news opens again and again: seed 25840 closed them when three quarters had just passed.
 */
const longestMinutes = 55;
/** Where clocks are minutes apart, the place in the rate that one container takes lies far ahead for another. */
const skewedMinutes = 120;
/** What was doubled or delayed may still arrive when everything rests, and reopen what was closed. */
const aftermathMinutes = 30;

export async function simulate(seed: number): Promise<Simulated> {
  const { world, trace } = openWorld(seed);
  const told = silenced(world);
  try {
    const functions = lambda(world);
    await prepareIssues(world);
    functions.start();
    letPeopleAct(world, functions);
    const events = letCarrierTell(world, lots(seed + 0xe7e));
    const broken = await untilRest(world, functions, events);
    const strange = world.observed.complaints.map((says) => ({ promise: "strange", says }) as const);
    const open = unresolvedIn(world);
    return {
      ...{ seed, trace, faults: world.faults.counts, broken: distinct([...broken, ...strange]) },
      ...{ letters: world.carrier.handed.length, unresolved: open.length },
      unresolvedButAccepted: open.filter((attempt) => isTaken(world, attempt)).length,
      minutes: (world.time.now() - start) / minute,
    };
  } finally {
    told.restore();
  }
}

const distinct = (broken: readonly Broken[]): Broken[] => [
  ...new Map(broken.map((one) => [`${one.promise} ${one.says}`, one])).values(),
];

function openWorld(seed: number): { world: World; trace: string[] } {
  const time = virtualTime(start);
  const lot = lots(seed);
  const issues = someIssues(lot);
  const readers = someReaders(lot, [...new Set(issues.map(({ publication }) => publication))]);
  const trace: string[] = [];
  const weather = someWeather(lots(seed + 0x3ea), time.now);
  const faults = someFaults(lots(seed + 0x5eed), time.now, weather.endsAt);
  const carrier = simulatedCarrier({
    ...{
      now: time.now,
      lots: lot,
      faults,
      weather,
      perDay: somePerDay(lots(seed + 0xda4), readers),
      fateOf: fateIn([...readers.values()].flat()),
    },
  });
  const clocksOff = lot.pick([0, 0, 0, 1000, 1000, 1000, 1000, 5 * minute]);
  const queue = () => memoryQueue(time.now, lot.below);
  const world: World = {
    ...{ time, lots: lot, faults, carrier, readers, issues, clocksOff, observed: observer(time.now, 2 * clocksOff) },
    ...{ table: memoryTable(time.now), files: new Map(), alarms: new Map() },
    queues: { rounds: queue(), feedback: queue() },
    reports: lot.chance(0.85),
    slowness: lot.pick([1, 1, 10, 40]),
    hasTwoVersions: lot.chance(0.25),
    isSenderNew: lot.chance(0.05),
    ...{ onMessage: () => {}, onAlarm: () => {} },
    tell: (line) => void trace.push(`${((time.now() - start) / 1000).toFixed(3).padStart(9)} ${line}`),
  };
  return { world, trace };
}

/** In one of twenty seeds the day ends before the issue does. */
function somePerDay(lot: Lots, readers: ReadonlyMap<string, readonly Reader[]>): number {
  const all = [...readers.values()].reduce((sum, list) => sum + list.length, 0);
  return lot.chance(0.05) ? Math.ceil(all * lot.between(0.4, 0.8)) : 1_000_000;
}

function fateIn(readers: readonly Reader[]): (address: string) => Reader["fate"] {
  const fates = new Map(readers.map(({ address, fate }) => [address, fate]));
  return (address) => fates.get(address) ?? "taken";
}

/** Lets the world go on until the issues are sent and what lags behind has arrived; looks at the books each minute. */
async function untilRest(world: World, functions: Lambda, events: Events): Promise<Broken[]> {
  const { time, faults, tell, table } = world;
  const patience = longestMinutes * minute + (world.clocksOff > 1000 ? skewedMinutes * minute : 0);
  const isAtRest = (): boolean => {
    const rows = table.get(world.issues.map(({ publication, issue }) => issueKey(publication, issue)));
    return rows.every((row) => row?.status === "sent" || row?.status === "cancelled");
  };
  let [restsAt, looked]: [number | undefined, number] = [undefined, -1];
  for (;;) {
    await time.run(time.now() + minute);
    if (table.writes() !== looked) {
      const broken = await brokenNow(world);
      if (broken.length > 0) return broken;
    }
    looked = table.writes();
    // Somebody may send the rest of an issue that was at rest already.
    if (!isAtRest()) restsAt = undefined;
    else if (restsAt === undefined) {
      restsAt = time.now();
      tell("the issues are sent");
    }
    const latest = Math.max(faults.endsAt, waitsUntil(world)) + patience;
    if (restsAt === undefined && time.now() > latest) return brokenAtRest(world);
    const over = Math.max(restsAt ?? latest, faults.endsAt, events.lastAt()) + aftermathMinutes * minute;
    if (time.now() >= over && !functions.hasWork()) return brokenAtRest(world);
  }
}

/** Until when an issue waits for the carrier's next day, or for a sender's domain to be known better. */
function waitsUntil({ table, issues, observed, faults }: World): number {
  const rows = table.get(issues.map(({ publication, issue }) => controlKey(publication, issue)));
  for (const row of rows) {
    const waits = row?.state === "sending" ? (row.waits as Control["waits"]) : null;
    if (!waits || Date.parse(waits.until) <= observed.waitedUntil) continue;
    if (waits.for === "quota") faults.count("day quota reached");
    observed.waitedUntil = Date.parse(waits.until);
  }
  return observed.waitedUntil;
}

/** Attempts nobody can tell the fate of. */
function unresolvedIn(world: World): string[] {
  const names = world.issues.map(({ publication, issue }) => issueName(publication, issue));
  return names.flatMap((name) =>
    world.table
      .query({ pk: `${name}#unresolved`, index: "byTrouble", limit: 100_000 })
      .items.map(({ attempt, sk }) => `${name} ${sk.slice("delivery#".length)} ${attempt}`),
  );
}

const isTaken = ({ carrier }: World, open: string): boolean =>
  carrier.handed.some(
    ({ issue, addressKey, attempt, acceptedAt }) =>
      acceptedAt !== undefined && `${issue} ${addressKey} ${attempt}` === open,
  );

/** Functions report faults on the console: here into the trace, and one that nobody injected is a complaint. */
function silenced(world: World): { restore: () => void } {
  const { error, warn } = console;
  const hear = (report: unknown): void => {
    const isObject = typeof report === "object" && report !== null;
    // An issue that waits for somebody rings an alarm: no fault of the code.
    if (isObject && "paused" in report) {
      world.tell(JSON.stringify(report));
      return;
    }
    const fault = isObject && "fault" in report ? String(report.fault) : JSON.stringify(report);
    world.tell(fault.split("\n")[0] ?? fault);
    if (!fault.includes("simulated")) world.observed.complaints.push(`nobody injected this: ${fault}`);
  };
  console.error = hear;
  console.warn = hear;
  return { restore: () => Object.assign(console, { error, warn }) };
}
