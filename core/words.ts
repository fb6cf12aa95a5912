import { dateFormat } from "./formats.ts";
import type { Details, NoteCode, RefusalCode } from "./refusal.ts";
import de from "./wording/de.json" with { type: "json" };
import en from "./wording/en.json" with { type: "json" };

export type Language = "de" | "en";
/** All wording a person sees, by room: `words("de").email.readInBrowser`. */
export type Words = typeof de;

export const languages: readonly Language[] = ["de", "en"];

const wording: Readonly<Record<Language, Words>> = { de, en };

/** Everything a person may read, in one language. */
export const words = (language: Language): Words => wording[language];

/** Fills the gaps of a sentence: `fill("Ausgabe {label}", { label: "01|26" })`. An unknown gap stays visible. */
export function fill(sentence: string, details: Details = {}): string {
  return sentence.replace(gap, (found, quoted: string | undefined, bare: string) => {
    const value = details[quoted ?? bare];
    if (value === undefined) return found;
    return quoted === undefined ? String(value) : innerQuotes(String(value));
  });
}

/** The first kind stands in quotation marks. */
const gap = /(?<=[„“])\{(\w+)\}(?=[“”])|\{(\w+)\}/g;
/** A title that is a quote keeps its marks inside others, as typography has them. */
const innerQuotes = (value: string): string => value.replace(/[„“”]/g, (mark) => inner[mark] ?? mark);
const inner: Readonly<Record<string, string>> = { "„": "‚", "“": "‘", "”": "’" };

/** The sentence of a refusal in the reader's language. */
export const refusalSentence = (language: Language, refusal: { code: RefusalCode; details: Details }): string =>
  fill(words(language).refusal[refusal.code], spoken(language, refusal.details));

/** A day as people write it: "2026-11-23" is one for tables and machines. */
const spoken = (language: Language, details: Details): Details =>
  "day" in details && /^\d{4}-\d\d-\d\d$/.test(String(details.day))
    ? {
        ...details,
        day: dateFormat(language === "de" ? "de-DE" : "en-GB", longDay).format(new Date(String(details.day))),
      }
    : details;

const longDay = { dateStyle: "long", timeZone: "UTC" } as const;

/** The sentence of a note in the reader's language. */
export const noteSentence = (language: Language, note: { code: NoteCode; details: Details }): string =>
  fill(words(language).note[note.code], note.details);
