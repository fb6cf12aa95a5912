import {
  type Cloud,
  Conflict,
  type Files,
  noDirectory,
  noEdge,
  type Queues,
  queueNames,
  type StoredFile,
  usualGrace,
  type Value,
} from "../../functions/cloud/cloud.ts";
import { type Course, call, course, deadly } from "./call.ts";
import type { Faults } from "./faults.ts";
import { mailOf } from "./mail-of.ts";
import { calmTable } from "./memory-table.ts";
import { cloudOfNextVersion } from "./next-version.ts";
import { secretText } from "./readers.ts";
import { tableOf } from "./table-of.ts";
import type { Container, Run, WorkedQueue, World } from "./world.ts";

/** The cloud as one run after the other of the same container sees it. */
export function cloudOf(world: World, container: Container): Cloud {
  const { time, lots } = world;
  const runNow = (): Run => container.run;
  const cloud: Cloud = {
    table: tableOf(world, runNow),
    files: filesOf(world, runNow),
    queues: queuesOf(world, runNow),
    mail: mailOf(world, runNow),
    timer: timerOf(world, runNow),
    clock: {
      now: () => new Date(time.now() + container.clockOff),
      id: () => lots.id(),
      sleep: (milliseconds) => call(world, runNow(), "sleep", { there: 0, back: milliseconds }, [], () => undefined),
    },
    secrets: { read: async (name) => secretText[name] },
    directory: noDirectory,
    edge: noEdge,
    grace: usualGrace,
    forget: async () => 0,
  };
  return container.isNextVersion ? cloudOfNextVersion(cloud) : cloud;
}

function filesOf(world: World, runNow: () => Run): Files {
  const { files, faults, time } = world;
  const never = () => Promise.reject(new Error("no function of a delivery does that"));
  return {
    read: (key) =>
      call(world, runNow(), `read ${key}`, faults.strikes("file failed") ? failed : course(world), [], () => {
        const file = files.get(key);
        return file && { ...file, key, bytes: file.body.length };
      }),
    async write(key, body, { type, ifAbsent, ifMatch }) {
      if (ifMatch !== undefined) return never();
      const run = runNow();
      const etag = `"${files.size}-${key}"`;
      const write = (): void => {
        if (ifAbsent && files.has(key)) throw new Conflict([]);
        files.set(key, { body: Buffer.from(body), type, etag, modifiedAt: new Date(time.now()).toISOString() });
      };
      const way = faults.strikes("file failed") ? failed : deadly(world);
      return call(world, run, `write ${key}`, way, [write], () => ({ etag }));
    },
    list: (...given) => call(world, runNow(), `list ${given[0]}`, course(world), [], () => listed(files, ...given)),
    remove: (keys) => {
      const remove = (): void => {
        for (const key of keys) files.delete(key);
      };
      return call(world, runNow(), `remove ${keys.length} files`, deadly(world), [remove], () => undefined);
    },
    uploadForm: never,
    downloadLink: never,
    ...{ beginParts: never, writePart: never, joinParts: never },
  };
}

/** Keys in byte order: ours are plain. */
function listed(files: World["files"], prefix: string, given?: { limit?: number; after?: string }): StoredFile[] {
  const { limit = Number.POSITIVE_INFINITY, after = "" } = given ?? {};
  const keys = [...files.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  return keys.slice(0, limit).flatMap((key) => {
    const file = files.get(key);
    return file ? [{ ...file, key, bytes: file.body.length }] : [];
  });
}

const failed: Course = { there: 5, back: 5, fails: "before" };

function queuesOf(world: World, runNow: () => Run): Queues {
  const addTo = (name: WorkedQueue): Queues["rounds"]["add"] => {
    return (messages, { delaySeconds = 0 } = {}) => {
      const post = (): void => {
        for (const message of messages) {
          world.tell(`added ${JSON.stringify(message)}, delay ${delaySeconds} s`);
          for (const delay of delays(world, delaySeconds)) putInQueue(world, name, message, delay);
        }
      };
      return call(world, runNow(), "add messages", failing(world, world.faults), [post], () => undefined);
    };
  };
  const never = () => Promise.reject(new Error("no function of a delivery adds to this queue"));
  const queues = {
    arrivals: never,
    manuscripts: never,
    builds: never,
    confirmations: never,
    rounds: addTo("rounds"),
    feedback: addTo("feedback"),
  };
  return Object.fromEntries(queueNames.map((name) => [name, { add: queues[name] }])) as unknown as Queues;
}

/** A message that may be taken in so many seconds; whoever works the queue is told then. */
export function putInQueue(world: World, name: WorkedQueue, message: Value, delaySeconds: number): void {
  world.queues[name].add([message], delaySeconds);
  world.time.after(delaySeconds * 1000, () => world.onMessage(name));
}

function failing(world: World, faults: Faults): Course {
  if (faults.strikes("queue failed before adding")) return { ...course(world), fails: "before" };
  if (faults.strikes("queue failed after adding")) return { ...course(world), fails: "after" };
  return deadly(world);
}

/** When a message is handed over, in seconds: once as a rule, a little late, or twice, or never. */
function delays({ lots, faults }: World, seconds: number): number[] {
  if (faults.strikes("message lost")) return [];
  const longest = 900;
  const late = faults.strikes("message delayed") ? lots.between(0, 120) : lots.between(0, 0.3);
  const once = Math.min(longest, seconds + late);
  return faults.strikes("message doubled") ? [once, Math.min(longest, once + lots.between(0, 200))] : [once];
}

/** The same with nothing in between: for what happens before anything goes wrong. */
export function calmCloud(world: World): Cloud {
  const { table, time, files, lots } = world;
  const at = (): string => new Date(time.now()).toISOString();
  const never = () => Promise.reject(new Error("nobody prepares an issue with that"));
  const write: Files["write"] = async (key, body, { type }) => {
    files.set(key, { body: Buffer.from(body), type, etag: key, modifiedAt: at() });
    return { etag: key };
  };
  return {
    table: calmTable(table),
    files: {
      ...{ read: never, remove: never, uploadForm: never, downloadLink: never },
      ...{ beginParts: never, writePart: never, joinParts: never },
      write,
      list: async (...given) => listed(files, ...given),
    },
    timer: { wakeAt: async (...given) => arm(world, ...given), cancel: never },
    clock: { now: () => new Date(time.now()), id: () => lots.id(), sleep: never },
    secrets: { read: async (name) => secretText[name] },
    directory: noDirectory,
    edge: noEdge,
    grace: usualGrace,
    forget: async () => 0,
    mail: { reports: false, isJudged: false, send: never, quota: never, close: never, open: never },
    queues: Object.fromEntries(queueNames.map((name) => [name, { add: never }])) as unknown as Queues,
  };
}

const minute = 60_000;

/** To the full minute at or after the instant, as schedules of EventBridge ring. */
function arm(world: World, ...[name, at, { target, payload }]: Parameters<Cloud["timer"]["wakeAt"]>): void {
  const { alarms, time, tell } = world;
  const ringsAt = Math.ceil(Math.max(Date.parse(at), time.now() + minute / 2) / minute) * minute;
  alarms.set(name, { at: ringsAt, target, payload });
  time.after(ringsAt - time.now(), () => world.onAlarm(name));
  tell(`timer ${name} rings at ${new Date(ringsAt).toISOString()}`);
}

function timerOf(world: World, runNow: () => Run): Cloud["timer"] {
  const { alarms, faults } = world;
  return {
    wakeAt(...given) {
      const way = faults.strikes("timer failed") ? { ...course(world), fails: "before" as const } : deadly(world);
      return call(world, runNow(), `arm ${given[0]}`, way, [() => arm(world, ...given)], () => undefined);
    },
    cancel: (name) =>
      call(world, runNow(), `cancel ${name}`, course(world), [() => void alarms.delete(name)], () => {}),
  };
}
