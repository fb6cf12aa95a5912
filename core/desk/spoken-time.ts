import type { Language } from "../words.ts";

/** "30. November 2026, 15:46 Uhr", by the clock of the publication. */
export function spokenTime(at: string, timeZone: string, language: Language): string {
  const [day, time] = clockOf(timeZone, language).map((format) => format.format(new Date(at)));
  return `${day}, ${time}${language === "de" ? " Uhr" : ""}`;
}

const clocks = new Map<string, readonly Intl.DateTimeFormat[]>();

/** Making one takes longer than everything else a line of a list costs. */
function clockOf(timeZone: string, language: Language): readonly Intl.DateTimeFormat[] {
  const name = `${language} ${timeZone}`;
  const known = clocks.get(name);
  if (known) return known;
  const made = ([{ dateStyle: "long" }, { hour: "2-digit", minute: "2-digit" }] as const).map(
    (options) => new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", { ...options, timeZone }),
  );
  clocks.set(name, made);
  return made;
}
