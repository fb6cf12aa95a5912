import type { Language } from "./words.ts";

/** "1.204" */
export const spokenNumber = (language: Language, count: number): string =>
  new Intl.NumberFormat(language).format(count);
