import type { ArticleText, Block, Picture } from "./article.ts";

/** The same text with every picture changed: hero, portraits, figures and galleries. */
export const changePictures = (text: ArticleText, change: (picture: Picture) => Picture): ArticleText => ({
  ...text,
  hero: text.hero && change(text.hero),
  authors: text.authors.map((author) => ({ ...author, portrait: author.portrait && change(author.portrait) })),
  blocks: mapPictures(text.blocks, change),
});

/** Pictures wherever they stand in blocks. */
export function mapPictures(blocks: readonly Block[], change: (picture: Picture) => Picture): Block[] {
  const inside = (inner: readonly Block[]) => mapPictures(inner, change);
  return blocks.map((block): Block => {
    if (block.type === "figure") return { ...block, picture: change(block.picture) };
    if (block.type === "gallery") return { ...block, pictures: block.pictures.map(change) };
    if (block.type === "quote" || block.type === "infobox") return { ...block, blocks: inside(block.blocks) };
    if (block.type === "list") return { ...block, items: block.items.map(inside) };
    if (block.type !== "interview") return block;
    return { ...block, turns: block.turns.map((turn) => ({ ...turn, answer: inside(turn.answer) })) };
  });
}
