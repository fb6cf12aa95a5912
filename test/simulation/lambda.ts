import { archive } from "../../functions/archive.ts";
import type { Cloud, FunctionMaker, Handler } from "../../functions/cloud/cloud.ts";
import { deliver } from "../../functions/deliver.ts";
import { plan } from "../../functions/plan.ts";
import { recordFeedback } from "../../functions/record-feedback.ts";
import { sweep } from "../../functions/sweep.ts";
import { triggers } from "../../local/wiring.ts";
import { cloudOf } from "./cloud-of.ts";
import type { Container, Run, WorkedQueue, World } from "./world.ts";

/** Who wakes the functions, as Lambda, SQS and the scheduler do: at least once, at most so many at once. */
export interface Lambda {
  /** Wakes whatever the queues, the timer and the minute ask for, from now on. */
  start(): void;
  /** Runs an act of a person as a function of its own. Answers whether it ended well. */
  act(name: string, timeoutSeconds: number, work: (cloud: Cloud) => Promise<unknown>): Promise<boolean>;
  /** Everything that runs dies, and no container is warm any more. */
  redeploy(): void;
  /** Whether a message is waiting or in hand. */
  hasWork(): boolean;
  /** How often a function was given up after its last try. */
  givenUp(): number;
}

interface WarmContainer extends Container {
  readonly handler: Handler;
}

const makers: Readonly<Record<string, FunctionMaker>> = {
  deliver,
  plan,
  archive,
  sweep,
  "record-feedback": recordFeedback,
};
const makerOf = (name: string): FunctionMaker => {
  const maker = makers[name];
  if (!maker) throw new Error(`nobody told the simulation of the function ${name}`);
  return maker;
};

const timeoutOf = (name: string): number => triggers.find(({ wakes }) => wakes === name)?.timeoutSeconds ?? 0;
/** Which function works a queue. */
const workers = triggers.flatMap((trigger) =>
  "queue" in trigger && (trigger.queue === "rounds" || trigger.queue === "feedback")
    ? [{ ...trigger, queue: trigger.queue as WorkedQueue }]
    : [],
);
/** Lambda's pauses between the three tries of a function nobody waits for. */
const retrySeconds = [60, 120];

export function lambda(world: World): Lambda {
  const { time, tell, lots } = world;
  const idle = new Map<string, WarmContainer[]>();
  const running = new Set<Run>();
  const atWork = new Map<WorkedQueue, number>();
  let runs = 0;
  let givenUp = 0;

  const begin = (container: Container, name: string, timeoutSeconds: number): { run: Run; died: Promise<"died"> } => {
    const { promise: died, resolve } = Promise.withResolvers<"died">();
    const run: Run = {
      ...{ name: `${name}.${++runs}`, state: "alive", isStruck: false },
      die(why) {
        if (run.state !== "alive") return;
        Object.assign(run, { state: "dead", isStruck: true });
        running.delete(run);
        tell(`${run.name} is dead: ${why}`);
        resolve("died");
      },
    };
    container.run = run;
    running.add(run);
    tell(`${run.name} begins`);
    time.after(timeoutSeconds * 1000, () => {
      if (run.state === "alive") world.faults.count("run out of time");
      run.die("its time was over");
    });
    return { run, died };
  };

  /** A new container: its clock is off as long as it lives, and it keeps its version of the code. */
  const open = (maker: FunctionMaker): WarmContainer => {
    const clockOff = lots.between(-world.clocksOff, world.clocksOff);
    if (world.clocksOff > 0)
      world.faults.count(world.clocksOff > 1000 ? "clock off by minutes" : "clock off by a second");
    const isNextVersion = world.hasTwoVersions && lots.chance(0.5);
    if (isNextVersion) world.faults.count("next version at work");
    const container: Container = { run: nobody, clockOff, isNextVersion };
    return Object.assign(container, { handler: maker(cloudOf(world, container)) });
  };

  /** One run in a container that is warm, or a new one. Answers what the handler did; undefined: it failed or died. */
  const invoke = async (name: string, maker: FunctionMaker, event: unknown, timeoutSeconds: number) => {
    const warm = idle.get(name) ?? [];
    idle.set(name, warm);
    const container = warm.pop() ?? open(maker);
    const { run, died } = begin(container, name, timeoutSeconds);
    const deadline = new Date(time.now() + container.clockOff + timeoutSeconds * 1000);
    const work = container.handler(event, { deadline }).then(
      (answer) => ({ answer }),
      (fault: unknown) => tell(`${run.name} failed: ${fault}`),
    );
    const outcome = await Promise.race([work, died]);
    if (outcome === "died") return undefined;
    run.state = "ended";
    running.delete(run);
    warm.push(container);
    tell(`${run.name} ends`);
    return outcome ?? undefined;
  };

  const wake = (name: string, event: unknown) => invoke(name, makerOf(name), event, timeoutOf(name));

  const ring = async (name: string, payload: unknown, tries = 0): Promise<void> => {
    if (await wake(name, payload)) return;
    const pause = retrySeconds[tries];
    if (pause === undefined) givenUp++;
    else time.after(pause * 1000, () => void ring(name, payload, tries + 1));
  };

  const takeMessages = (queue: WorkedQueue): void => {
    const worker = workers.find((one) => one.queue === queue);
    if (!worker) return; // nobody works it yet
    const { atOnce, batchSize, visibilitySeconds, wakes } = worker;
    while ((atWork.get(queue) ?? 0) < atOnce) {
      const held = world.queues[queue].receive(batchSize, visibilitySeconds);
      if (held.length === 0) return;
      atWork.set(queue, (atWork.get(queue) ?? 0) + 1);
      // Whatever becomes of it, it may come again when its time is over.
      time.after(visibilitySeconds * 1000, () => takeMessages(queue));
      const event = { Records: held.map(({ id, body }) => ({ messageId: String(id), body })) };
      void wake(wakes, event).then((outcome) => {
        const failed = failedOf(outcome?.answer);
        for (const one of held) if (failed && !failed.has(String(one.id))) world.queues[queue].done(one);
        atWork.set(queue, (atWork.get(queue) ?? 0) - 1);
        takeMessages(queue);
      });
    }
  };

  const sweepEveryMinute = (): void => {
    void wake("sweep", {});
    time.after(60_000, sweepEveryMinute);
  };

  return {
    start() {
      world.onMessage = takeMessages;
      world.onAlarm = (name) => {
        const alarm = world.alarms.get(name);
        if (!alarm || alarm.at > time.now()) return;
        world.alarms.delete(name);
        void ring(alarm.target, alarm.payload);
        if (!world.faults.strikes("timer rang twice")) return;
        time.after(
          lots.pick([0, lots.between(0, 3000), lots.between(0, 90_000)]),
          () => void ring(alarm.target, alarm.payload),
        );
      };
      time.after(lots.between(0, 60_000), sweepEveryMinute);
    },
    act: async (name, timeoutSeconds, work) =>
      (await invoke(`${name}-${runs}`, (cloud) => () => work(cloud), {}, timeoutSeconds)) !== undefined,
    redeploy() {
      world.faults.count("redeployed in mid send");
      tell("a new version is deployed");
      idle.clear();
      for (const run of [...running]) run.die("its container was replaced");
    },
    hasWork: () => workers.some(({ queue }) => !world.queues[queue].isEmpty()),
    givenUp: () => givenUp,
  };
}

/** The messages of a batch that come again; undefined: all of them. */
function failedOf(answer: unknown): ReadonlySet<string> | undefined {
  const failures = (answer as { batchItemFailures?: { itemIdentifier: string }[] } | undefined)?.batchItemFailures;
  return failures && new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
}

const nobody: Run = { name: "nobody", state: "ended", isStruck: false, die: () => {} };
