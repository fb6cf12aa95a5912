import type { ArticleText } from "../../core/article/article.ts";
import type { WordReading } from "../../core/article/word.ts";
import type { OpenWord } from "../../functions/read-word.ts";

/** What a reader of Word files would have read: a title, a paragraph and a figure for every picture. */
export function aReading(pictures: Readonly<Record<string, Uint8Array>> = {}, title = "Der Steg"): WordReading {
  const figures = Object.keys(pictures).map((name) => ({
    type: "figure" as const,
    picture: { name, alt: "Ein Steg", caption: [], credit: "Jana Krahl" },
  }));
  const paragraph = { type: "paragraph" as const, content: [{ type: "text" as const, text: "Der Steg ist fertig." }] };
  const text: Omit<ArticleText, "kind" | "language"> = {
    ...{ kicker: "", title, subtitle: "", teaser: "", lead: [], authors: [], hero: null },
    ...{ blocks: [paragraph, ...figures], linkBox: null, notes: [], event: null, mail: "teaser" },
  };
  return {
    text: { ...text, kind: undefined, language: undefined },
    ...{ credit: null, decorative: [], notes: [] },
    pictures: Object.entries(pictures).map(([name, { length }]) => ({ name, bytes: length })),
  };
}

/** Opens every file as if this had been read out of it. Counts how often. */
export function opening(
  pictures: Readonly<Record<string, Uint8Array>> = {},
  title?: string,
): OpenWord & { opened: number } {
  const open: OpenWord = (_, __, use) => {
    counted.opened += 1;
    return use({
      reading: aReading(pictures, title),
      picture: async (name) => pictures[name] ?? new Uint8Array(),
    });
  };
  const counted = Object.assign(open, { opened: 0 });
  return counted;
}
