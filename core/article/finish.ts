import { type Note, note } from "../refusal.ts";
import type { ArticleText, Block, Inline } from "./article.ts";
import { linkText } from "./link.ts";
import { mapInlines } from "./map-inlines.ts";
import { plainBlocks } from "./plain.ts";
import { tidy } from "./tidy.ts";
import { setType } from "./typography.ts";

/** The last touches every text gets at intake, whatever format it came in. */
export function finish(text: ArticleText, notes: Note[]): ArticleText {
  const linked = {
    ...text,
    lead: linkInlines(text.lead),
    blocks: mapInlines(text.blocks, linkInlines),
    notes: text.notes.map(linkInlines),
  };
  return tidy(setType(tidy({ ...linked, blocks: levelHeadings(linked.blocks, notes) })));
}

/** Addresses that stand in a text become links; inside a link they stay words. */
const linkInlines = (content: readonly Inline[]): Inline[] =>
  content.flatMap((inline): Inline[] => {
    if (inline.type === "text") return linkText(inline.text);
    if (inline.type === "link" || !("content" in inline)) return [inline];
    return [{ ...inline, content: linkInlines(inline.content) }];
  });

/** Headings begin at level 2 and never skip one: ears follow them as eyes follow size. */
function levelHeadings(blocks: readonly Block[], notes: Note[]): Block[] {
  let above = 1;
  return blocks.map((block) => {
    if (block.type !== "heading") return block;
    const level = Math.min(block.level, above + 1) as 2 | 3 | 4;
    if (level !== block.level) notes.push(note("heading-level", { from: block.level, to: level }));
    above = level;
    return { ...block, level };
  });
}

const german = /\b(?:der|die|das|und|ist|nicht|mit|für|von|den|ein|eine|auf|im|wird|sich)\b/giu;
const english = /\b(?:the|and|is|not|with|for|of|to|in|that|was|are|this|has|have)\b/giu;

/** German, unless the small words of English are plainly more. */
export function languageOf(text: Pick<ArticleText, "title" | "lead" | "blocks">): "de" | "en" {
  const words = [text.title, ...plainBlocks(text.blocks)].join(" ").slice(0, 20_000);
  return (words.match(english)?.length ?? 0) > 2 * (words.match(german)?.length ?? 0) ? "en" : "de";
}
