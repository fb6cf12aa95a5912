import type { Database } from "./database.ts";

/**
 * Notices that an older copy of the table's file was laid over it: a file written over keeps its inode and its path. The
 * table counts every opening and closing, and the other database of the folder remembers the count.
 */
export const marksSchema = `
  CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;`;

export interface Marks {
  /** How often an older table was found in the place of ours. */
  replaced(): number;
  /** What was done since the last mark cannot be taken back unnoticed from here on. */
  mark(): void;
}

/** @param rows the database of the table · @param rest the one that remembers */
export function tableMarks(rows: Database, rest: Database): Marks {
  const read = ({ statement }: Database, name: string): number =>
    Number(statement("SELECT count FROM mark WHERE name = ?").get(name)?.count ?? 0);
  const raise = ({ statement }: Database, name: string, count: number): void => {
    const sql =
      "INSERT INTO mark (name, count) VALUES (?, ?) ON CONFLICT DO UPDATE SET count = max(count, excluded.count)";
    statement(sql).run(name, count);
  };

  const mark = (): void => {
    // Remembered is read first and written last: whoever opens the folder at the same moment is never behind it.
    const remembered = read(rest, "table");
    const count = rows.change(() => {
      const counted = read(rows, "table");
      raise(rows, "table", Math.max(counted, remembered) + 1);
      return counted;
    });
    rest.change(() => {
      if (count < remembered) raise(rest, "replaced", read(rest, "replaced") + 1);
      raise(rest, "table", Math.max(count, remembered) + 1);
    });
  };

  mark();
  return { replaced: () => read(rest, "replaced"), mark };
}
