import * as z from "zod";
import { type Note, note } from "../refusal.ts";
import { type ArticleText, type Author, type Inline, longestTeaser, type Picture } from "./article.ts";
import { creditLine } from "./credit.ts";
import { readFocus } from "./focus.ts";
import {
  type AuthorField,
  authorWords,
  findWord,
  type HeadField,
  headWords,
  kindWords,
  languageWords,
  mailWords,
  nearestWord,
  type PictureField,
  pictureWords,
} from "./head-words.ts";
import { saysYes } from "./markdown/attributes.ts";
import { readInline } from "./markdown/inline.ts";
import { germanMonths } from "./months.ts";
import { pictureTypeNamed } from "./picture-type.ts";
import { shorten } from "./plain.ts";
import { fileNameOf } from "./submission.ts";

/** What front matter says of an article, with everything that can be told from it alone. */
export interface Head {
  text: Pick<
    ArticleText,
    "kicker" | "title" | "subtitle" | "teaser" | "lead" | "authors" | "hero" | "event" | "mail"
  > & {
    kind: ArticleText["kind"] | undefined;
    language: ArticleText["language"] | undefined;
  };
  /** Who made every picture that names nobody. */
  readonly credit: string | null;
  /** Pictures that only adorn. */
  readonly decorative: readonly string[];
  readonly notes: readonly Note[];
}

type Fields<F extends string> = Partial<Record<F, unknown>>;
type Words = Parameters<typeof findWord>[0];

/** Reads front matter, keys and values in either language; what it cannot use is told as a note. */
export function readHead(front: Readonly<Record<string, unknown>>): Head {
  const notes: Note[] = [];
  const fields = fieldsOf<HeadField>(headWords, front, notes);
  const line = (field: HeadField) => lineOf(fields[field]);
  const kind = choice(kindWords, line("kind"), notes);
  const teaser = line("teaser");
  if (teaser.length > longestTeaser) notes.push(note("teaser-shortened", { length: teaser.length }));
  return {
    text: {
      kind,
      language: choice(languageWords, line("language"), notes),
      kicker: line("kicker"),
      title: line("title"),
      subtitle: line("subtitle"),
      teaser: shorten(teaser, longestTeaser),
      lead: leadOf(line("lead"), teaser),
      authors: authorsOf(fields, notes),
      hero: heroOf(fields, notes),
      event: kind === "date" || (kind === undefined && fields.place !== undefined) ? eventOf(fields, notes) : null,
      mail: choice(mailWords, line("mail"), notes) === "full" ? "full" : "teaser",
    },
    credit: creditLine(line("credit"))?.credit ?? (line("credit") || null),
    decorative: listOf(fields.decorative).flatMap((name) => fileNameOf(lineOf(name)) ?? []),
    notes,
  };
}

/** A teaser too long to be one is a lead: no word is lost. */
const leadOf = (lead: string, teaser: string): readonly Inline[] =>
  readInline(lead || (teaser.length > longestTeaser ? teaser : ""));

/** Known keys by our names; the others are told, with the key that was probably meant. */
function fieldsOf<F extends string>(words: Words, map: Readonly<Record<string, unknown>>, notes: Note[]): Fields<F> {
  const fields: Fields<string> = {};
  for (const [key, value] of Object.entries(map)) {
    const field = findWord(words, key);
    if (field !== undefined) {
      fields[field] ??= value;
      continue;
    }
    const near = nearestWord(words, key);
    notes.push(near === undefined ? note("key-unknown", { key }) : note("key-unknown-near", { key, near }));
  }
  return fields as Fields<F>;
}

const lineOf = (value: unknown): string =>
  typeof value === "string"
    ? value.replace(/[ \t\n]+/g, " ").trim()
    : Array.isArray(value)
      ? value.map(lineOf).join(", ")
      : "";
const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value];
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function choice<W extends Words>(words: W, typed: string, notes: Note[]): keyof W | undefined {
  if (typed === "") return undefined;
  const found = findWord(words, typed);
  if (found === undefined)
    notes.push(
      note("value-unknown", {
        value: typed,
        known: Object.values(words)
          .map(({ de }) => de[0])
          .join(", "),
      }),
    );
  return found;
}

// ── people ─────────────────────────────────────────────────────────────────────────────────────

/** "Max Muster, Bürgermeister", a list of such lines, or maps with name, role and portrait. */
function authorsOf(fields: Fields<HeadField>, notes: Note[]): Author[] {
  const authors = listOf(fields.authors).flatMap((entry) =>
    isMap(entry) ? [authorOf(entry, notes)] : namesIn(lineOf(entry)),
  );
  const [only] = authors;
  if (authors.length !== 1 || !only) return authors.filter(({ name }) => name !== "");
  const portrait = pictureOf(fields.portrait, notes) ?? only.portrait;
  return [{ name: only.name, roleAtTime: lineOf(fields.role) || only.roleAtTime, portrait }].filter(
    ({ name }) => name !== "",
  );
}

function authorOf(map: Record<string, unknown>, notes: Note[]): Author {
  const { name, role, portrait, credit } = fieldsOf<AuthorField>(authorWords, map, notes);
  return { name: lineOf(name), roleAtTime: lineOf(role), portrait: portraitOf(portrait, lineOf(credit), notes) };
}

function portraitOf(value: unknown, credit: string, notes: Note[]): Picture | null {
  if (value === undefined && pictureTypeNamed(credit) !== undefined) return pictureOf(credit, notes);
  const portrait = pictureOf(value, notes);
  return portrait && { ...portrait, credit: portrait.credit ?? (credit || null) };
}

function namesIn(line: string): Author[] {
  const [names = "", ...role] = line.split(",");
  const roleAtTime = role.join(",").trim();
  return names.split(/\s+(?:und|and|&)\s+/).map((name) => ({ name: name.trim(), roleAtTime, portrait: null }));
}

// ── pictures ───────────────────────────────────────────────────────────────────────────────────

function heroOf(fields: Fields<HeadField>, notes: Note[]): Picture | null {
  const hero = pictureOf(fields.hero, notes);
  if (!hero || isMap(fields.hero)) return hero;
  const focus = readFocus(lineOf(fields.focus), notes);
  return { ...hero, alt: lineOf(fields.alt) || null, caption: readInline(lineOf(fields.caption)), ...focus };
}

/** "foto.jpg", or a map with file, alt, caption and credit. */
function pictureOf(value: unknown, notes: Note[]): Picture | null {
  const fields: Fields<PictureField> = isMap(value)
    ? fieldsOf<PictureField>(pictureWords, value, notes)
    : { file: value };
  const name = fileNameOf(lineOf(fields.file));
  if (name === undefined) return null;
  const alt = saysYes(fields.decorative === undefined ? undefined : lineOf(fields.decorative))
    ? ""
    : lineOf(fields.alt) || null;
  const focus = readFocus(lineOf(fields.focus), notes);
  return { name, alt, caption: readInline(lineOf(fields.caption)), credit: lineOf(fields.credit) || null, ...focus };
}

// ── dates ──────────────────────────────────────────────────────────────────────────────────────

function eventOf(fields: Fields<HeadField>, notes: Note[]): ArticleText["event"] {
  const day = dayOf(lineOf(fields.day));
  if (day === undefined) {
    notes.push(note("day-unknown", { day: lineOf(fields.day) || "–" }));
    return null;
  }
  return { day, until: dayOf(lineOf(fields.until)) ?? null, place: lineOf(fields.place) };
}

const months = germanMonths.map((month) => month.toLowerCase());

/** "2026-05-12", "12.5.2026", "12. Mai 2026". */
function dayOf(typed: string): string | undefined {
  const iso = /^\d{4}-\d{2}-\d{2}$/.exec(typed)?.[0];
  const german = /(\d{1,2})\.\s*(\d{1,2}|\p{L}+)\.?\s*(\d{4})/u.exec(typed);
  const month =
    german && (/^\d/.test(german[2] ?? "") ? Number(german[2]) : months.indexOf((german[2] ?? "").toLowerCase()) + 1);
  const day =
    iso ??
    (german ? `${german[3]}-${String(month).padStart(2, "0")}-${(german[1] ?? "").padStart(2, "0")}` : undefined);
  return z.iso.date().safeParse(day).data;
}
