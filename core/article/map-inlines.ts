import type { Block, Inline } from "./article.ts";

/** The same blocks with every run of inlines changed. */
export function mapInlines(blocks: readonly Block[], change: (content: readonly Inline[]) => Inline[]): Block[] {
  const inside = (inner: readonly Block[]) => mapInlines(inner, change);
  return blocks.map((block): Block => {
    switch (block.type) {
      case "heading":
      case "paragraph":
        return { ...block, content: change(block.content) };
      case "list":
        return { ...block, items: block.items.map(inside) };
      case "figure":
        return { ...block, picture: { ...block.picture, caption: change(block.picture.caption) } };
      case "gallery": {
        const pictures = block.pictures.map((picture) => ({ ...picture, caption: change(picture.caption) }));
        return { ...block, pictures, caption: change(block.caption) };
      }
      case "quote":
        return { ...block, blocks: inside(block.blocks), source: change(block.source) };
      case "infobox":
        return { ...block, title: change(block.title), blocks: inside(block.blocks) };
      case "interview":
        return {
          ...block,
          turns: block.turns.map((turn) => ({ ...turn, question: change(turn.question), answer: inside(turn.answer) })),
        };
      case "table":
        return {
          ...block,
          caption: change(block.caption),
          head: block.head.map(change),
          rows: block.rows.map((row) => row.map(change)),
        };
      default:
        return block;
    }
  });
}
