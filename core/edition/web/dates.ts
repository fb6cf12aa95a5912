import { dateFormat, numberFormat } from "../../formats.ts";
import type { Language } from "../../words.ts";

const regions: Readonly<Record<Language, string>> = { de: "de-DE", en: "en-GB" };

const dayAndMonth = { day: "numeric", month: "long" } as const;

/** A day as people write it: "2. März 2026". The day never parts from its month. */
export const longDay = (day: string, language: Language): string => bound(formatOf(language, true).format(dayOf(day)));

/** The day of an instant by the clock on a publication's wall, as {@link longDay} writes it. */
export const longDayOf = (at: Date, timeZone: string, language: Language): string =>
  bound(dateFormat(regions[language], { ...dayAndMonth, year: "numeric", timeZone }).format(at));

/** When something takes place; the year is named where it is not the issue's. Set in ordinary spaces. */
export function spokenDays(
  { day, until }: { readonly day: string; readonly until: string | null },
  { year, language }: { readonly year: number; readonly language: Language },
): string {
  const otherYear = [day, until ?? day].some((one) => Number(one.slice(0, 4)) !== year);
  const format = formatOf(language, otherYear);
  return until ? format.formatRange(dayOf(day), dayOf(until)) : format.format(dayOf(day));
}

/** {@link spokenDays} for a page, where no day parts from its month. */
export const eventDays = (...given: Parameters<typeof spokenDays>): string => bound(spokenDays(...given));

const formatOf = (language: Language, withYear: boolean): Intl.DateTimeFormat =>
  dateFormat(regions[language], { ...dayAndMonth, ...(withYear ? { year: "numeric" } : {}), timeZone: "UTC" });

const dayOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

const bound = (text: string): string => text.replace(/(\d\.?) (?=\p{L})/gu, "$1\u00A0");

/** "PDF, 4,2 MB", in one line */
export const fileFacts = (file: string, bytes: number, language: Language): string =>
  [(/\.(\w{1,5})$/.exec(file)?.[1] ?? "").toUpperCase(), fileSize(bytes, language)].join(",\u00A0");

function fileSize(bytes: number, language: Language): string {
  const [value, unit] =
    bytes >= 1_000_000 ? [bytes / 1_000_000, "MB"] : [bytes === 0 ? 0 : Math.max(1, bytes / 1000), "KB"];
  const digits = unit === "MB" ? 1 : 0;
  return `${numberFormat(regions[language], { maximumFractionDigits: digits }).format(value)}\u00A0${unit}`;
}
