import { longDay } from "../edition/web/dates.ts";
import type { Details, Note, NoteCode, Refusal, RefusalCode } from "../refusal.ts";
import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, type Words, words } from "../words.ts";
import type { Place } from "./place.ts";

/** What a check (Prüfung) says of an issue before it leaves the house. */

export type FindingCode = keyof Words["finding"];

/** red: the build refuses it, or a reader would be harmed · amber: worth a look */
export type Colour = "red" | "amber";

/** Its sentence lives in the wording: of the build's own words under `refusal` (red) and `note` (amber), else under `finding`. */
export interface Finding {
  readonly colour: Colour;
  readonly code: FindingCode | RefusalCode | NoteCode;
  readonly details: Details;
  readonly place: Place;
}

export const red = (code: FindingCode, place: Place, details: Details = {}): Finding => ({
  ...{ colour: "red", code, details, place },
});
export const amber = (code: FindingCode, place: Place, details: Details = {}): Finding => ({
  ...{ colour: "amber", code, details, place },
});

/** What the build says, at its place. */
export const ofRefusal = ({ code, details }: Pick<Refusal, "code" | "details">, place: Place): Finding => ({
  ...{ colour: "red", code, details, place },
});
export const ofNote = ({ code, details }: Note, place: Place): Finding => ({ colour: "amber", code, details, place });

/** In the reader's language: what is wrong, and what to do. */
export function findingSentence(language: Language, { colour, code, details }: Omit<Finding, "place">): string {
  const { finding, refusal, note } = words(language);
  const ofBuild: Readonly<Record<string, string>> = colour === "red" ? refusal : note;
  const own: Readonly<Record<string, string>> = finding;
  const said = code === "language-differs" ? inLanguages(details, language) : spoken(details, language);
  return fill(own[code] ?? ofBuild[code] ?? code, said);
}

/** Numbers and days as people say them. */
const spoken = (details: Details, language: Language): Details =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      if (typeof value === "number") return [name, value < 1000 ? value : spokenNumber(language, value)];
      return [name, /^\d{4}-\d\d-\d\d$/.test(value) ? longDay(value, language) : value];
    }),
  );

/** "de" is Deutsch, or German. */
function inLanguages(details: Details, language: Language): Details {
  const names = new Intl.DisplayNames([language], { type: "language" });
  return Object.fromEntries(Object.entries(details).map(([name, code]) => [name, names.of(String(code)) ?? code]));
}
