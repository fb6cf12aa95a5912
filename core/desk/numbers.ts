import { numberFormat } from "../formats.ts";
import type { Language } from "../words.ts";

/** "12.400", as the language writes it. */
export const spokenNumber = (language: Language, value: number): string =>
  numberFormat(language === "de" ? "de-DE" : "en-GB").format(value);

/** As many digits as anybody reads of an estimate: "50.000". */
export const roughly = (value: number): number => {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.round(value / step) * step;
};
