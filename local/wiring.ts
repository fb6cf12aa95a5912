import { availableParallelism } from "node:os";
import type { TimerTarget, WorkName } from "../functions/cloud/cloud.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { type Crew, type Functions, openCrew } from "./crew.ts";

/**
 * Which function is woken by what: the same as the stack says (a test compares them).
 * `timeoutSeconds` is how long one run may take, its `deadline`; `atOnce` how many run side by side.
 */
export type Trigger = { readonly wakes: string; readonly timeoutSeconds: number } & (
  | {
      readonly queue: WorkName;
      readonly batchSize: number;
      readonly visibilitySeconds: number;
      readonly atOnce: number;
      /** Bound by processor and memory: on one machine no more at once than it has processors. */
      readonly isHeavy: boolean;
    }
  | { readonly timer: TimerTarget }
  | { readonly everyMinutes: number }
);

/** AWS asks for six times the function's timeout, or a message still worked on is handed out again. */
const visibilityFactor = 6;

const onQueue = (queue: WorkName, timeoutSeconds: number, more: { atOnce: number; isHeavy: boolean }) => ({
  ...{ queue, timeoutSeconds, visibilitySeconds: timeoutSeconds * visibilityFactor, batchSize: 1 },
  ...more,
});

export const triggers = [
  { wakes: "ingest", ...onQueue("arrivals", 300, { atOnce: 8, isHeavy: true }) },
  { wakes: "read-word", ...onQueue("manuscripts", 30, { atOnce: 4, isHeavy: true }) },
  { wakes: "receive", ...onQueue("mailbag", 120, { atOnce: 2, isHeavy: true }) },
  { wakes: "build", ...onQueue("builds", 300, { atOnce: 4, isHeavy: true }) },
  { wakes: "deliver", ...onQueue("rounds", 120, { atOnce: 16, isHeavy: false }) },
  { wakes: "ask", ...onQueue("confirmations", 60, { atOnce: 4, isHeavy: true }) },
  { wakes: "record-feedback", ...onQueue("feedback", 60, { atOnce: 4, isHeavy: false }) },
  { wakes: "plan", timer: "plan", timeoutSeconds: 900 },
  { wakes: "archive", timer: "archive", timeoutSeconds: 300 },
  { wakes: "sweep", everyMinutes: 1, timeoutSeconds: 50 },
  { wakes: "remind", everyMinutes: 60, timeoutSeconds: 60 },
  { wakes: "forget", everyMinutes: 24 * 60, timeoutSeconds: 300 },
] as const satisfies readonly Trigger[];

export type FunctionName = (typeof triggers)[number]["wakes"];

/** A function is loaded when it is first woken: a command that lists issues does not wait for MJML and sharp. */
const ours: Functions<FunctionName> = {
  ingest: async () => (await import("../functions/ingest.ts")).ingest,
  "read-word": async () => {
    const { readWordBy } = await import("../functions/read-word.ts");
    const { wordInWorker } = await import("./word-in-worker.ts");
    return readWordBy(wordInWorker());
  },
  receive: async () => (await import("../functions/receive.ts")).receive,
  build: async () => (await import("../functions/build.ts")).build,
  deliver: async () => (await import("../functions/deliver.ts")).deliver,
  ask: async () => (await import("../functions/ask.ts")).ask,
  "record-feedback": async () => (await import("../functions/record-feedback.ts")).recordFeedback,
  plan: async () => (await import("../functions/plan.ts")).plan,
  archive: async () => (await import("../functions/archive.ts")).archive,
  sweep: async () => (await import("../functions/sweep.ts")).sweep,
  remind: async () => (await import("../functions/remind.ts")).remind,
  forget: async () => (await import("../functions/forget.ts")).forget,
};

/** Functions that hand letters to the carrier. */
export const mailing: readonly FunctionName[] = ["deliver", "ask"];

export interface WorkOptions {
  /** Functions that stay asleep: another process wakes them. */
  readonly without?: readonly FunctionName[];
  /** Other functions than ours, in tests. */
  readonly functions?: Partial<Functions<FunctionName>>;
  /** Other deadlines than the triggers', in seconds. */
  readonly timeoutSeconds?: Partial<Record<FunctionName, number>>;
}

/**
 * For commands with no server: works queues, timers, the carrier's events and the sweeper until nothing is left that is due.
 * A message that fails is tried again at once. What is due later stays for later, unless `waitSeconds` says to wait for it; after `forSeconds` nothing more is begun.
 *
 * @throws when a message or an alarm was given up meanwhile; its faults were logged
 */
export async function workUntilQuiet(
  cloud: LocalCloud,
  options: WorkOptions & { waitSeconds?: number; forSeconds?: number } = {},
): Promise<void> {
  const crewHands = hands(options);
  const endAt = cloud.clock.now().getTime() + (options.forSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  const crew = openCrew(cloud, crewHands, { pauseSeconds: () => 0 });
  const givenUpBefore = countGivenUp(cloud);
  while (cloud.clock.now().getTime() < endAt) {
    crew.startDue();
    crew.startReport();
    if (crew.running.size === 0) crew.startRegular();
    if (crew.running.size > 0) await Promise.race(crew.running);
    else if (!(await waited(cloud, crew, crewHands.triggers, options.waitSeconds ?? 0))) break;
  }
  await Promise.all(crew.running);
  const givenUp = countGivenUp(cloud) - givenUpBefore;
  if (givenUp > 0) throw new Error(`${givenUp} piece(s) of work failed every time and were parked`);
}

/** Looks for work this often: another process may have added it. */
const lookMilliseconds = 200;
/** How long a stop waits for what is being done, where nothing else is said. */
const stopSeconds = 5;

/** Rows whose time has passed leave the disk this often. */
const purgeMilliseconds = 3_600_000;

/** For the server: works whatever comes until the signal, then finishes or gives back what is in hand. */
export async function keepWorking(
  cloud: LocalCloud,
  signal: AbortSignal,
  options: WorkOptions & { stopSeconds?: number } = {},
): Promise<void> {
  // A minute at most between tries: whoever mends the cause should not have to wait for it.
  const crew = openCrew(cloud, hands(options), { pauseSeconds: (tries) => Math.min(2 ** tries, 60) });
  let purgeAt = 0;
  const look = (): void => {
    crew.startDue();
    crew.startReport();
    crew.startRegular();
    const now = cloud.clock.now().getTime();
    if (now < purgeAt) return;
    cloud.table.purge();
    purgeAt = now + purgeMilliseconds;
  };
  while (!signal.aborted) {
    unlessLocked(look);
    await nextLook(cloud, crew, signal);
  }
  const giveUpAt = cloud.clock.now().getTime() + (options.stopSeconds ?? stopSeconds) * 1000;
  while (crew.running.size > 0 && cloud.clock.now().getTime() < giveUpAt)
    await Promise.race([Promise.all(crew.running), cloud.clock.sleep(lookMilliseconds / 2)]);
  crew.letGo();
}

/** Until a run ends, the signal comes, or it is time to look again. Leaves nothing hanging on the signal. */
async function nextLook({ clock }: LocalCloud, { running }: Crew, signal: AbortSignal): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal.addEventListener("abort", stop);
  try {
    await Promise.race([...running, stopped, clock.sleep(lookMilliseconds)]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Another process may hold the database for long (a backup, say): the work is still there at the next look. */
function unlessLocked(look: () => void): void {
  try {
    look();
  } catch (fault) {
    console.error({ fault: String(fault) });
  }
}

const hands = ({ functions, timeoutSeconds, without = [] }: WorkOptions) => ({
  functions: { ...ours, ...functions },
  triggers: triggers
    .filter(({ wakes }) => !without.includes(wakes))
    .map(
      (trigger): Trigger => ({
        ...trigger,
        timeoutSeconds: timeoutSeconds?.[trigger.wakes] ?? trigger.timeoutSeconds,
        ...("queue" in trigger && trigger.isHeavy && { atOnce: Math.min(trigger.atOnce, availableParallelism()) }),
      }),
    ),
});

const countGivenUp = (cloud: LocalCloud): number => cloud.work.countParked() + cloud.timer.parked().length;

/** Sleeps until the next piece of work is due; false when that is too far away. */
async function waited(
  cloud: LocalCloud,
  crew: Crew,
  triggers: readonly Trigger[],
  waitSeconds: number,
): Promise<boolean> {
  const queues = triggers.flatMap((trigger) => ("queue" in trigger ? [trigger.queue] : []));
  const times = [cloud.work.nextAt(queues), cloud.timer.nextAt(), crew.reportAt()].filter((at) => at !== undefined);
  const milliseconds = Math.min(...times) - cloud.clock.now().getTime();
  if (milliseconds > waitSeconds * 1000) return false;
  await cloud.clock.sleep(Math.max(milliseconds, 0));
  return true;
}
