import type { QueueName, Value } from "../../functions/cloud/cloud.ts";
import type { Carrier } from "./carrier.ts";
import type { Faults } from "./faults.ts";
import type { Lots } from "./lots.ts";
import type { MemoryQueue } from "./memory-queue.ts";
import type { MemoryTable } from "./memory-table.ts";
import type { Observed } from "./observed.ts";
import type { Time } from "./time.ts";

/** Everything outside the functions, in one seed. */
export interface World {
  readonly time: Time;
  readonly lots: Lots;
  readonly faults: Faults;
  /** Every call takes so many times as long as a quick one. */
  readonly slowness: number;
  readonly table: MemoryTable;
  readonly files: Map<string, StoredFile>;
  readonly rounds: MemoryQueue;
  readonly alarms: Map<string, Alarm>;
  readonly carrier: Carrier;
  readonly observed: Observed;
  /** A message may be there to be taken. */
  onMessage: (queue: QueueName) => void;
  onAlarm: (name: string) => void;
  /** Tells what happens, with the time: the trace of the seed. */
  tell(line: string): void;
}

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
