import type { ArticleText, Block, Inline, Picture } from "../../../core/article/article.ts";
import { articleKinds } from "../../../core/article/article.ts";
import { tidy } from "../../../core/article/tidy.ts";
import fc from "../../lots.ts";

/** Random articles: every block and inline there is, with the signs that trouble Markdown, YAML and directives. */

const awkward = fc.constantFrom(
  ..."*_[](){}<>#`~|\\\"'!&:;=+-.@/^$%0 1a.b 1. 2) - > # ::: ::bild[x] :hoch[2] :lang[x]{code=de} {{name}} &amp; &#42; [^1] ![a](b) www.a.de http://x.de a@b.de --- *** ~~x~~ <b> <!-- x --> Leser:innen \u00a0 – „ “ ß ü É 中 🌻 e\u0301 key: 'x' - [ ] |a|b| https://x.de/(a)_b [x]: y".split(
    " ",
  ),
);
const word = fc.oneof(
  { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(..."abcdeßüÄZ09") }) },
  { weight: 2, arbitrary: awkward },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" }) },
);
const words = fc
  .array(word, { minLength: 1, maxLength: 6 })
  .chain((list) => fc.constantFrom(list.join(" "), list.join("")));
const line = fc.oneof(fc.constant(""), words);

export const anyUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    "mailto:jana.krahl@example.org",
    "tel:+493511234567",
    "https://example.org/a_(b)*c*?d=&e[f]",
    "https://www.mühle.example/ü",
    "http://www.a.de",
  ),
);

const { inlines } = fc.letrec<{ inlines: Inline[]; inline: Inline }>((tie) => ({
  inlines: fc.array(tie("inline"), { maxLength: 4, depthIdentifier: "inline" }),
  inline: fc.oneof(
    { depthIdentifier: "inline", maxDepth: 3 },
    { weight: 5, arbitrary: words.map((text): Inline => ({ type: "text", text })) },
    { weight: 1, arbitrary: fc.constant<Inline>({ type: "break" }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((number): Inline => ({ type: "noteRef", number })) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("abbr" as const), title: words, text: words }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constantFrom("strong" as const, "em" as const, "sup" as const, "sub" as const),
        content: tie("inlines"),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("link" as const), url: anyUrl, content: tie("inlines") }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("lang" as const),
        language: fc.constantFrom("hsb", "en", "pt-BR"),
        content: tie("inlines"),
      }),
    },
  ),
}));
export const anyInlines = inlines;

const fileName = fc.oneof(
  fc.constantFrom("foto.jpg", "Grüße an [alle].png", "bild-1", "a\"b'c&amp;.webp", "mein bild (2).jpg"),
);
const percent = fc.integer({ min: 0, max: 100 });
export const anyPicture: fc.Arbitrary<Picture> = fc.record(
  {
    name: fileName,
    alt: fc.option(line),
    caption: inlines,
    credit: fc.option(words),
    focus: fc.record({ x: percent, y: percent }),
  },
  { requiredKeys: ["name", "alt", "caption", "credit"] },
);

const { block } = fc.letrec<{ block: Block; blocks: Block[] }>((tie) => ({
  blocks: fc.array(tie("block"), { maxLength: 3, depthIdentifier: "block" }),
  block: fc.oneof(
    { depthIdentifier: "block", maxDepth: 2 },
    { weight: 4, arbitrary: fc.record({ type: fc.constant("paragraph" as const), content: inlines }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("heading" as const),
        level: fc.constantFrom(2 as const, 3 as const, 4 as const),
        content: inlines,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("figure" as const), picture: anyPicture }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("gallery" as const),
        pictures: fc.array(anyPicture, { minLength: 1, maxLength: 3 }),
        caption: inlines,
      }),
    },
    { weight: 1, arbitrary: fc.constant<Block>({ type: "separator" }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("embed" as const), url: anyUrl, title: line }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("table" as const),
        caption: inlines,
        align: fc.array(fc.constantFrom("left" as const, "right" as const, "center" as const, null), { maxLength: 3 }),
        head: fc.array(inlines, { maxLength: 3 }),
        rows: fc.array(fc.array(inlines, { maxLength: 3 }), { maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("list" as const),
        ordered: fc.boolean(),
        start: fc.integer({ min: 0, max: 120 }),
        items: fc.array(tie("blocks"), { maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant("quote" as const), blocks: tie("blocks"), source: inlines }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant("infobox" as const), title: inlines, blocks: tie("blocks") }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("interview" as const),
        turns: fc.array(fc.record({ question: inlines, answer: tie("blocks"), speaker: line }), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
    },
  ),
}));

const named = words.filter((text) => text.trim() !== "");
const day = fc.constantFrom("2026-03-01", "2026-11-30");

export const anyArticle: fc.Arbitrary<ArticleText> = fc
  .record({
    kind: fc.constantFrom(...articleKinds),
    language: fc.constantFrom("de" as const, "en" as const),
    kicker: line,
    title: named,
    subtitle: line,
    teaser: line,
    lead: inlines,
    authors: fc.array(fc.record({ name: named, roleAtTime: line, portrait: fc.option(anyPicture) }), { maxLength: 2 }),
    hero: fc.option(anyPicture),
    blocks: fc.array(block, { maxLength: 6 }),
    linkBox: fc.option(
      fc.record({
        title: line,
        entries: fc.array(
          fc.record({ kind: fc.constantFrom("web" as const, "text" as const), label: line, url: fc.option(anyUrl) }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    ),
    notes: fc.array(inlines, { maxLength: 3 }),
    mail: fc.constantFrom("teaser" as const, "full" as const),
    event: fc.option(fc.record({ day, until: fc.option(day), place: line })),
  })
  .map((article) => tidy({ ...article, event: article.kind === "date" ? article.event : null }))
  .filter(({ title, authors }) => title !== "" && authors.every(({ name }) => name !== ""));
