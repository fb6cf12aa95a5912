import * as z from "zod";
import { longDay } from "../core/edition/web/dates.ts";
import { fromTheWall, onTheWall } from "../core/wall-clock.ts";
import { fill, type Language, words } from "../core/words.ts";

/** Times as the clock on a publication's wall shows them. */

/** "2. März 2026, 08:00 Uhr" */
export function spokenTime(at: Date, timeZone: string, language: Language): string {
  const [day = "", time = ""] = onTheWall(at, timeZone).split("T");
  return fill(words(language).cli.time, { day: longDay(day, language), time: time.slice(0, 5) });
}

const written = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/;

/** Reads "2026-03-02T08:00", by the clock on the wall unless an offset says otherwise. Undefined when it is no time. */
export function readTime(typed: string, timeZone: string): Date | undefined {
  const [, , offset] = written.exec(typed) ?? [];
  // JavaScript would take 30 February for 2 March.
  if (!written.test(typed) || !z.iso.date().safeParse(typed.slice(0, "2026-03-02".length)).success) return undefined;
  const at = new Date(typed.replace(" ", "T") + (offset ? "" : "Z"));
  if (Number.isNaN(at.getTime())) return undefined;
  return offset ? at : fromTheWall(at, timeZone);
}

/** "2026-03-02 08:00:12", as lists and office programs show it. */
export const listedTime = (at: string, timeZone: string): string => onTheWall(new Date(at), timeZone).replace("T", " ");
