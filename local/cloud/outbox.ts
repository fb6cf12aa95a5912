import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writevSync } from "node:fs";
import { join } from "node:path";
import type { Addressed, Letter, Stream } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";

/** An index of the letters on disk, so that ten thousand can be listed page by page. Texts as they stand in the header. */
export const outboxSchema = `
  CREATE TABLE IF NOT EXISTS letter (
    id INTEGER PRIMARY KEY, messageId TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, acceptedAt TEXT NOT NULL,
    file TEXT NOT NULL, bytes INTEGER NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
    tags TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS letterByTime ON letter (acceptedAt);
  CREATE INDEX IF NOT EXISTS letterByRecipient ON letter (recipient);
  CREATE INDEX IF NOT EXISTS letterToSimulator ON letter (acceptedAt)
    WHERE recipient LIKE '%@simulator.amazonses.com';`;

export const streams: readonly Stream[] = ["editions", "confirmations"];

export interface KeptLetter {
  readonly messageId: string;
  readonly stream: Stream;
  readonly acceptedAt: string;
  /** Relative to the outbox. */
  readonly file: string;
  readonly bytes: number;
  readonly from: string;
  readonly to: string;
  /** Unfolded, still in RFC 2047 words. */
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Outbox {
  /** Newest first; `next` is there while older ones follow. `to` asks for one reader's letters. */
  list(page: { limit: number; before?: string; to?: string }): { letters: KeptLetter[]; next?: string };
  find(messageId: string): KeptLetter | undefined;
  /** The message as it would go over the wire. */
  source(letter: KeptLetter): Uint8Array;
  /** How many letters were accepted after an instant; all without one. */
  count(after?: string): number;
  /** Of these, how many went to SES's mailbox simulator. */
  countSimulated(after: string): number;
  /** Letters in the order they were taken; ids rise. */
  after(id: number, limit: number): { id: number; letter: KeptLetter }[];
  /** @param head the headers the carrier adds */
  keep(
    letter: Letter,
    raw: Uint8Array,
    as: { messageId: string; acceptedAt: string; subject: string; head: Uint8Array },
  ): void;
  /**
   * Forgets a reader: their letters, by the address they went to or the key in their tags, and what was still to be told of
   * them. Answers how many letters there were.
   */
  forget(reader: Addressed): number;
}

interface Row extends Omit<KeptLetter, "from" | "to" | "tags"> {
  readonly id: number;
  readonly sender: string;
  readonly recipient: string;
  readonly tags: string;
}

export function localOutbox(database: Database, folder: string): Outbox {
  const { statement, change, tidy } = database;
  for (const stream of streams) mkdirSync(join(folder, stream), { recursive: true });
  const keeping = statement(
    `INSERT INTO letter (messageId, stream, acceptedAt, file, bytes, sender, recipient, subject, tags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    list({ limit, before, to }) {
      const where = ["1"];
      const values: (string | number)[] = [];
      if (to !== undefined) {
        where.push("recipient = ?");
        values.push(to);
      }
      if (before !== undefined) {
        where.push("id < ?");
        values.push(Number(before));
      }
      const sql = `SELECT * FROM letter WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT ?`;
      const rows = statement(sql).all(...values, limit + 1) as unknown as Row[];
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const letters = page.map(kept);
      return rows.length > limit && last ? { letters, next: String(last.id) } : { letters };
    },

    find(messageId) {
      const row = statement("SELECT * FROM letter WHERE messageId = ?").get(messageId) as unknown as Row | undefined;
      return row && kept(row);
    },

    source: ({ file }) => readFileSync(join(folder, file)),

    count(after = "") {
      return statement("SELECT count(*) AS letters FROM letter WHERE acceptedAt > ?").get(after)?.letters as number;
    },

    countSimulated(after) {
      const sql = `SELECT count(*) AS letters FROM letter
        WHERE acceptedAt > ? AND recipient LIKE '%@simulator.amazonses.com'`;
      return statement(sql).get(after)?.letters as number;
    },

    after(id, limit) {
      const rows = statement("SELECT * FROM letter WHERE id > ? ORDER BY id LIMIT ?").all(id, limit);
      return (rows as unknown as Row[]).map((row) => ({ id: row.id, letter: kept(row) }));
    },

    /** The file first: the row is the acceptance, and there is never one without its letter. */
    keep({ stream, from, to, tags }, raw, { messageId, acceptedAt, subject, head }) {
      const file = `${stream}/${acceptedAt.replace(/[-:.]/g, "")}-${messageId}.eml`;
      writeBoth(join(folder, file), head, raw);
      const bytes = head.length + raw.length;
      keeping.run(messageId, stream, acceptedAt, file, bytes, from, to, subject, JSON.stringify(tags));
    },

    /** The rows first: there is never one without its letter. */
    forget({ addresses, addressKeys, publication = null }) {
      const asked = [JSON.stringify(addresses), JSON.stringify(addressKeys), publication];
      const isTheirs = (to: string, tag: (name: string) => string): string =>
        `(${to} IN (SELECT value FROM json_each(?1)) OR ${tag("delivery")} IN (SELECT value FROM json_each(?2)))
        AND (?3 IS NULL OR ${tag("answer")} = ?3 OR ${tag("issue")} GLOB ?3 || '-[0-9][0-9][0-9][0-9]-*')`;
      const theirs = isTheirs("recipient", (name) => `json_extract(tags, '$.${name}')`);
      const events = isTheirs(
        "json_extract(event, '$.mail.destination[0]')",
        (name) => `json_extract(event, '$.mail.tags.${name}[0]')`,
      );
      const letters = change(() => {
        const found = statement(`SELECT * FROM letter WHERE ${theirs}`).all(...asked) as unknown as Row[];
        statement(`DELETE FROM letter WHERE ${theirs}`).run(...asked);
        statement(`DELETE FROM toTell WHERE ${events}`).run(...asked);
        return found;
      });
      for (const { file } of letters) rmSync(join(folder, file), { force: true });
      tidy();
      return letters.length;
    },
  };
}

const kept = ({ id: _, sender, recipient, tags, ...letter }: Row): KeptLetter => ({
  ...letter,
  from: sender,
  to: recipient,
  tags: JSON.parse(tags) as Record<string, string>,
});

/** One call for both pieces: the letter is not copied to put a header before it. */
function writeBoth(path: string, head: Uint8Array, raw: Uint8Array): void {
  const handle = openSync(path, "wx", 0o600);
  try {
    const written = writevSync(handle, [head, raw]);
    if (written !== head.length + raw.length) throw new Error("the disk took only a part of the letter");
  } finally {
    closeSync(handle);
  }
}
