import { Closed, type Mail } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";

export const relayMarkSchema = `
  CREATE TABLE IF NOT EXISTS relayMark (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;`;

/**
 * Says of a folder that its letters leave over SMTP. Whoever works on it without knowing the relay, a command in another
 * terminal say, must not bring them to the outbox: they would count as accepted, and no reader would ever see them.
 */
export interface RelayMark {
  isSet(): boolean;
  set(): void;
  remove(): void;
}

export function localRelayMark({ statement }: Database): RelayMark {
  return {
    isSet: () => statement("SELECT 1 FROM relayMark").get() !== undefined,
    set: () => void statement("INSERT OR IGNORE INTO relayMark (one) VALUES (1)").run(),
    remove: () => void statement("DELETE FROM relayMark").run(),
  };
}

/** The carrier of a marked folder where no relay is named: it takes nothing. */
export const withoutRelay: Mail = {
  reports: false,
  isJudged: true,
  send: async () => {
    throw new Closed("KURIER_SMTP is not set");
  },
  quota: async () => ({ perSecond: 1, perDay: Number.POSITIVE_INFINITY, sentInLastDay: 0 }),
  close: async () => {},
  open: async () => {},
};
