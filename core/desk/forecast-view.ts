import { reasons } from "../delivery/account-rows.ts";
import { total } from "../delivery/batch.ts";
import { spokenNumber } from "../spoken-number.ts";
import type { ExclusionReason } from "../subscriber/subscriber.ts";
import { fill, type Language, words } from "../words.ts";
import { spokenDuration, spokenMoment } from "./moment.ts";
import { spokenTime } from "./spoken-time.ts";

/** To whom an issue goes, what that costs and how long it takes. */
export interface Counted {
  readonly at: string;
  readonly sendAt: string;
  readonly readers: number;
  readonly candidates: number;
  readonly excluded: Readonly<Partial<Record<ExclusionReason, number>>>;
  readonly last: { readonly issue: string; readonly readers: number } | null;
  readonly isFarOff: boolean;
  readonly cost: { readonly total: number; readonly ses: number; readonly isRented: boolean };
  readonly seconds: number | null;
}

export interface ForecastView {
  readonly readers: string;
  readonly candidates: string;
  readonly rows: readonly { readonly label: string; readonly count: string }[];
  readonly leftOut: string;
  /** So many more or fewer than last time that somebody should look. */
  readonly warning: string | null;
  readonly cost: string;
  readonly duration: string;
  /** The same in a sentence. */
  readonly takes: string;
  readonly moment: string;
  /** When it was counted. */
  readonly counted: string;
}

export function forecastView(forecast: Counted, timeZone: string, language: Language): ForecastView {
  const say = words(language).desk.audience;
  const number = (count: number): string => spokenNumber(language, count);
  const { readers, last, excluded } = forecast;
  const duration = forecast.seconds === null ? say.never : spokenDuration(forecast.seconds, language);
  return {
    ...{ readers: number(readers), candidates: number(forecast.candidates), leftOut: number(total(excluded)) },
    rows: (Object.keys(excluded) as ExclusionReason[])
      .filter((reason) => (excluded[reason] ?? 0) > 0)
      .map((reason) => ({ label: reasonOf(language, reason), count: number(excluded[reason] ?? 0) })),
    warning:
      forecast.isFarOff && last
        ? fill(say.farOff, { readers: number(readers), last: last.issue, before: number(last.readers) })
        : null,
    cost: costOf(forecast.cost, language),
    duration,
    takes: forecast.seconds === null ? say.never : fill(say.takes, { duration }),
    moment: spokenMoment(forecast.sendAt, timeZone, language),
    counted: fill(say.counted, { at: spokenTime(forecast.at, timeZone, language) }),
  };
}

/** The words the account has for it. */
const reasonOf = (language: Language, reason: ExclusionReason): string =>
  reasons(language, { [reason]: 1 }).replace(/ 1$/, "");

const cent = 0.01;

function costOf({ total: sum, isRented }: Counted["cost"], language: Language): string {
  const say = words(language).desk.audience;
  const money = new Intl.NumberFormat(language, { style: "currency", currency: "USD" });
  const spoken = fill(sum < cent ? say.less : say.about, { sum: money.format(Math.max(cent, sum)) });
  return fill(isRented ? say.cost : say.costHere, { sum: spoken });
}
