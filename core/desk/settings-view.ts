import { contrast, leastContrast } from "../edition/contrast.ts";
import type { House } from "../edition/edition.ts";
import { paletteFor } from "../edition/palette.ts";
import type { Publication } from "../publication.ts";
import { Refusal } from "../refusal.ts";
import { sentenceOf } from "../subscriber/consent.ts";
import { fill, type Language, refusalSentence, words } from "../words.ts";
import { confirmField, type Problems, toConfirm } from "./change-settings.ts";
import {
  type Field,
  fieldsOf,
  isTopicField,
  newTopics,
  type SectionName,
  sectionNames,
  stateOf,
  type Typed,
  topicField,
  typedOf,
} from "./settings.ts";

/** What the pages of the settings show. */

/** All sections, each with the first thing that stands in it. */
export function settingsView(language: Language, publication: Publication): object {
  const { section } = words(language).desk.setting;
  const shown = (name: SectionName | "logo", now: string | null) => [
    { url: `/${publication.id}/settings/${name}`, name: section[name].name, now },
  ];
  return {
    sections: sectionNames.flatMap((name) => [
      ...shown(name, firstLine(language, publication, name)),
      ...(name === "masthead" ? shown("logo", publication.logo?.alt ?? null) : []),
    ]),
  };
}

const longestExcerpt = 90;

function firstLine(language: Language, publication: Publication, section: SectionName): string | null {
  const typed = typedOf(publication, section);
  const fields = fieldsOf(publication, section).filter(({ kind }) => kind !== "yes" && kind !== "others");
  const [field] = fields.filter(({ name }) => typed[name]);
  const first = field ? (typed[field.name] ?? "") : "";
  if (field && (field.kind === "choice" || field.kind === "days"))
    return `${words(language).desk.setting.field[field.words].label}: ${shownAs(language, field, first)}`;
  const line = first.split("\n").filter(Boolean).join(", ");
  return line === "" ? null : line.length > longestExcerpt ? `${line.slice(0, longestExcerpt).trimEnd()} …` : line;
}

/** What somebody typed and could not be saved, or what came in between. */
export interface Returned {
  readonly typed: Typed;
  readonly problems?: Problems;
  /** Somebody was quicker: what stands now is said beside what was typed. */
  readonly isMovedOn?: boolean;
}

/** Publications that may be offered beside this one, or are. */
export type Others = readonly Pick<Publication, "id" | "title">[];

export function sectionView(
  language: Language,
  publication: Publication,
  section: SectionName,
  { others = [], ...given }: { readonly others?: Others } & Partial<Returned> = {},
): object {
  const returned = given.typed && { ...given, typed: withStruckOff(publication, given.typed) };
  const say = words(language).desk.setting;
  const standing = typedOf(publication, section);
  // Where there is no other publication, nobody is asked about any.
  const fields = fieldsOf(publication, section).filter(({ kind }) => kind !== "others" || others.length > 0);
  return {
    ...{ lead: say.section[section].lead, seen: stateOf(publication, section) },
    ...{ isMovedOn: returned?.isMovedOn ?? false, isWrong: (returned?.problems?.size ?? 0) > 0 },
    fields: fields.map((field) => ({
      ...fieldView(language, field, standing[field.name] ?? "", returned, others),
      ...usualSaid(language, publication, field),
    })),
    masthead: section === "masthead" ? mastheadView(publication) : null,
    ...{ pick: say.colour.pick, judged: `/${publication.id}/settings/colour/` },
    fixed: section === "place" ? { id: publication.id, language: say.choice[publication.language] } : null,
    confirms: confirmView(language, returned),
  };
}

function confirmView(language: Language, returned: Returned | undefined): object | null {
  const code = toConfirm(returned?.problems);
  return code ? { name: confirmField, label: words(language).desk.setting.confirm[code] } : null;
}

/** Whoever leaves their own words of consent out sees the usual ones: in the name of their publication. */
function usualSaid(language: Language, publication: Publication, { name, words: code }: Field): object {
  const [, of] = /^consentWording\.(de|en)$/.exec(name) ?? [];
  if (of !== "de" && of !== "en") return {};
  const sentence = sentenceOf({ ...publication, consentWording: {} }, of);
  return { hint: fill(words(language).desk.setting.field[code].hint, { sentence }) };
}

/** A topic that somebody else has struck off since stands among the new ones: what was typed is not lost. */
function withStruckOff({ topics }: Publication, typed: Typed): Typed {
  const known = new Set(topics.map(({ id }) => topicField(id)));
  const lost = Object.entries(typed).filter(([name, title]) => isTopicField(name) && !known.has(name) && title !== "");
  if (lost.length === 0) return typed;
  return { ...typed, [newTopics]: [...lost.map(([, title]) => title), typed[newTopics] ?? ""].join("\n").trim() };
}

/** Longer texts get more room. */
const rows = { lines: 4, sentence: 3, imprint: 8, text: 18 } as const;

export function fieldView(
  language: Language,
  field: Field,
  standing: string,
  returned: Returned | undefined,
  others: Others = [],
): object {
  const { name, kind, words: code, choices = [] } = field;
  const say = words(language).desk.setting;
  const value = returned?.typed[name] ?? standing;
  const problem = returned?.problems?.get(name);
  return {
    ...{ name, value, ...say.field[code], type: kind === "address" ? "email" : "text" },
    ...{ isArea: kind === "lines" || kind === "text", isYes: kind === "yes", isChoice: kind === "choice" },
    ...{ isColour: kind === "colour", isOn: value === "yes", rows: rowsOf(field) },
    choices: choices.map((choice) => ({ value: choice, label: say.choice[choice], isOn: choice === value })),
    others: kind === "others" ? others.map((one) => offered(one, value)) : null,
    problem: problem ? refusalSentence(language, problem) : null,
    stands: returned?.isMovedOn && standing !== value ? { text: shownAs(language, field, standing, others) } : null,
  };
}

const offered = ({ id, title }: Others[number], value: string): object => ({
  ...{ value: id, label: title, isOn: value.split("\n").includes(id) },
});

const rowsOf = ({ kind, name }: Field): number => {
  if (kind !== "text") return rows.lines;
  return name === "imprint" ? rows.imprint : name.startsWith("consentWording") ? rows.sentence : rows.text;
};

function shownAs(language: Language, { kind }: Field, text: string, others: Others = []): string {
  const titles = others.filter(({ id }) => text.split("\n").includes(id)).map(({ title }) => title);
  if (kind === "others") return titles.join("\n");
  const { choice, tick } = words(language).desk.setting;
  if (kind === "yes") return text === "yes" ? tick.on : tick.off;
  return kind === "choice" ? choice[text as keyof typeof choice] : text;
}

const mastheadView = ({ titleParts: [bold, light], subtitle }: Publication): object => ({ bold, light, subtitle });

/** A colour as somebody tries it: whether it can be read, what else to take, and the band it makes. */
export interface Judged {
  readonly isReadable: boolean;
  readonly sentence: string;
  /** The nearest colour that can be read; undefined where it is this one. */
  readonly nearest?: { readonly colour: string; readonly label: string };
  /** Of the masthead, by the names of the palette. */
  readonly band: Readonly<Record<string, string>>;
}

/** @param accent "#RRGGBB" */
export function judgeColour(language: Language, accent: string, house: House): Judged {
  const { colour } = words(language).desk.setting;
  const ratio = comma(
    language,
    Math.min(contrast(accent, "#FFFFFF"), contrast(accent, house.palette.light.tint ?? "")),
  );
  try {
    const { light } = paletteFor(accent, house.palette).palette;
    return { isReadable: true, sentence: fill(colour.good, { ratio }), band: bandOf(light) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const nearest = String(refusal.details.nearest);
    const least = comma(language, leastContrast);
    return {
      ...{ isReadable: false, sentence: fill(colour.weak, { ratio, least, nearest }) },
      nearest: { colour: nearest, label: fill(colour.take, { nearest }) },
      band: bandOf(paletteFor(nearest, house.palette).palette.light),
    };
  }
}

/** What is said of a colour on a page that has no script: nothing where it is no colour, or where more is said already. */
export const colourSaid = (language: Language, accent: string, house: House, problems?: Problems): string | null =>
  /^#[0-9a-f]{6}$/i.test(accent) && !problems?.has("accent") ? judgeColour(language, accent, house).sentence : null;

const comma = (language: Language, ratio: number): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    Math.floor(ratio * 10) / 10,
  );

const bandOf = (light: House["palette"]["light"]): Record<string, string> =>
  Object.fromEntries(
    ["band", "bandText", "bandSoft", "bandNumber", "bandRule"].map((name) => [name, light[name] ?? ""]),
  );
