import { type Note, note, Refusal } from "../refusal.ts";
import { type ArticleText, articleTextSchema, type Image, type Picture } from "./article.ts";
import { changePictures } from "./change-pictures.ts";
import { picturesOf } from "./contents.ts";
import { decodeText } from "./encoding.ts";
import { finish, languageOf } from "./finish.ts";
import { isRefused, type Manuscript } from "./manuscript.ts";
import { type MarkdownReading, readSubmitted } from "./markdown.ts";
import type { MadePicture } from "./picture.ts";
import { placePictures } from "./place-pictures.ts";
import { type PlainReading, readPlainText } from "./plain-text.ts";
import type { Sorted } from "./sort-files.ts";
import type { Masthead } from "./submission.ts";
import type { WordReading } from "./word.ts";

/** The files of a submission become an article, or the reasons why not: all of them at once. */

export interface Reading {
  readonly text: ArticleText | undefined;
  readonly masthead: Masthead | undefined;
  /** Files the text names that have not come. */
  readonly missing: readonly string[];
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
}

export type Outcome =
  | { readonly state: "waiting"; readonly waitingFor: readonly string[]; readonly notes: readonly Note[] }
  | { readonly state: "refused"; readonly refusals: readonly Refusal[]; readonly notes: readonly Note[] }
  | {
      readonly state: "ingested";
      readonly text: ArticleText;
      readonly images: Readonly<Record<string, Image>>;
      readonly masthead: Masthead | undefined;
      readonly notes: readonly Note[];
    };

/** Reads the text and finds out which pictures it names; pictures are not looked into yet. */
export function readText(sorted: Sorted, bytes: Uint8Array | undefined): Reading {
  const { text, refusals } = sorted;
  if (!text && refusals.length === 0) return nothingRead(sorted, [], note("waits-for-text"));
  if (!text || !bytes) return nothingRead(sorted, []);
  return orRefusals(sorted, () => read(sorted, text.name, bytes));
}

/**
 * The same for a Word file, which was read elsewhere.
 *
 * @param manuscript undefined while it is being read
 * @param pictures names of those in the file and beside it that have a place of their own
 */
export function takeManuscript(
  sorted: Sorted,
  manuscript: Manuscript | undefined,
  pictures: readonly string[],
): Reading {
  const name = sorted.text?.name ?? "";
  if (!manuscript)
    return nothingRead(sorted, [], ...(sorted.refusals.length > 0 ? [] : [note("being-read", { name })]));
  if (isRefused(manuscript)) return nothingRead(sorted, manuscript);
  return orRefusals(sorted, () => whole(sorted, name, manuscript, pictures));
}

const nothingRead = (sorted: Sorted, refusals: readonly Refusal[], ...notes: Note[]): Reading => ({
  ...{ text: undefined, masthead: undefined, missing: [] },
  notes: [...sorted.notes, ...notes],
  refusals: [...sorted.refusals, ...refusals],
});

function orRefusals(sorted: Sorted, read: () => Reading): Reading {
  try {
    return read();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return nothingRead(sorted, [refusal]);
  }
}

function read(sorted: Sorted, name: string, bytes: Uint8Array): Reading {
  const decoded = decodeText(name, bytes);
  if (googleLink.test(decoded.text)) throw new Refusal("google-document", { name });
  const isMarkdown = sorted.format === "markdown" || /^\s*---[ \t]*\S*[ \t]*\n/.test(decoded.text);
  const reading: MarkdownReading | PlainReading = isMarkdown
    ? readSubmitted(decoded.text.replaceAll("\f", "\n"))
    : readPlainText(decoded.text);
  const files = sorted.pictures.map((file) => file.name);
  return whole(sorted, name, { ...reading, notes: [...decoded.notes, ...reading.notes] }, files);
}

/** A text that is nothing else. */
const googleLink = /^\s*<?https?:\/\/(docs|drive)\.google\.com\/\S*>?\s*$/i;

/** What was read, with its pictures in place and everything said that had to be assumed. */
function whole(
  sorted: Sorted,
  name: string,
  reading: MarkdownReading | PlainReading | WordReading,
  pictures: readonly string[],
): Reading {
  const notes = [...sorted.notes, ...reading.notes];
  const placed = placePictures(wholeText(reading, name, notes), pictures, reading.decorative);
  const text = finish(creditAll(placed.text, reading.credit), notes);
  const refusals = [...sorted.refusals, ...boundsOf(text), ...emptiness(text, name)];
  const masthead = isPlain(reading) ? reading.masthead : undefined;
  return {
    text,
    masthead,
    missing: placed.missing,
    notes: [...notes, ...placed.notes, ...creditAlone(text, reading.credit)],
    refusals,
  };
}

const isPlain = (reading: MarkdownReading | PlainReading | WordReading): reading is PlainReading =>
  "masthead" in reading;

/** What a text does not say is assumed, and told. */
function wholeText({ text }: MarkdownReading, name: string, notes: Note[]): ArticleText {
  const stem = name.replace(/\.[^.]+$/, "").replace(/[_-]+/g, " ");
  if (text.title === "") notes.push(note("title-assumed", { title: stem }));
  const kind =
    text.kind ?? (text.event ? "date" : text.blocks.some(({ type }) => type === "interview") ? "interview" : "report");
  return { ...text, kind, title: text.title || stem, language: text.language ?? languageOf(text) };
}

/** Whoever made photos that get their place later is not lost meanwhile. */
const creditAlone = (text: ArticleText, credit: string | null): Note[] =>
  credit === null || picturesOf(text).length > 0 ? [] : [note("credit-unplaced", { credit })];

const creditAll = (text: ArticleText, credit: string | null): ArticleText =>
  credit === null ? text : changePictures(text, (picture) => ({ ...picture, credit: picture.credit ?? credit }));

function boundsOf(text: ArticleText): Refusal[] {
  const fields = new Set((articleTextSchema.safeParse(text).error?.issues ?? []).map(({ path }) => String(path[0])));
  return [...fields].map((field) => new Refusal("article-bounds", { field }));
}

/** A head alone is an article only where everything is in it. */
const emptiness = (text: ArticleText, name: string): Refusal[] =>
  text.blocks.length > 0 || text.lead.length > 0 || text.event || text.teaser !== "" || text.kind === "advertisement"
    ? []
    : [new Refusal("no-text", { name })];

// ── pictures ───────────────────────────────────────────────────────────────────────────────────

/** The decision, once every picture that came was looked into. */
export function decide(reading: Reading, pictures: ReadonlyMap<string, MadePicture | Refusal>): Outcome {
  const broken = [...pictures.values()].filter((made) => made instanceof Refusal);
  const refusals = [...reading.refusals, ...broken];
  const made = new Map(
    [...pictures].flatMap(([name, each]) => (each instanceof Refusal ? [] : [[name, each] as const])),
  );
  const notes = [...reading.notes, ...[...made.values()].flatMap((each) => each.notes)];
  if (refusals.length > 0) return { state: "refused", refusals, notes };
  if (!reading.text || reading.missing.length > 0) return { state: "waiting", waitingFor: reading.missing, notes };
  const suggested = takeSuggestions(reading.text, made);
  return {
    state: "ingested",
    text: suggested.text,
    images: Object.fromEntries([...made].map(([name, { image }]) => [name, image])),
    masthead: reading.masthead,
    notes: [...notes, ...suggested.notes, ...gaps(suggested.text, made)],
  };
}

/** Caption and credit from a picture's own metadata, where the text says none. */
function takeSuggestions(
  text: ArticleText,
  made: ReadonlyMap<string, MadePicture>,
): { text: ArticleText; notes: Note[] } {
  const notes: Note[] = [];
  const heroAndText = changePictures(text, (picture) => {
    const suggested = made.get(picture.name)?.suggested;
    const credit = picture.credit ?? (suggested?.credit || null);
    const isBare = picture.caption.length === 0 && suggested !== undefined && suggested.caption !== "";
    const caption = isBare ? [{ type: "text" as const, text: suggested.caption }] : picture.caption;
    if (credit !== picture.credit) notes.push(note("credit-suggested", { name: picture.name, credit: credit ?? "" }));
    if (isBare) notes.push(note("caption-suggested", { name: picture.name, caption: suggested.caption }));
    return { ...picture, credit, caption };
  });
  const portraits = heroAndText.authors.map(({ portrait, ...author }, index) => ({
    ...author,
    // A portrait needs no caption: the name stands beside it.
    portrait: portrait && { ...portrait, caption: text.authors[index]?.portrait?.caption ?? [] },
  }));
  return { text: { ...heroAndText, authors: portraits }, notes };
}

/** What a build will ask for: better said while the author still has the picture at hand. */
function gaps(text: ArticleText, made: ReadonlyMap<string, MadePicture>): Note[] {
  const come = picturesOf(text).filter(({ name }) => made.has(name));
  const portraits = new Set(text.authors.map(({ portrait }) => portrait?.name));
  return [
    ...unique(come.filter(({ alt, name }) => alt === null && !portraits.has(name))).map((name) =>
      note("alt-missing", { name }),
    ),
    ...unique(come.filter(({ credit }) => credit === null)).map((name) => note("credit-missing", { name })),
  ];
}

const unique = (pictures: readonly Picture[]): string[] => [...new Set(pictures.map(({ name }) => name))];
