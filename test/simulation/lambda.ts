import { archive } from "../../functions/archive.ts";
import type { Cloud, FunctionMaker, Handler } from "../../functions/cloud/cloud.ts";
import { deliver } from "../../functions/deliver.ts";
import { plan } from "../../functions/plan.ts";
import { sweep } from "../../functions/sweep.ts";
import { triggers } from "../../local/wiring.ts";
import { cloudOf } from "./cloud-of.ts";
import type { Run, World } from "./world.ts";

/** Who wakes the functions, as Lambda, SQS and the scheduler do: at least once, at most so many at once. */
export interface Lambda {
  /** Wakes whatever the queue, the timer and the minute ask for, from now on. */
  start(): void;
  /** Runs an act of a person as a function of its own. Answers whether it ended well. */
  act(name: string, timeoutSeconds: number, work: (cloud: Cloud) => Promise<unknown>): Promise<boolean>;
  /** How often a function was given up after its last try. */
  givenUp(): number;
}

interface Container {
  readonly handler: Handler;
  run: Run;
}

const makers = { deliver, plan, archive, sweep } as const;
type Name = keyof typeof makers;

const timeoutOf = (name: Name): number => triggers.find(({ wakes }) => wakes === name)?.timeoutSeconds ?? 0;
const rounds = triggers.find(({ wakes }) => wakes === "deliver");
const { atOnce, visibilitySeconds } = rounds && "queue" in rounds ? rounds : { atOnce: 1, visibilitySeconds: 720 };
/** Lambda's pauses between the three tries of a function nobody waits for. */
const retrySeconds = [60, 120];

export function lambda(world: World): Lambda {
  const { time, tell, lots } = world;
  const idle = new Map<string, Container[]>();
  let runs = 0;
  let walking = 0;
  let givenUp = 0;

  const begin = (container: Container, name: string, timeoutSeconds: number): { run: Run; died: Promise<"died"> } => {
    const { promise: died, resolve } = Promise.withResolvers<"died">();
    const run: Run = {
      ...{ name: `${name}.${++runs}`, state: "alive", isStruck: false },
      die(why) {
        if (run.state !== "alive") return;
        Object.assign(run, { state: "dead", isStruck: true });
        tell(`${run.name} is dead: ${why}`);
        resolve("died");
      },
    };
    container.run = run;
    tell(`${run.name} begins`);
    time.after(timeoutSeconds * 1000, () => {
      if (run.state === "alive") world.faults.count("run out of time");
      run.die("its time was over");
    });
    return { run, died };
  };

  const open = (maker: FunctionMaker): Container => {
    const container = { run: nobody } as { handler: Handler; run: Run };
    container.handler = maker(cloudOf(world, () => container.run));
    return container;
  };

  /** One run in a container that is warm, or a new one. Answers what the handler did; undefined: it failed or died. */
  const invoke = async (name: string, maker: FunctionMaker, event: unknown, timeoutSeconds: number) => {
    const container = idle.get(name)?.pop() ?? open(maker);
    const { run, died } = begin(container, name, timeoutSeconds);
    const deadline = new Date(time.now() + timeoutSeconds * 1000);
    const work = container.handler(event, { deadline }).then(
      (answer) => ({ answer }),
      (fault: unknown) => tell(`${run.name} failed: ${fault}`),
    );
    const outcome = await Promise.race([work, died]);
    if (outcome === "died") return undefined;
    run.state = "ended";
    idle.set(name, [...(idle.get(name) ?? []), container]);
    tell(`${run.name} ends`);
    return outcome ?? undefined;
  };

  const wake = (name: Name, event: unknown) => invoke(name, makers[name], event, timeoutOf(name));

  const ring = async (name: Name, payload: unknown, tries = 0): Promise<void> => {
    if (await wake(name, payload)) return;
    const pause = retrySeconds[tries];
    if (pause === undefined) givenUp++;
    else time.after(pause * 1000, () => void ring(name, payload, tries + 1));
  };

  const takeMessages = (): void => {
    while (walking < atOnce) {
      const [held] = world.rounds.receive(1, visibilitySeconds);
      if (!held) return;
      walking++;
      // Whatever becomes of it, it may come again when its time is over.
      time.after(visibilitySeconds * 1000, takeMessages);
      void wake("deliver", { Records: [{ messageId: String(held.id), body: held.body }] }).then((outcome) => {
        const answer = outcome?.answer as { batchItemFailures: unknown[] } | undefined;
        if (answer?.batchItemFailures.length === 0) world.rounds.done(held);
        walking--;
        takeMessages();
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
    givenUp: () => givenUp,
  };
}

const nobody: Run = { name: "nobody", state: "ended", isStruck: false, die: () => {} };
