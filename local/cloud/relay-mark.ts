import { type Clock, Closed, type Mail } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import type { Relay } from "./relay.ts";
import { relayBooks } from "./relay-books.ts";

export const relayMarkSchema = `
  CREATE TABLE IF NOT EXISTS relayOfFolder (
    one INTEGER PRIMARY KEY CHECK (one = 1), perSecond REAL NOT NULL, perDay INTEGER
  ) STRICT;`;

type Limits = Pick<Relay, "perSecond" | "perDay">;

/**
 * Says of a folder that its letters leave over SMTP, and how many. Whoever works on it without knowing the relay, a
 * command in another terminal say, must not bring them to the outbox: they would count as accepted, and no reader would
 * ever see them.
 */
export interface RelayMark {
  isSet(): boolean;
  set(limits: Limits): void;
  remove(): void;
}

const limitsIn = ({ statement }: Database): Limits | undefined => {
  const row = statement("SELECT perSecond, perDay FROM relayOfFolder").get();
  return row && { perSecond: Number(row.perSecond), perDay: Number(row.perDay ?? Number.POSITIVE_INFINITY) };
};

export function localRelayMark(database: Database): RelayMark {
  const { statement } = database;
  return {
    isSet: () => limitsIn(database) !== undefined,
    set({ perSecond, perDay }) {
      const most = Number.isFinite(perDay) ? perDay : null;
      statement("INSERT OR REPLACE INTO relayOfFolder (one, perSecond, perDay) VALUES (1, ?, ?)").run(perSecond, most);
    },
    remove() {
      statement("DELETE FROM relayOfFolder").run();
    },
  };
}

/** The carrier of a marked folder where no relay is named: it takes nothing, and can close and open for who does. */
export function withoutRelay(database: Database, clock: Clock): Mail | undefined {
  const limits = limitsIn(database);
  if (!limits) return undefined;
  const { quota, close, open } = relayBooks(database, clock);
  const send = async (): Promise<never> => {
    throw new Closed("KURIER_SMTP is not set");
  };
  return { reports: false, isJudged: true, send, quota: async () => quota(limits), close, open };
}
