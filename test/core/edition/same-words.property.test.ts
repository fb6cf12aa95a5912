import { expect, it } from "vitest";
import type { Article, Block, Inline } from "../../../core/article/article.ts";
import { renderEmail } from "../../../core/edition/email.ts";
import fc from "../../lots.ts";
import { anArticle, anAuthor, anEditionInput, aPicture, t } from "../../people-and-papers.ts";
import { papers } from "../../spring-issue.ts";

/** Whatever an author writes, a build must never be refused because the two parts print it differently. */

const awkward = fc.constantFrom(
  "[1]",
  "[Bild: Turm]",
  "[1] https://a.example/",
  "https://a.example/x).",
  "mailto:a@b.example",
  "tel:",
  "1.",
  "- ",
  "| ",
  "CO₂ m²",
  "e\u0301",
  "Łužica",
  "Ausgabe 01|26",
  "\u00A0",
  "\u00AD",
  "\u200B",
  "ﬁ",
  "½",
  "—",
  "* * *",
  "ⅷ",
  "a.b@c",
  "…",
  "[[2]]",
  "(1)",
  "<b>",
  "&shy;",
  "\n",
  "שלום",
  "漢字",
  "👩‍🚀",
  "\u0301",
  "²",
  "x".repeat(90),
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: "grapheme", maxLength: 12 })), { maxLength: 5 })
  .map((parts) => parts.join(" "));
const said = text.map((words) => `W ${words}`);
const url = fc.constantFrom(
  "https://a.example/?a=1&b=2",
  "mailto:a@b.example",
  "tel:+4935112345",
  "http://a.example/x_(y)",
);

const { inlines } = fc.letrec<{ inline: Inline; inlines: Inline[] }>((tie) => ({
  inline: fc.oneof(
    { depthSize: "small" },
    text.map((words): Inline => ({ type: "text", text: words })),
    fc.record({ type: fc.constant("abbr" as const), title: text, text }),
    fc.constant<Inline>({ type: "break" }),
    fc.constant<Inline>({ type: "noteRef", number: 1 }),
    fc.record({
      type: fc.constantFrom("strong" as const, "em" as const, "sup" as const, "sub" as const),
      content: tie("inlines"),
    }),
    // A link holds words and no link.
    fc.record({ type: fc.constant("link" as const), url, content: said.map((words) => t(words)) }),
    fc.record({ type: fc.constant("lang" as const), language: fc.constant("hsb"), content: tie("inlines") }),
  ) as fc.Arbitrary<Inline>,
  inlines: fc.array(tie("inline"), { maxLength: 4 }),
}));

const { blocks } = fc.letrec<{ block: Block; blocks: Block[] }>((tie) => ({
  block: fc.oneof(
    { depthSize: "small" },
    inlines.map((content): Block => ({ type: "paragraph", content })),
    fc.record({
      type: fc.constant("heading" as const),
      level: fc.constantFrom(2 as const, 3 as const, 4 as const),
      content: inlines,
    }),
    fc.record({ type: fc.constant("embed" as const), url: fc.constant("https://film.example/1"), title: text }),
    fc.constant<Block>({ type: "separator" }),
    fc.record({
      type: fc.constant("table" as const),
      caption: inlines,
      align: fc.constant([]),
      head: fc.array(inlines, { maxLength: 3 }),
      rows: fc.array(fc.array(inlines, { maxLength: 3 }), { maxLength: 3 }),
    }),
    fc
      .record({ alt: text, caption: inlines })
      .map(({ alt, caption }): Block => ({ type: "figure", picture: aPicture("a.jpg", { alt, caption }) })),
    fc.record({
      type: fc.constant("list" as const),
      ordered: fc.boolean(),
      start: fc.nat(12),
      items: fc.array(tie("blocks"), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant("quote" as const), blocks: tie("blocks"), source: inlines }),
    fc.record({ type: fc.constant("infobox" as const), title: inlines, blocks: tie("blocks") }),
    fc
      .record({ question: inlines, answer: tie("blocks"), speaker: text })
      .map((turn): Block => ({ type: "interview", turns: [turn] })),
  ) as fc.Arbitrary<Block>,
  blocks: fc.array(tie("block"), { maxLength: 3 }),
}));

const article: fc.Arbitrary<Article> = fc
  .record({
    title: said,
    kicker: text,
    subtitle: text,
    lead: inlines,
    blocks,
    notes: fc.array(inlines, { maxLength: 2 }),
    name: said,
    role: text,
    kind: fc.constantFrom("report" as const, "notice" as const, "advertisement" as const),
    mail: fc.constantFrom("full" as const, "teaser" as const),
    label: text,
    linked: fc.option(url),
  })
  .map(({ name, role, label, linked, ...given }) =>
    anArticle({
      slug: "beitrag",
      ...given,
      authors: [anAuthor(name, role)],
      hero: aPicture("b.jpg", { alt: role, caption: given.lead }),
      linkBox: { title: role, entries: [{ kind: "web", label, url: linked }] },
    }),
  );

it("never finds different words in the two parts of one letter", async () => {
  await fc.assert(
    fc.asyncProperty(article, fc.boolean(), async (one, alone) => {
      const { refusals } = await renderEmail(anEditionInput(alone ? { A: [one] } : { A: [papers.counter, one] }));
      expect(refusals.map(({ details }) => details.difference)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
