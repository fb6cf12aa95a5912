import type { Article } from "../article/article.ts";
import { germanMonths } from "../article/months.ts";
import { amber, type Finding } from "./finding.ts";
import { passagesOf } from "./parts.ts";
import { at } from "./place.ts";

/** Days that are not the day they are called: "Dienstag, 4. Februar 2026" was a Wednesday. */

interface Tongue {
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  /** Groups: weekday, day, month, year?; the English one may have the month before the day. */
  readonly spoken: RegExp;
}

const german: Tongue = {
  weekdays: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
  months: germanMonths,
  spoken:
    /(?<weekday>Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend),?\s+(?:(?:de[nm]|der)\s+)?(?<day>\d{1,2})\.\s*(?<month>Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|\d{1,2}(?=\.))\.?(?:\s*(?<year>\d{4}))?/gu,
};
const english: Tongue = {
  weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  months: "January February March April May June July August September October November December".split(" "),
  spoken:
    /(?<weekday>Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday),?\s+(?:the\s+)?(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month>January|February|March|April|May|June|July|August|September|October|November|December)(?:,?\s+(?<year>\d{4}))?/gu,
};

/** @param year the issue's: a day without a year may lie in it, the one before or the one after */
export function checkWeekdays(article: Article, year: number): Finding[] {
  const tongue = article.language === "de" ? german : english;
  return passagesOf(article).flatMap(({ text, place }) =>
    [...text.matchAll(tongue.spoken)].flatMap(({ 0: typed, groups = {} }): Finding[] => {
      const years = groups.year ? [Number(groups.year)] : [year, year + 1, year - 1];
      const days = years.map((one) => dayOf(groups, one, tongue));
      if (days.includes(undefined) || days.includes(saidBy(groups, tongue))) return [];
      return [
        amber("weekday-wrong", at(place, typed.trim()), {
          typed: typed.trim(),
          weekday: tongue.weekdays[days[0] ?? 0] ?? "",
        }),
      ];
    }),
  );
}

type Groups = Readonly<Record<string, string | undefined>>;

const saidBy = ({ weekday = "" }: Groups, { weekdays }: Tongue): number =>
  weekday === "Sonnabend" ? 6 : weekdays.indexOf(weekday);

/** 0 is Sunday; undefined for the 31st of February. */
function dayOf({ day, month = "" }: Groups, year: number, { months }: Tongue): number | undefined {
  const index = /^\d/.test(month) ? Number(month) - 1 : months.indexOf(month);
  const date = new Date(Date.UTC(year, index, Number(day)));
  return date.getUTCMonth() === index ? date.getUTCDay() : undefined;
}
