import type { Article, Block, Inline, Picture } from "./article.ts";
import { plain } from "./plain.ts";

/** Every picture an article shows, in reading order. */
export const picturesOf = (article: Article): Picture[] => [
  ...(article.hero ? [article.hero] : []),
  ...portraitsOf(article),
  ...picturesIn(article.blocks),
];

export const portraitsOf = (article: Article): Picture[] => article.authors.flatMap(({ portrait }) => portrait ?? []);

const picturesIn = (blocks: readonly Block[]): Picture[] =>
  blocks.flatMap((block) => {
    switch (block.type) {
      case "figure":
        return [block.picture];
      case "gallery":
        return [...block.pictures];
      case "infobox":
      case "quote":
        return picturesIn(block.blocks);
      case "interview":
        return block.turns.flatMap(({ answer }) => picturesIn(answer));
      case "list":
        return block.items.flatMap(picturesIn);
      default:
        return [];
    }
  });

export interface Link {
  readonly url: string;
  readonly label: string;
}

/** Every link of an article; found by its shape, wherever in the text it stands. */
export function linksOf(article: Article): Link[] {
  const links: Link[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) walk(child);
    else if (typeof node === "object" && node !== null) {
      const { type, url, content } = node as { type?: unknown; url?: unknown; content?: readonly Inline[] };
      if (type === "link" && typeof url === "string") links.push({ url, label: plain(content ?? []) });
      for (const child of Object.values(node)) walk(child);
    }
  };
  walk([article.lead, article.blocks, article.notes]);
  const boxed = (article.linkBox?.entries ?? []).flatMap(({ url, label }) => (url === null ? [] : [{ url, label }]));
  return [...links, ...boxed];
}
