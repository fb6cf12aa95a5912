import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../functions/cloud/clock.ts";
import { type Cloud, type FunctionMaker, type Handler, queueNames, type Value } from "../../functions/cloud/cloud.ts";
import { eachMessage } from "../../functions/cloud/each-message.ts";
import { localCloud } from "../../local/cloud/local-cloud.ts";
import { type FunctionName, keepWorking, triggers, workUntilQuiet } from "../../local/wiring.ts";
import { testCloud } from "../cloud/test-cloud.ts";

type Makers = Partial<Record<FunctionName, FunctionMaker>>;
const idle: FunctionMaker = () => async () => undefined;

/** The makers given, and functions that do nothing for the rest. */
const only = (makers: Makers) => ({
  functions: Object.fromEntries(
    triggers.map(({ wakes }) => [wakes, async () => makers[wakes] ?? idle]),
  ) as unknown as Record<FunctionName, () => Promise<FunctionMaker>>,
});
const messageOf = (body: unknown) => body as { n: number };

/** A function that notes what it was woken with. */
function noting(notes: unknown[]): FunctionMaker {
  return () => async (event) => {
    notes.push(event);
  };
}
const bodies = (events: unknown[]): unknown[] =>
  events.flatMap((event) => (event as { Records: { body: string }[] }).Records.map(({ body }) => JSON.parse(body)));

describe("the triggers", () => {
  it("give every message more time in hand than its work may take", () => {
    for (const trigger of triggers)
      if ("queue" in trigger) expect(trigger.visibilitySeconds).toBeGreaterThanOrEqual(6 * trigger.timeoutSeconds);
  });

  it("wake one function by one thing", () => {
    expect(new Set(triggers.map(({ wakes }) => wakes)).size).toBe(triggers.length);
    for (const trigger of triggers) if ("queue" in trigger) expect([...queueNames, "mailbag"]).toContain(trigger.queue);
  });
});

describe("work until quiet", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => vi.restoreAllMocks());

  it("wakes each function by its own queue, with an SQS event", async () => {
    const cloud = testCloud();
    const woken: Record<"ingest" | "build" | "deliver", unknown[]> = { ingest: [], build: [], deliver: [] };
    await cloud.files.write("submissions/slk/s1/text.md", "# Hallo", { type: "text/markdown" });
    await cloud.queues.builds.add([{ n: 1 }]);
    await cloud.queues.rounds.add([{ n: 2 }, { n: 3 }]);
    await workUntilQuiet(
      cloud,
      only({ ingest: noting(woken.ingest), build: noting(woken.build), deliver: noting(woken.deliver) }),
    );
    expect(bodies(woken.ingest)).toMatchObject([{ detail: { object: { key: "submissions/slk/s1/text.md" } } }]);
    expect(bodies(woken.build)).toEqual([{ n: 1 }]);
    expect(bodies(woken.deliver)).toEqual([{ n: 2 }, { n: 3 }]);
    await workUntilQuiet(cloud, only({ deliver: noting(woken.deliver) }));
    expect(woken.deliver).toHaveLength(2);
  });

  it("goes on with what the work itself added, through every stop", async () => {
    const cloud = testCloud();
    const stops: string[] = [];
    const stop =
      (name: string, next?: (cloud: Cloud) => Promise<void>): FunctionMaker =>
      (own) =>
      async () => {
        stops.push(name);
        await next?.(own);
      };
    await cloud.queues.builds.add([{ n: 1 }]);
    const plan = (own: Cloud) =>
      own.timer.wakeAt("plan", own.clock.now().toISOString(), { target: "plan", payload: {} });
    const archive = (own: Cloud) =>
      own.timer.wakeAt("archive", own.clock.now().toISOString(), { target: "archive", payload: {} });
    await workUntilQuiet(
      cloud,
      only({
        build: stop("build", plan),
        plan: stop("plan", (own) => own.queues.rounds.add([{ n: 1 }])),
        deliver: stop("deliver", archive),
        archive: stop("archive"),
        sweep: stop("sweep"),
      }),
    );
    expect(stops).toEqual(["build", "plan", "deliver", "archive", "sweep"]);
  });

  it("hands a timer's payload over as it is, and does not lose an alarm set again by its own function", async () => {
    const cloud = testCloud();
    const payloads: Value[] = [];
    const archive: FunctionMaker = (own) => async (payload) => {
      payloads.push(payload as Value);
      const at = new Date(own.clock.now().getTime() + 60_000).toISOString();
      if (payloads.length < 3)
        await own.timer.wakeAt("archive-slk", at, { target: "archive", payload: { again: true } });
    };
    const now = cloud.clock.now().toISOString();
    await cloud.timer.wakeAt("archive-slk", now, { target: "archive", payload: { v: 1 } });
    await workUntilQuiet(cloud, only({ archive }));
    expect(payloads).toEqual([{ v: 1 }]);
    await workUntilQuiet(cloud, only({ archive }));
    expect(payloads).toHaveLength(1);
    cloud.clock.advance({ minutes: 1 });
    await workUntilQuiet(cloud, only({ archive }));
    expect(payloads).toEqual([{ v: 1 }, { again: true }]);
    await workUntilQuiet(cloud, { ...only({ archive }), waitSeconds: 90 });
    expect(payloads).toHaveLength(3);
    expect(cloud.timer.armed("archive-slk")).toBeUndefined();
  });

  it("leaves what is due later for later, unless it is asked to wait", async () => {
    const cloud = testCloud();
    const woken: unknown[] = [];
    await cloud.queues.rounds.add([{ n: 1 }], { delaySeconds: 30 });
    await workUntilQuiet(cloud, only({ deliver: noting(woken) }));
    await workUntilQuiet(cloud, { ...only({ deliver: noting(woken) }), waitSeconds: 29 });
    expect(woken).toEqual([]);
    await workUntilQuiet(cloud, { ...only({ deliver: noting(woken) }), waitSeconds: 30 });
    expect(bodies(woken)).toEqual([{ n: 1 }]);
  });

  it("walks sixteen rounds side by side and never more", async () => {
    const cloud = testCloud();
    let [now, most] = [0, 0];
    const deliver: FunctionMaker = (own) => async () => {
      most = Math.max(most, ++now);
      await own.clock.sleep(10);
      now--;
    };
    await cloud.queues.rounds.add(Array.from({ length: 40 }, (_, n) => ({ n })));
    await workUntilQuiet(cloud, only({ deliver }));
    expect(most).toBe(16);
  });

  it("gives every run its deadline", async () => {
    const cloud = testCloud();
    const seconds: number[] = [];
    const deliver: FunctionMaker =
      (own) =>
      async (_, { deadline }) => {
        seconds.push((deadline.getTime() - own.clock.now().getTime()) / 1000);
      };
    await cloud.queues.rounds.add([{ n: 1 }]);
    await workUntilQuiet(cloud, only({ deliver }));
    await cloud.queues.rounds.add([{ n: 1 }]);
    await workUntilQuiet(cloud, { ...only({ deliver }), timeoutSeconds: { deliver: 25 } });
    expect(seconds).toEqual([120, 25]);
  });

  it("tries a failed message again and does the others once", async () => {
    const cloud = testCloud();
    const done: number[] = [];
    let faults = 2;
    const deliver: FunctionMaker = () =>
      eachMessage(messageOf, async ({ n }) => {
        if (n === 2 && faults-- > 0) throw new Error("a fault");
        done.push(n);
      });
    await cloud.queues.rounds.add([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await workUntilQuiet(cloud, only({ deliver }));
    expect(done.sort()).toEqual([1, 2, 3]);
  });

  it.each<[string, Handler]>([
    ["throws", () => Promise.reject(new Error("a fault"))],
    ["answers an id nobody knows", async () => ({ batchItemFailures: [{ itemIdentifier: "?" }] })],
  ])("takes nothing as done when the function %s", async (_, handler) => {
    const cloud = testCloud();
    await cloud.queues.rounds.add([{ n: 1 }]);
    await expect(workUntilQuiet(cloud, only({ deliver: () => handler }))).rejects.toThrow(/parked/);
    expect(cloud.work.parked("rounds")).toEqual(['{"n":1}']);
  });

  it("says so when it had to give work up, and does not say it again", async () => {
    const cloud = testCloud();
    let tries = 0;
    const fails: FunctionMaker = () => async () => {
      tries++;
      throw new Error("a fault");
    };
    await cloud.queues.builds.add([{ n: 1 }]);
    await cloud.timer.wakeAt("plan-x", cloud.clock.now().toISOString(), { target: "plan", payload: {} });
    await expect(workUntilQuiet(cloud, only({ build: fails, plan: fails }))).rejects.toThrow(/^2 /);
    expect(tries).toBe(10);
    await workUntilQuiet(cloud, only({ build: fails, plan: fails }));
    expect(tries).toBe(10);
  });

  it("wakes our own functions, which park what they cannot read", async () => {
    const cloud = testCloud();
    await workUntilQuiet(cloud);
    expect(console.error).not.toHaveBeenCalled();
    for (const trigger of triggers) {
      const at = cloud.clock.now().toISOString();
      if ("queue" in trigger) cloud.work.add(trigger.queue, [{ v: 0 }]);
      if ("timer" in trigger) await cloud.timer.wakeAt(trigger.wakes, at, { target: trigger.timer, payload: { v: 0 } });
    }
    const unreadable = triggers.filter((trigger) => !("everyMinutes" in trigger)).length;
    await expect(workUntilQuiet(cloud)).rejects.toThrow(new RegExp(`^${unreadable} `));
  });

  it("sweeps once when all is quiet, and works what the sweep added", async () => {
    const cloud = testCloud();
    const woken: unknown[] = [];
    let sweeps = 0;
    const sweep: FunctionMaker = (own) => async () => {
      sweeps++;
      await own.queues.rounds.add([{ n: sweeps }]);
    };
    await workUntilQuiet(cloud, only({ sweep, deliver: noting(woken) }));
    expect(sweeps).toBe(1);
    expect(bodies(woken)).toEqual([{ n: 1 }]);
  });

  it("takes up at once what another process held when it died", async () => {
    const cloud = testCloud();
    await cloud.queues.rounds.add([{ n: 1 }]);
    const died = localCloud({ folder: cloud.folder, clock: cloud.clock });
    expect(died.work.receive("rounds", { max: 1, visibilitySeconds: 720 })).toHaveLength(1);
    const woken: unknown[] = [];
    await workUntilQuiet(cloud, only({ deliver: noting(woken) }));
    expect(woken).toEqual([]);
    died.close();
    await workUntilQuiet(cloud, only({ deliver: noting(woken) }));
    expect(bodies(woken)).toEqual([{ n: 1 }]);
  });
});

describe("the server's work", () => {
  it("does what comes while it runs, and stops when told", async () => {
    const cloud = { ...testCloud(), clock: systemClock };
    const stop = new AbortController();
    const woken: unknown[] = [];
    let sweeps = 0;
    const sweep: FunctionMaker = () => async () => {
      sweeps++;
    };
    const working = keepWorking(cloud, stop.signal, only({ deliver: noting(woken), sweep }));
    await cloud.queues.rounds.add([{ n: 1 }]);
    await expect.poll(() => bodies(woken)).toEqual([{ n: 1 }]);
    expect(sweeps).toBe(1);
    stop.abort();
    await working;
    await cloud.queues.rounds.add([{ n: 2 }]);
    expect(woken).toHaveLength(1);
  });

  it("lets a run end before it stops", async () => {
    const cloud = { ...testCloud(), clock: systemClock };
    const stop = new AbortController();
    let ended = false;
    const deliver: FunctionMaker = () => async () => {
      stop.abort();
      await systemClock.sleep(150);
      ended = true;
    };
    await cloud.queues.rounds.add([{ n: 1 }]);
    await keepWorking(cloud, stop.signal, only({ deliver }));
    expect(ended).toBe(true);
    expect(cloud.work.nextAt(["rounds"])).toBeUndefined();
  });

  it("clears rows away whose time has passed", async () => {
    const cloud = testCloud();
    const row = { pk: "cap#a", sk: "hour", expiresAt: "2026-11-23T07:00:00.000Z" };
    await cloud.table.write([{ put: row }]);
    const stop = new AbortController();
    const sweep: FunctionMaker = () => async () => stop.abort();
    await keepWorking(cloud, stop.signal, only({ sweep }));
    cloud.clock.set("2026-11-23T06:00:00.000Z");
    expect(await cloud.table.get([row])).toEqual([undefined]);
  });

  it("goes on when one look failed", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const cloud = testCloud();
    let looks = 0;
    const purge = (): void => {
      if (looks++ === 0) throw new Error("database is locked");
    };
    const stop = new AbortController();
    const deliver: FunctionMaker = () => async () => stop.abort();
    await cloud.queues.rounds.add([{ n: 1 }], { delaySeconds: 1 });
    await keepWorking({ ...cloud, table: { ...cloud.table, purge } }, stop.signal, only({ deliver }));
    expect(looks).toBe(2);
    expect(console.error).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
  });

  it("gives back what it could not end", async () => {
    const cloud = testCloud();
    const stop = new AbortController();
    const deliver: FunctionMaker = () => () => {
      stop.abort();
      return new Promise(() => {});
    };
    await cloud.queues.rounds.add([{ n: 1 }]);
    await keepWorking(cloud, stop.signal, only({ deliver }));
    const woken: unknown[] = [];
    cloud.clock.advance({ seconds: 2 });
    await workUntilQuiet(cloud, only({ deliver: noting(woken) }));
    expect(bodies(woken)).toEqual([{ n: 1 }]);
  });
});
