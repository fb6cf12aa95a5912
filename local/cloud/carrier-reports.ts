import { digestOf } from "../../core/digest.ts";
import type { Clock, Files } from "../../functions/cloud/cloud.ts";
import { eventsOf, fateOf } from "./carrier-events.ts";
import type { CarrierManner } from "./carrier-manner.ts";
import type { Database } from "./database.ts";
import type { KeptLetter, Outbox } from "./outbox.ts";

/** How far the outbox has told of its letters, in the order it took them; and what it will tell of some later. */
export const reportsSchema = `
  CREATE TABLE IF NOT EXISTS told (one INTEGER PRIMARY KEY CHECK (one = 1), through INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS toTell (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS toTellByTime ON toTell (at);`;

/** Tells what became of letters, as SES does through Firehose: files of many events below `feedback/`. */
export interface CarrierReports {
  /** Writes everything that is due. Killed in between, it tells some of it again. */
  report(): Promise<void>;
  /** When more is due, in milliseconds. */
  nextAt(): number | undefined;
}

/** About a megabyte of events; whoever reads a file holds it in memory. */
const lettersPerFile = 500;

export function outboxReports(
  database: Database,
  clock: Clock,
  { outbox, files, manner }: { outbox: Outbox; files: Pick<Files, "write">; manner: CarrierManner },
): CarrierReports {
  const { statement, change } = database;
  const { eventSeconds } = manner;
  const now = (): number => clock.now().getTime();
  const afterwards = (at: number): number => at + eventSeconds * 1000;
  const toldThrough = (): number => (statement("SELECT through FROM told").get()?.through as number | undefined) ?? 0;

  /** A letter of the future was taken by a clock that has been set back since: nobody waits for it. */
  const dueAt = ({ acceptedAt }: KeptLetter): number => {
    const accepted = Date.parse(acceptedAt);
    return accepted > now() ? now() : afterwards(accepted);
  };
  const isDue = ({ letter }: { letter: KeptLetter }): boolean => dueAt(letter) <= now();

  /** Firehose's folders, by the hour; the name is the content's. */
  const write = async (events: readonly string[]): Promise<void> => {
    const body = events.map((event) => `${event}\n`).join("");
    const hour = clock.now().toISOString().slice(0, 13).replace(/[-T]/g, "/");
    await files.write(`feedback/${hour}/${digestOf(body)}.ndjson`, body, { type: "application/x-ndjson" });
  };

  /** Answers whether more is due. What comes meanwhile is for the next time, or every moment would have a file. */
  const tellSoon = async (): Promise<boolean> => {
    const due = leading(outbox.after(toldThrough(), lettersPerFile), isDue);
    const last = due.at(-1);
    if (!last) return false;
    const told = due.map(({ letter }) => eventsOf(letter, fateOf(letter.to, manner), eventSeconds));
    await write(told.flatMap(({ soon }) => soon.map((event) => JSON.stringify(event))));
    change(() => {
      for (const event of told.flatMap(({ late }) => late))
        statement("INSERT INTO toTell (at, event) VALUES (?, ?)").run(afterwards(now()), JSON.stringify(event));
      statement(
        "INSERT INTO told VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET through = max(through, excluded.through)",
      ).run(last.id);
    });
    return due.length === lettersPerFile;
  };

  const tellLate = async (): Promise<boolean> => {
    const rows = statement("SELECT id, event FROM toTell WHERE at <= ? ORDER BY at, id LIMIT ?").all(
      ...[now(), lettersPerFile],
    );
    if (rows.length === 0) return false;
    await write(rows.map(({ event }) => String(event)));
    change(() => {
      for (const { id } of rows) statement("DELETE FROM toTell WHERE id = ?").run(id as number);
    });
    return rows.length === lettersPerFile;
  };

  return {
    async report() {
      while (await tellSoon());
      while (await tellLate());
    },

    nextAt() {
      const [next] = outbox.after(toldThrough(), 1);
      const late = statement("SELECT min(at) AS at FROM toTell").get()?.at as number | null;
      const times = [...(next ? [dueAt(next.letter)] : []), ...(late === null ? [] : [late])];
      return times.length > 0 ? Math.min(...times) : undefined;
    },
  };
}

/** As many as fit before the first that does not. */
function leading<T>(list: readonly T[], fits: (one: T) => boolean): readonly T[] {
  const end = list.findIndex((one) => !fits(one));
  return end < 0 ? list : list.slice(0, end);
}
