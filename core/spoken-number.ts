import { numberFormat } from "./formats.ts";
import type { Language } from "./words.ts";

/** "1.204" */
export const spokenNumber = (language: Language, count: number): string => numberFormat(language).format(count);
