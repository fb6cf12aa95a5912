import type { Language } from "../words.ts";

/** "30. November 2026, 15:46 Uhr", by the clock of the publication. */
export function spokenTime(at: string, timeZone: string, language: Language): string {
  const date = new Date(at);
  const say = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", { ...options, timeZone }).format(date);
  const time = say({ hour: "2-digit", minute: "2-digit" });
  return `${say({ dateStyle: "long" })}, ${time}${language === "de" ? " Uhr" : ""}`;
}
