/** What writes days, hours and numbers, each made once: making one takes longer than all else a line of a list costs. */

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
const lists = new Map<string, Intl.ListFormat>();

/** @throws RangeError where there is no such time zone */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([locale, options]);
  const format = dates.get(name) ?? new Intl.DateTimeFormat(locale, options);
  dates.set(name, format);
  return format;
}

export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const name = JSON.stringify([locale, options]);
  const format = numbers.get(name) ?? new Intl.NumberFormat(locale, options);
  numbers.set(name, format);
  return format;
}

/** "Bild, Text und Ton" */
export function listFormat(locale: string): Intl.ListFormat {
  const format = lists.get(locale) ?? new Intl.ListFormat(locale, { type: "conjunction" });
  lists.set(locale, format);
  return format;
}
