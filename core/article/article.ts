import * as z from "zod";

/**
 * The one form of an article every edition renders from. Author text is data: no HTML, no template, no control
 * characters anywhere in it.
 */

export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "strong" | "em" | "sup" | "sub"; readonly content: readonly Inline[] }
  | { readonly type: "link"; readonly url: string; readonly content: readonly Inline[] }
  | { readonly type: "lang"; readonly language: string; readonly content: readonly Inline[] }
  | { readonly type: "abbr"; readonly title: string; readonly text: string }
  | { readonly type: "noteRef"; readonly number: number }
  | { readonly type: "break" };

/** The schemes a link may have; everything else would deceive or harm a reader. */
const linkSchemes = ["http:", "https:", "mailto:", "tel:"] as const;

/** Absolute, one of {@link linkSchemes}, no control characters and no spaces. */
export const isLink = (url: string): boolean =>
  !/[\u0000-\u0020\u007f]/.test(url) &&
  URL.canParse(url) &&
  (linkSchemes as readonly string[]).includes(new URL(url).protocol);

const link = z.string().max(2000).refine(isLink);
const text = z.string().max(1_000_000);
const line = z.string().max(2000);

const inlineSchema: z.ZodType<Inline> = z.lazy(() =>
  z.union([
    z.strictObject({ type: z.literal("text"), text }),
    z.strictObject({ type: z.enum(["strong", "em", "sup", "sub"]), content: inlines }),
    z.strictObject({ type: z.literal("link"), url: link, content: inlines }),
    z.strictObject({
      type: z.literal("lang"),
      language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
      content: inlines,
    }),
    z.strictObject({ type: z.literal("abbr"), title: line, text: line }),
    z.strictObject({ type: z.literal("noteRef"), number: z.int().min(1) }),
    z.strictObject({ type: z.literal("break") }),
  ]),
);
const inlines: z.ZodType<readonly Inline[]> = z.array(inlineSchema).readonly();

/** Where in a picture the eye should fall: percent from its left and its top. */
const focus = z.strictObject({ x: z.int().min(0).max(100), y: z.int().min(0).max(100) });
export type Focus = z.infer<typeof focus>;

/**
 * A picture where it is used. `name` is the file's name beside the text (NFC, one segment); without an extension it
 * stands for a picture that is still awaited and whose file name nobody told ("bild-1", "portrait").
 */
const picture = z.strictObject({
  name: z.string().min(1).max(200),
  /** null: nobody wrote one yet (the build refuses it); "" : decorative, on purpose. */
  alt: z.string().max(2000).nullable(),
  caption: inlines,
  /** null: unknown (the build refuses it). "privat" is fine. */
  credit: z.string().max(300).nullable(),
  /** As an author or editor chose it; without one, the guess made of the image counts. */
  focus: focus.optional(),
});
export type Picture = z.infer<typeof picture>;

const listItem: z.ZodType<readonly Block[]> = z.lazy(() => z.array(blockSchema).readonly());

export type Block =
  | { readonly type: "heading"; readonly level: 2 | 3 | 4; readonly content: readonly Inline[] }
  | { readonly type: "paragraph"; readonly content: readonly Inline[] }
  | {
      readonly type: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly type: "figure"; readonly picture: Picture }
  | { readonly type: "gallery"; readonly pictures: readonly Picture[]; readonly caption: readonly Inline[] }
  | { readonly type: "quote"; readonly blocks: readonly Block[]; readonly source: readonly Inline[] }
  | {
      readonly type: "table";
      readonly caption: readonly Inline[];
      readonly align: readonly ("left" | "right" | "center" | null)[];
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly type: "infobox"; readonly title: readonly Inline[]; readonly blocks: readonly Block[] }
  | { readonly type: "interview"; readonly turns: readonly InterviewTurn[] }
  | { readonly type: "separator" }
  | { readonly type: "embed"; readonly url: string; readonly title: string };

export interface InterviewTurn {
  readonly question: readonly Inline[];
  readonly answer: readonly Block[];
  /** Who answers, where it is not always the same person; "" otherwise. */
  readonly speaker: string;
}

const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("heading"),
      level: z.union([z.literal(2), z.literal(3), z.literal(4)]),
      content: inlines,
    }),
    z.strictObject({ type: z.literal("paragraph"), content: inlines }),
    z.strictObject({
      type: z.literal("list"),
      ordered: z.boolean(),
      start: z.int().min(0),
      items: z.array(listItem).readonly(),
    }),
    z.strictObject({ type: z.literal("figure"), picture }),
    z.strictObject({ type: z.literal("gallery"), pictures: z.array(picture).min(1).readonly(), caption: inlines }),
    z.strictObject({ type: z.literal("quote"), blocks: z.array(blockSchema).readonly(), source: inlines }),
    z.strictObject({
      type: z.literal("table"),
      caption: inlines,
      align: z.array(z.enum(["left", "right", "center"]).nullable()).readonly(),
      head: z.array(inlines).readonly(),
      rows: z.array(z.array(inlines).readonly()).readonly(),
    }),
    z.strictObject({ type: z.literal("infobox"), title: inlines, blocks: z.array(blockSchema).readonly() }),
    z.strictObject({
      type: z.literal("interview"),
      turns: z
        .array(z.strictObject({ question: inlines, answer: z.array(blockSchema).readonly(), speaker: line }))
        .min(1)
        .readonly(),
    }),
    z.strictObject({ type: z.literal("separator") }),
    z.strictObject({ type: z.literal("embed"), url: link, title: line }),
  ]),
);

/** One made form of a picture. Its public address is made of all that decides its bytes, see `picture-address.ts`. */
const variant = z.strictObject({
  /** mail: own ratio, ≤ 1280 px · lead: 16:10, 1280 px · portrait: 4:5, 288 × 360 · 480, 960, 1600: own ratio, web. */
  recipe: z.enum(["mail", "lead", "portrait", "480", "960", "1600"]),
  /** Of lead and portrait: what they are cut around. Those made before there was a focal point are cut in the middle. */
  focus: focus.optional(),
  type: z.enum(["jpg", "webp"]),
  width: z.int().min(1),
  height: z.int().min(1),
  bytes: z.int().min(1),
});
export type Variant = z.infer<typeof variant>;

/** The bytes behind a picture's name: the original's hash and the variants made of it once, at ingest. */
const image = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  width: z.int().min(1),
  height: z.int().min(1),
  /** Guessed at ingest; lead and portrait are always there as it has them. */
  focus: focus.optional(),
  variants: z.array(variant).readonly(),
});
export type Image = z.infer<typeof image>;

const author = z.strictObject({
  name: z.string().min(1).max(200),
  /** What they were when they wrote this; "" where nobody said. */
  roleAtTime: z.string().max(300),
  portrait: picture.nullable(),
});
export type Author = z.infer<typeof author>;

const linkBox = z.strictObject({
  title: line,
  entries: z
    .array(z.strictObject({ kind: z.enum(["web", "mail", "tel", "text"]), label: line, url: link.nullable() }))
    .min(1)
    .readonly(),
});
export type LinkBox = z.infer<typeof linkBox>;

export const articleKinds = [
  "lead",
  "report",
  "interview",
  "notice",
  "judgement",
  "date",
  "people",
  "advertisement",
] as const;

/** What a card and a mail have room for, in characters. */
export const longestTeaser = 200;

/** What an author writes and an editor corrects. Round-trips through canonical Markdown (`markdown.ts`). */
export const articleTextSchema = z.strictObject({
  kind: z.enum(articleKinds),
  language: z.enum(["de", "en"]),
  kicker: line,
  title: z.string().min(1).max(500),
  subtitle: line,
  /** "" where nobody wrote one: editions then shorten the lead or the first paragraph. */
  teaser: z.string().max(longestTeaser),
  /** The standfirst; empty where there is none. */
  lead: inlines,
  authors: z.array(author).readonly(),
  hero: picture.nullable(),
  blocks: z.array(blockSchema).readonly(),
  linkBox: linkBox.nullable(),
  /** Footnotes, `noteRef.number` counts from 1. */
  notes: z.array(inlines).readonly(),
  /** Of a date: when and where; null for every other kind. */
  event: z.strictObject({ day: z.iso.date(), until: z.iso.date().nullable(), place: line }).nullable(),
  /** "full" brings the whole text into the mail. */
  mail: z.enum(["teaser", "full"]),
});
export type ArticleText = z.infer<typeof articleTextSchema>;

export const articleSchema = articleTextSchema.extend({
  v: z.literal(1),
  publication: z.string(),
  /** The submission's id: a corrected file makes a new revision of the same article. */
  id: z.string(),
  /** Stable from the first ingest on; unique in the publication. */
  slug: z.string(),
  revision: z.int().min(1),
  /** Files that have come, by {@link Picture} name. A picture without one is awaited and printed nowhere. */
  images: z.record(z.string(), image),
  origin: z.strictObject({
    /** Hash over NFC names and contents of the submission's files. */
    contentId: z.string(),
    format: z.enum(["markdown", "text", "word"]),
  }),
});
export type Article = z.infer<typeof articleSchema>;
