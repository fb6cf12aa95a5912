import type { Article } from "../article/article.ts";
import { germanMonths } from "../article/months.ts";
import { amber, type Finding } from "./finding.ts";
import { passagesOf } from "./parts.ts";
import { type ArticlePlace, at } from "./place.ts";

/** Days that are not the day they are called: "Dienstag, 4. Februar 2026" was a Wednesday. */

interface Tongue {
  /** Whole and short; from Sunday on. */
  readonly weekdays: readonly string[];
  readonly shortDays: readonly string[];
  /** Whole ones; a short one begins like it. */
  readonly months: readonly string[];
  /** Groups: weekday?, day, month, year?. */
  readonly spoken: readonly RegExp[];
}

const months =
  "Jan(?:uar|\\.)|Feb(?:ruar|\\.)|März|Mrz\\.|Apr(?:il|\\.)|Mai|Jun[i.]|Jul[i.]|Aug(?:ust|\\.)|Sept?(?:ember|\\.)|Okt(?:ober|\\.)|Nov(?:ember|\\.)|Dez(?:ember|\\.)";
const germanDay = String.raw`(?<weekday>Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|(?:So|Mo|Di|Mi|Do|Fr|Sa)(?=[.,])\.?)`;
const german: Tongue = {
  weekdays: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
  shortDays: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
  months: germanMonths,
  spoken: [
    new RegExp(
      String.raw`(?:(?<!\p{L})${germanDay},?\s+(?:(?:de[nm]|der)\s+)?)?(?<![\d.])(?<day>\d{1,2})\.\s*(?:(?<month>${months})(?!\p{L})(?:\s*(?<year>\d{4}))?|(?<monthNumber>\d{1,2})\.(?<numberYear>\d{4})?(?!\d))`,
      "gu",
    ),
  ],
};
const englishMonths =
  "January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?";
const englishDay = String.raw`(?:(?<weekday>Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)\b\.?),?\s+(?:the\s+)?)?`;
const english: Tongue = {
  weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  months: "January February March April May June July August September October November December".split(" "),
  spoken: [
    new RegExp(
      String.raw`\b${englishDay}(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month>${englishMonths})(?:,?\s+(?<year>\d{4}))?`,
      "gu",
    ),
    new RegExp(
      String.raw`\b${englishDay}(?<month>${englishMonths})\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|:)(?:,?\s+(?<year>\d{4}))?`,
      "gu",
    ),
  ],
};

/** @param year the issue's: a day without a year may lie in it, the one before or the one after */
export function checkWeekdays(article: Article, year: number): Finding[] {
  const tongue = article.language === "de" ? german : english;
  return passagesOf(article).flatMap(({ text, place }) =>
    tongue.spoken
      .flatMap((spoken) => [...text.matchAll(spoken)])
      .flatMap(({ 0: typed, groups = {} }) => checkDay(typed.trim(), groups, { place, year, tongue })),
  );
}

type Groups = Readonly<Record<string, string | undefined>>;
interface Said {
  readonly place: ArticlePlace;
  readonly year: number;
  readonly tongue: Tongue;
}

function checkDay(typed: string, groups: Groups, { place, year, tongue }: Said): Finding[] {
  const named = groups.year ?? groups.numberYear;
  // "Punkt 3.13." is no day of any month.
  if (groups.monthNumber !== undefined && named === undefined && groups.weekday === undefined) return [];
  const years = named ? [Number(named)] : [year, year + 1, year - 1];
  const days = years.map((one) => dayOf(groups, one, tongue)).filter((day) => day !== undefined);
  if (days.length === 0) return [amber("day-impossible", at(place, typed), { typed })];
  if (groups.weekday === undefined || days.includes(saidBy(groups.weekday, tongue))) return [];
  return [amber("weekday-wrong", at(place, typed), { typed, weekday: tongue.weekdays[days[0] ?? 0] ?? "" })];
}

function saidBy(weekday: string, { weekdays, shortDays }: Tongue): number {
  if (weekday === "Sonnabend") return 6;
  const whole = weekdays.indexOf(weekday);
  return whole === -1 ? shortDays.indexOf(weekday.replace(".", "")) : whole;
}

/** 0 is Sunday; undefined for the 31st of February. */
function dayOf({ day, month, monthNumber }: Groups, year: number, { months }: Tongue): number | undefined {
  const begin = (month ?? "")
    .replace(".", "")
    .replace(/^Mrz$/, "März")
    .replace(/^Sept$/, "Sep");
  const index = monthNumber === undefined ? months.findIndex((one) => one.startsWith(begin)) : Number(monthNumber) - 1;
  const date = new Date(Date.UTC(year, index, Number(day)));
  return date.getUTCMonth() === index ? date.getUTCDay() : undefined;
}
