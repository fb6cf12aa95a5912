import { dateFormat } from "../formats.ts";
import type { Language } from "../words.ts";

/** "30. November 2026, 15:46 Uhr", by the clock of the publication. */
export function spokenTime(at: string, timeZone: string, language: Language): string {
  const say = (options: Intl.DateTimeFormatOptions): string =>
    dateFormat(language === "de" ? "de-DE" : "en-GB", { ...options, timeZone }).format(new Date(at));
  const [day, time] = [say({ dateStyle: "long" }), say({ hour: "2-digit", minute: "2-digit" })];
  return `${day}, ${time}${language === "de" ? " Uhr" : ""}`;
}
