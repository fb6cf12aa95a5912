import type { Clock, Timer, TimerTarget, Value } from "../../functions/cloud/cloud.ts";
import type { Database } from "./database.ts";
import { type Holder, isGone } from "./holder.ts";
import { maxReceives } from "./queue.ts";

export const timerSchema = `
  CREATE TABLE IF NOT EXISTS timer (
    name TEXT PRIMARY KEY, arming TEXT NOT NULL, at INTEGER NOT NULL, target TEXT NOT NULL, payload TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, holder TEXT
  ) STRICT;`;

export interface Alarm {
  readonly name: string;
  /** Changes when the name is armed again, also from within the function that was woken. */
  readonly arming: string;
  readonly target: TimerTarget;
  readonly payload: Value;
  readonly tries: number;
}

export interface LocalTimer extends Timer {
  /** Takes the alarms that are due; nobody else sees them for `heldSeconds`. */
  takeDue(max: number, heldSeconds: number): Alarm[];
  done(alarm: Alarm): void;
  letGo(alarm: Alarm, seconds: number): void;
  armed(name: string): { at: string; target: TimerTarget; payload: Value } | undefined;
  /** When the next alarm is due, in milliseconds. */
  nextAt(): number | undefined;
  /** Names of alarms whose function failed every time. */
  parked(): string[];
  takeBack(): void;
}

interface Row {
  readonly name: string;
  readonly arming: string;
  readonly at: number;
  readonly target: TimerTarget;
  readonly payload: string;
  readonly tries: number;
}

export function localTimer(database: Database, clock: Clock, holder: Holder): LocalTimer {
  const { statement } = database;
  const now = (): number => clock.now().getTime();
  const arming = statement("INSERT OR REPLACE INTO timer (name, arming, at, target, payload) VALUES (?, ?, ?, ?, ?)");
  const looking = statement(`SELECT 1 FROM timer WHERE at <= ? AND tries < ${maxReceives} LIMIT 1`);
  const taking = statement(`
    UPDATE timer SET at = ?, tries = tries + 1, holder = ? WHERE name IN (
      SELECT name FROM timer WHERE at <= ? AND tries < ${maxReceives} ORDER BY at LIMIT ?
    ) RETURNING *`);
  const parsed = ({ payload, ...row }: Row): Alarm => ({ ...row, payload: JSON.parse(payload) as Value });

  return {
    async wakeAt(name, at, { target, payload }) {
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new Error(`not a timer's name: ${JSON.stringify(name)}`);
      const instant = Date.parse(at);
      if (Number.isNaN(instant)) throw new Error(`not an instant: ${JSON.stringify(at)}`);
      arming.run(name, clock.id(), instant, target, JSON.stringify(payload));
    },

    async cancel(name) {
      statement("DELETE FROM timer WHERE name = ?").run(name);
    },

    takeDue(max, heldSeconds) {
      if (!looking.get(now())) return [];
      return (taking.all(now() + heldSeconds * 1000, holder, now(), max) as unknown as Row[]).map(parsed);
    },

    done({ name, arming }) {
      statement("DELETE FROM timer WHERE name = ? AND arming = ?").run(name, arming);
    },

    letGo({ name, arming }, seconds) {
      const at = now() + seconds * 1000;
      statement("UPDATE timer SET at = ?, holder = NULL WHERE name = ? AND arming = ?").run(at, name, arming);
    },

    armed(name) {
      const row = statement("SELECT * FROM timer WHERE name = ?").get(name) as unknown as Row | undefined;
      return row && { at: new Date(row.at).toISOString(), target: row.target, payload: parsed(row).payload };
    },

    nextAt() {
      const row = statement(`SELECT min(at) AS at FROM timer WHERE tries < ${maxReceives}`).get();
      return (row?.at as number | null) ?? undefined;
    },

    parked() {
      const rows = statement(`SELECT name FROM timer WHERE tries >= ${maxReceives} AND holder IS NULL`).all();
      return rows.map(({ name }) => String(name));
    },

    takeBack() {
      for (const { holder: other } of statement("SELECT DISTINCT holder FROM timer WHERE holder IS NOT NULL").all())
        if (isGone(String(other), holder))
          statement("UPDATE timer SET at = ?, holder = NULL WHERE holder = ?").run(now(), other as string);
    },
  };
}
