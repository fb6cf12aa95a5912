import { dateFormat } from "../formats.ts";
import { fromTheWall, onTheWall } from "../wall-clock.ts";
import { fill, type Language, words } from "../words.ts";

/** Times an issue leaves at, as people say them and as forms hold them. */

/** "Dienstag, 3. Februar 2026, 9:00 Uhr (Europe/Berlin)" */
export function spokenMoment(at: string, timeZone: string, language: Language): string {
  const say = (options: Intl.DateTimeFormatOptions): string =>
    dateFormat(language === "de" ? "de-DE" : "en-GB", { ...options, timeZone }).format(new Date(at));
  const day = say({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return `${day}, ${spokenHour(at, timeZone, language)} (${timeZone})`;
}

/** "9:00 Uhr" */
export function spokenHour(at: string, timeZone: string, language: Language): string {
  const [locale, hour, end] = language === "de" ? ["de-DE", "numeric", " Uhr"] : ["en-GB", "2-digit", ""];
  const time = dateFormat(locale, { hour: hour as "numeric", minute: "2-digit", timeZone }).format(new Date(at));
  return time + end;
}

/** What the two fields of a form hold: by the publication's clock. */
export function fieldsOf(at: Date, timeZone: string): { readonly date: string; readonly time: string } {
  const [date = "", time = ""] = onTheWall(at, timeZone).split("T");
  return { date, time: time.slice(0, "09:00".length) };
}

/** The instant two fields mean; undefined where they mean none. */
export function readMoment(date: string, time: string, timeZone: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d(:\d\d)?$/.test(time)) return undefined;
  const wall = new Date(`${date}T${time.slice(0, 5)}:00Z`);
  const isThere = !Number.isNaN(wall.getTime()) && wall.toISOString().startsWith(date);
  return isThere ? fromTheWall(wall, timeZone) : undefined;
}

const [minute, hour, day] = [60, 3600, 86_400];

/** "etwa 12 Minuten"; never exact, since no estimate is. */
export function spokenDuration(seconds: number, language: Language): string {
  const say = words(language).desk.duration;
  if (seconds <= minute) return say.soon;
  if (seconds < 2 * hour) return fill(say.minutes, { minutes: Math.ceil(seconds / minute) });
  if (seconds < 2 * day) return fill(say.hours, { hours: Math.ceil(seconds / hour) });
  return fill(say.days, { days: Math.ceil(seconds / day) });
}
