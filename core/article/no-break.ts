import { germanMonths } from "./months.ts";

/** What belongs together stays on one line: a number and its unit, the groups of its digits, "z. B.". */

export const noBreak = "\u00a0";

const shortened =
  "z\\. ?B|d\\. ?h|u\\. ?a|o\\. ?ä|z\\. ?T|u\\. ?U|i\\. ?d\\. ?R|i\\. ?V\\. ?m|e\\. ?V|o\\. ?g|s\\. ?o|s\\. ?u|V\\. ?i\\. ?S\\. ?d\\. ?P|n\\. ?Chr|v\\. ?Chr|i\\. ?S\\. ?d|m\\. ?E";
/** Signs and words that mean little without the number before them. */
const signs = "%|‰|€|°C|km²?|cm|mm|m[²³]?|ha|kg|kWh?|MWh?|Mio\\.|Mrd\\.";
const units = {
  de: `${signs}|Euro|Cent|Prozent|Uhr|(?:Kilom|Zentim|M)etern?|Hektar|Tonnen|Grad|Millionen|Milliarden`,
  en: `${signs}|euros?|cents?|percent|per cent|[ap]\\.?m\\.?|met(?:er|re)s?|kilomet(?:er|re)s?|hectares?|tons?|tonnes?|million|billion`,
};

type Rule = readonly [pattern: RegExp, spaced: RegExp];

const shared: readonly Rule[] = [
  // "20 000", but neither "2025 100" nor "0351 814 900 12".
  [/(?<!\d[ \u00a0]?|[.,])\d{1,3}(?:[ \u00a0]\d{3})+(?![ \u00a0]?\d)/gu, / /g],
];
const unitRule = (language: "de" | "en"): Rule => [
  new RegExp(`\\d (?:${units[language]})(?![\\p{L}\\p{N}])`, "gu"),
  /(?<=\d) /g,
];
const rules: Readonly<Record<"de" | "en", readonly Rule[]>> = {
  de: [
    [
      new RegExp(`(?<![\\p{L}.])(?:${shortened.replaceAll(" ?", "[ \\u00a0]?")})\\.`, "gu"),
      /(?<=\.)[ \u00a0]?(?=\p{L})/gu,
    ],
    [
      /(?<![\p{L}])(?:§§?|Art\.|Abs\.|Nr\.|Ziff\.|Kap\.|Bd\.|Tel\.|Dr\.|Prof\.|S\.|Seite|Heft|Teil|Band|Kapitel|Gleis) (?=[\d\p{Lu}])/gu,
      / /g,
    ],
    [new RegExp(`(?<!\\d)\\d{1,2}\\. (?:${germanMonths.join("|")})(?!\\p{L})`, "gu"), / /g],
    // "14 zu 0 Stimmen"
    [/\d[ \u00a0]zu[ \u00a0]\d/gu, / /g],
    ...shared,
    unitRule("de"),
  ],
  en: [...shared, unitRule("en")],
};

/** Doing it twice is the same as once. */
export const holdTogether = (text: string, language: "de" | "en"): string =>
  rules[language].reduce(
    (set, [pattern, spaced]) => set.replace(pattern, (found) => found.replace(spaced, noBreak)),
    text,
  );
