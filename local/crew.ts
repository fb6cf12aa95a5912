import type { FunctionMaker, Handler, Value } from "../functions/cloud/cloud.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import type { Held } from "./cloud/queue.ts";
import type { Alarm } from "./cloud/timer.ts";
import type { Trigger } from "./wiring.ts";

/** Functions by name, each loaded when first asked for. */
export type Functions<Name extends string = string> = Readonly<Record<Name, () => Promise<FunctionMaker>>>;

/** Those who wake the functions on one machine, as Lambda does on AWS: at most so many at once, each with its deadline. */
export interface Crew {
  readonly running: ReadonlySet<Promise<void>>;
  /** Starts every message and alarm that is due and has a free hand. */
  startDue(): void;
  /** Starts what runs every so many minutes, when its time has come; at first at once. */
  startRegular(): void;
  /** Lets the carrier tell what is due; gathered while others work, so that ten thousand letters are a few files. */
  startReport(): void;
  /** When the carrier has more to tell, in milliseconds; undefined for a while after it failed. */
  reportAt(): number | undefined;
  /** Gives back what is still in hand, for whoever works next. */
  letGo(): void;
}

type On<Kind extends string> = Extract<Trigger, Record<Kind, unknown>>;

export function openCrew(
  cloud: LocalCloud,
  { functions, triggers }: { functions: Functions; triggers: readonly Trigger[] },
  { pauseSeconds }: { pauseSeconds: (tries: number) => number },
): Crew {
  const running = new Map<Promise<void>, { wakes: string; letGo: () => void }>();
  const handlers = new Map<string, Promise<Handler>>();
  const lastRuns = new Map<string, number>();
  let [reportedAt, noReportBefore] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const { work, timer, clock } = cloud;
  work.takeBack();
  timer.takeBack();

  const handlerOf = (name: string): Promise<Handler> => {
    const known = handlers.get(name) ?? load(functions, name).then((make) => make(cloud));
    handlers.set(name, known);
    return known;
  };

  const start = (trigger: Trigger, event: unknown, { end, letGo }: Ending): void => {
    const deadline = new Date(clock.now().getTime() + trigger.timeoutSeconds * 1000);
    const run = handlerOf(trigger.wakes)
      .then((handler) => handler(event, { deadline }))
      .then(end)
      .catch((fault: unknown) => {
        logFault(trigger, fault);
        letGo();
      })
      // Nobody could be told: it comes back when its time is over.
      .catch((fault: unknown) => logFault(trigger, fault))
      .finally(() => running.delete(run));
    running.set(run, { wakes: trigger.wakes, letGo });
  };

  const freeHands = ({ wakes }: Pick<Trigger, "wakes">, atOnce: number): number =>
    atOnce - [...running.values()].filter((one) => one.wakes === wakes).length;

  const startMessages = (trigger: On<"queue">): void => {
    for (let free = freeHands(trigger, trigger.atOnce); free > 0; free--) {
      const held = work.receive(trigger.queue, {
        max: trigger.batchSize,
        visibilitySeconds: trigger.visibilitySeconds,
      });
      if (held.length === 0) return;
      const again = (message: Held): void => work.letGo(message, pauseSeconds(message.receives));
      const end = (answer: unknown): void => {
        const failed = failuresOf(answer, held);
        for (const message of held) failed.has(message) ? again(message) : work.done(message);
      };
      start(trigger, sqsEvent(held), { end, letGo: () => held.forEach(again) });
    }
  };

  const startAlarm = (trigger: On<"timer">, alarm: Alarm): void =>
    start(trigger, alarm.payload, {
      end: () => timer.done(alarm),
      letGo: () => timer.letGo(alarm, pauseSeconds(alarm.tries)),
    });

  const startAlarms = (): void => {
    const onTimer = triggers.filter((trigger) => "timer" in trigger);
    const heldSeconds = Math.max(...onTimer.map(({ timeoutSeconds }) => timeoutSeconds)) + alarmGraceSeconds;
    for (const alarm of timer.takeDue(alarmsAtOnce, heldSeconds)) {
      const trigger = onTimer.find((one) => one.timer === alarm.target);
      if (trigger) startAlarm(trigger, alarm);
    }
  };

  const reportAt = (): number | undefined =>
    clock.now().getTime() < noReportBefore ? undefined : cloud.carrier.nextAt();

  const report = async (): Promise<void> => {
    try {
      await cloud.carrier.report();
    } catch (fault) {
      logFault({ wakes: "carrier" }, fault);
      noReportBefore = clock.now().getTime() + reportPauseMilliseconds;
    }
  };

  return {
    get running() {
      return new Set(running.keys());
    },
    startDue() {
      for (const trigger of triggers) if ("queue" in trigger) startMessages(trigger);
      startAlarms();
    },
    startRegular() {
      const now = clock.now().getTime();
      for (const trigger of triggers) {
        if (!("everyMinutes" in trigger)) continue;
        if (now - (lastRuns.get(trigger.wakes) ?? Number.NEGATIVE_INFINITY) < trigger.everyMinutes * 60_000) continue;
        if (freeHands(trigger, 1) < 1) continue;
        lastRuns.set(trigger.wakes, now);
        start(trigger, {}, { end: () => {}, letGo: () => {} });
      }
    },
    startReport() {
      const now = clock.now().getTime();
      const isGathering = running.size > 0 && now - reportedAt < gatherMilliseconds;
      if (isGathering || freeHands({ wakes: "carrier" }, 1) < 1 || (reportAt() ?? Number.POSITIVE_INFINITY) > now)
        return;
      reportedAt = now;
      const run = report().finally(() => running.delete(run));
      running.set(run, { wakes: "carrier", letGo: () => {} });
    },
    reportAt,
    letGo() {
      for (const { letGo } of running.values()) letGo();
    },
  };
}

interface Ending {
  readonly end: (answer: unknown) => void;
  readonly letGo: () => void;
}

const alarmsAtOnce = 8;
/** After its deadline an alarm's run is given this long before the alarm rings again. */
const alarmGraceSeconds = 60;
/** While letters leave, their events are gathered so long before they are written down. */
const gatherMilliseconds = 1000;
/** After a fault the carrier tells nothing for so long; nothing is lost by it. */
const reportPauseMilliseconds = 60_000;

async function load(functions: Functions, name: string): Promise<FunctionMaker> {
  const maker = functions[name];
  if (!maker) throw new Error(`no function named ${name}`);
  return maker();
}

const logFault = ({ wakes }: Pick<Trigger, "wakes">, fault: unknown): void =>
  console.error({ function: wakes, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });

const sqsEvent = (held: readonly Held[]): Value => ({
  Records: held.map(({ id, body }) => ({ messageId: String(id), body })),
});

/** As Lambda reads a partial batch response: no list means all was done, an unknown id means nothing was. */
function failuresOf(answer: unknown, held: readonly Held[]): ReadonlySet<Held> {
  const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: { itemIdentifier?: string }[] };
  const failed = batchItemFailures.map(({ itemIdentifier }) => held.find(({ id }) => String(id) === itemIdentifier));
  return new Set(failed.includes(undefined) ? held : failed.filter((message) => message !== undefined));
}
