import {
  type Addressed,
  type Clock,
  type Queue,
  type QueueName,
  type Queues,
  queueNames,
  type Value,
  type WorkName,
} from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import { type Holder, isGone } from "./holder.ts";

export const queueSchema = `
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL, visibleAt INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0, holder TEXT, parked INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messageByTime ON message (queue, parked, visibleAt, id);`;

/** A message somebody is working on. Nobody else sees it until it is let go or its time is over. */
export interface Held {
  readonly id: number;
  readonly body: string;
  /** How often it was handed over, this time included; tells this handing-over from a later one. */
  readonly receives: number;
}

export interface LocalQueues {
  readonly queues: Queues;
  /** As `queues`, within the caller's own commit. */
  add(queue: WorkName, messages: readonly Value[], delaySeconds?: number): void;
  receive(queue: WorkName, options: { max: number; visibilitySeconds: number }): Held[];
  done(held: Held): void;
  /** Gives a message back, to be handed over again after a pause. */
  letGo(held: Held, seconds: number): void;
  /** Bodies in the dead-letter queue: what came five times and was never done. */
  parked(queue: WorkName): string[];
  countParked(): number;
  /** When the next message of these queues may be taken, in milliseconds. */
  nextAt(queues: readonly WorkName[]): number | undefined;
  /** What a dead process held may be taken at once. */
  takeBack(): void;
  /** Forgets what a reader wished for, waiting or parked. */
  forget(reader: Addressed): void;
}

/** As often as SQS hands a message over before it goes to the dead-letter queue. */
export const maxReceives = 5;
const maxDelaySeconds = 900;
/** SQS's limit. */
const maxBytes = 1_048_576;

export function localQueues(database: Database, clock: Clock, holder: Holder): LocalQueues {
  const { statement, change } = database;
  const now = (): number => clock.now().getTime();
  const adding = statement("INSERT INTO message (queue, body, visibleAt) VALUES (?, ?, ?)");
  const looking = statement("SELECT 1 FROM message WHERE queue = ? AND parked = 0 AND visibleAt <= ? LIMIT 1");
  const parking = statement(
    `UPDATE message SET parked = 1 WHERE queue = ? AND parked = 0 AND visibleAt <= ? AND receives >= ${maxReceives}`,
  );
  const taking = statement(`
    UPDATE message SET visibleAt = ?, receives = receives + 1, holder = ? WHERE id IN (
      SELECT id FROM message WHERE queue = ? AND parked = 0 AND visibleAt <= ? ORDER BY visibleAt, id LIMIT ?
    ) RETURNING id, body, receives`);
  const finishing = statement("DELETE FROM message WHERE id = ? AND receives = ?");
  const lettingGo = statement("UPDATE message SET visibleAt = ?, holder = NULL WHERE id = ? AND receives = ?");

  const add = (name: WorkName, messages: readonly Value[], delaySeconds = 0): void => {
    if (!(delaySeconds >= 0 && delaySeconds <= maxDelaySeconds)) throw new Error(`a delay of ${delaySeconds} seconds`);
    const bodies = messages.map((message) => JSON.stringify(message));
    if (bodies.some((body) => Buffer.byteLength(body) > maxBytes)) throw new Error("a message of more than 1 MB");
    const visibleAt = now() + delaySeconds * 1000;
    if (bodies.length > 0) change(() => bodies.forEach((body) => void adding.run(name, body, visibleAt)));
  };
  const queue = (name: QueueName): Queue => ({
    add: async (messages, { delaySeconds } = {}) => add(name, messages, delaySeconds),
  });

  return {
    queues: Object.fromEntries(queueNames.map((name) => [name, queue(name)])) as unknown as Queues,
    add,

    receive(name, { max, visibilitySeconds }) {
      const at = now();
      if (!looking.get(name, at)) return [];
      return change(() => {
        parking.run(name, at);
        return taking.all(at + visibilitySeconds * 1000, holder, name, at, max) as unknown as Held[];
      });
    },

    done({ id, receives }) {
      finishing.run(id, receives);
    },

    letGo({ id, receives }, seconds) {
      lettingGo.run(now() + seconds * 1000, id, receives);
    },

    parked(name) {
      const rows = statement("SELECT body FROM message WHERE queue = ? AND parked = 1 ORDER BY id").all(name);
      return rows.map(({ body }) => String(body));
    },

    countParked: () => statement("SELECT count(*) AS messages FROM message WHERE parked = 1").get()?.messages as number,

    nextAt(names) {
      const next = statement("SELECT min(visibleAt) AS at FROM message WHERE queue = ? AND parked = 0");
      const times = names.flatMap((name) => (next.get(name)?.at as number | null) ?? []);
      return times.length > 0 ? Math.min(...times) : undefined;
    },

    takeBack() {
      const holders = statement("SELECT DISTINCT holder FROM message WHERE holder IS NOT NULL").all();
      for (const { holder: other } of holders)
        if (isGone(String(other), holder))
          statement("UPDATE message SET visibleAt = ?, holder = NULL WHERE holder = ?").run(now(), other as string);
    },

    forget({ addresses, addressKeys, publication = null }) {
      statement(
        `DELETE FROM message WHERE queue = 'confirmations'
          AND (?3 IS NULL OR json_extract(body, '$.publication') = ?3) AND (
          json_extract(body, '$.address') IN (SELECT value FROM json_each(?1))
          OR json_extract(body, '$.from') IN (SELECT value FROM json_each(?2))
          OR json_extract(body, '$.addressKey') IN (SELECT value FROM json_each(?2)))`,
      ).run(JSON.stringify(addresses), JSON.stringify(addressKeys), publication);
    },
  };
}
