import type { QueueName, Value } from "../../functions/cloud/cloud.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import type { Carrier } from "./carrier.ts";
import type { Faults } from "./faults.ts";
import type { Lots } from "./lots.ts";
import type { MemoryQueue } from "./memory-queue.ts";
import type { MemoryTable } from "./memory-table.ts";
import type { Observed } from "./observed.ts";
import type { Reader } from "./readers.ts";
import type { Time } from "./time.ts";

/** Everything outside the functions, in one seed. */
export interface World {
  readonly time: Time;
  readonly lots: Lots;
  readonly faults: Faults;
  /** Every call takes so many times as long as a quick one. */
  readonly slowness: number;
  /** How far a container's clock may be off, in milliseconds. */
  readonly clocksOff: number;
  /** Half of the containers run the next version of the code. */
  readonly hasTwoVersions: boolean;
  readonly table: MemoryTable;
  readonly files: Map<string, StoredFile>;
  readonly queues: Readonly<Record<WorkedQueue, MemoryQueue>>;
  readonly alarms: Map<string, Alarm>;
  readonly carrier: Carrier;
  /** Whether the carrier tells later what became of letters. */
  readonly reports: boolean;
  /** Nobody knows the sender's domain yet: it warms up. */
  readonly isSenderNew: boolean;
  readonly observed: Observed;
  /** By publication. */
  readonly readers: ReadonlyMap<string, readonly Reader[]>;
  /** They go out at the same time and share one rate. */
  readonly issues: readonly Place[];
  /** A message may be there to be taken. */
  onMessage: (queue: WorkedQueue) => void;
  onAlarm: (name: string) => void;
  /** Tells what happens, with the time: the trace of the seed. */
  tell(line: string): void;
}

export type WorkedQueue = Extract<QueueName, "rounds" | "feedback">;

export interface StoredFile {
  readonly body: Uint8Array;
  readonly type: string;
  readonly etag: string;
  readonly modifiedAt: string;
}

export interface Alarm {
  readonly at: number;
  readonly target: "plan" | "archive";
  readonly payload: Value;
}

/** One run of a function, as Lambda holds it: what it began goes on without it when it dies. */
export interface Run {
  readonly name: string;
  state: "alive" | "ended" | "dead";
  /** A fault met it: letters it had in hand may stay open. */
  isStruck: boolean;
  die(why: string): void;
}

/** What Lambda keeps between runs: a clock of its own, and the version of the code it was started with. */
export interface Container {
  run: Run;
  /** In milliseconds. */
  readonly clockOff: number;
  readonly isNextVersion: boolean;
}
