import { type Clock, Closed, type Mail, type Quota, Throttled } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import type { Relay } from "./relay.ts";

/** Letters that may have left, so that a day's worth can be counted over restarts and from two processes. No addresses. */
export const relayBooksSchema = `
  CREATE TABLE IF NOT EXISTS relayed (id INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS relayedByTime ON relayed (at);`;

type Limits = Pick<Relay, "perSecond" | "perDay">;

/** What a folder knows of its relay without asking it: how much left lately, and which streams are closed. */
export interface RelayBooks extends Pick<Mail, "close" | "open"> {
  /** @throws Closed */
  requireOpen(stream: string): void;
  /** @param leaving letters that are not counted yet @throws Throttled */
  requireQuota(limits: Limits, leaving: number): void;
  count(): void;
  quota(limits: Limits): Quota;
}

const dayMilliseconds = 86_400_000;

export function relayBooks({ statement }: Database, clock: Clock): RelayBooks {
  const before = (milliseconds: number): string => new Date(clock.now().getTime() - milliseconds).toISOString();
  const relayed = (milliseconds: number): number =>
    statement("SELECT count(*) AS letters FROM relayed WHERE at > ?").get(before(milliseconds))?.letters as number;
  return {
    requireOpen(stream) {
      if (statement("SELECT 1 FROM closedStream WHERE stream = ?").get(stream)) throw new Closed(`${stream} is closed`);
    },
    requireQuota({ perSecond, perDay }, leaving) {
      if (relayed(dayMilliseconds) + leaving >= perDay) throw new Throttled("the day's quota is used up");
      if (relayed(1000) >= Math.max(1, perSecond)) throw new Throttled("more letters than a second may have");
    },
    count() {
      statement("INSERT INTO relayed (at) VALUES (?)").run(clock.now().toISOString());
    },
    quota({ perSecond, perDay }) {
      statement("DELETE FROM relayed WHERE at < ?").run(before(dayMilliseconds));
      return { perSecond, perDay, sentInLastDay: relayed(dayMilliseconds) };
    },
    async close(stream) {
      statement("INSERT OR IGNORE INTO closedStream (stream) VALUES (?)").run(stream);
    },
    async open(stream) {
      statement("DELETE FROM closedStream WHERE stream = ?").run(stream);
    },
  };
}
