import { DatabaseSync, type StatementSync } from "node:sqlite";

/** One SQLite file. Server and command line are two writers: each waits for the other instead of failing. */
export interface Database {
  /** Prepared once per text. */
  statement(sql: string): StatementSync;
  /** All of `work` is one commit, or nothing of it happened. Work within work joins it. */
  change<T>(work: () => T): T;
  /** All that `work` reads is of one moment. The file's locks are taken once, which cost more than a row. */
  look<T>(work: () => T): T;
  /** Leaves nothing of what was deleted before in the file beside it. Zeros take its place in the file itself at once. */
  tidy(): void;
  close(): void;
}

/** How long a writer waits for another process's commit. */
const waitMilliseconds = 10_000;

export type Durability =
  /** What was answered survives a power cut: every commit reaches the disk. */
  | "FULL"
  /** Survives a killed process; a power cut may take the last moments. Never damages the file. */
  | "NORMAL"
  /** For clouds that live as long as one command. */
  | "OFF";

export function openDatabase(file: string, schema: string, durability: Durability): Database {
  const sqlite = new DatabaseSync(file, { timeout: waitMilliseconds });
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  let isOpen = false;

  const together = <T>(begin: string, work: () => T): T => {
    if (isOpen) return work();
    statement(begin).run();
    isOpen = true;
    try {
      const result = work();
      statement("COMMIT").run();
      return result;
    } catch (trouble) {
      if (sqlite.isTransaction) statement("ROLLBACK").run();
      throw trouble;
    } finally {
      isOpen = false;
    }
  };
  // Immediate: takes the write lock before reading, so nobody writes between our look and our change.
  const change = <T>(work: () => T): T => together("BEGIN IMMEDIATE", work);
  const look = <T>(work: () => T): T => together("BEGIN", work);

  setUp(sqlite, schema, durability);
  const tidy = (): void => sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  return { statement, change, look, tidy, close: () => sqlite.close() };
}

/** Two processes may open a new file at the same instant; SQLite refuses the second change of mode without waiting. */
function setUp(sqlite: DatabaseSync, schema: string, durability: Durability): void {
  const giveUpAt = performance.now() + waitMilliseconds;
  for (;;) {
    try {
      sqlite.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; PRAGMA secure_delete = ON; BEGIN IMMEDIATE; ${schema}; COMMIT;`,
      );
      return;
    } catch (trouble) {
      if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
      if (!isBusy(trouble) || performance.now() > giveUpAt) throw trouble;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** SQLITE_BUSY and its extended codes. @see https://www.sqlite.org/rescode.html#busy */
export const isBusy = (trouble: unknown): boolean => ((trouble as { errcode?: number }).errcode ?? 0) % 256 === 5;
