import type { Article, ArticleText, Focus, Inline, Picture } from "./article.ts";
import { changePictures } from "./change-pictures.ts";
import { plain } from "./plain.ts";

/** Every picture a text names, in reading order: hero, portraits, then the text. */
export function picturesOf(text: ArticleText): Picture[] {
  const pictures: Picture[] = [];
  changePictures(text, (picture) => {
    pictures.push(picture);
    return picture;
  });
  return pictures;
}

/** Points a picture is to be cut around, as the text says where it opens the article or shows its author. */
export function focusesOf({ hero, authors }: ArticleText, name: string): Focus[] {
  const cut = [hero, ...authors.map(({ portrait }) => portrait)].filter((picture) => picture?.name === name);
  return cut.flatMap((picture) => picture?.focus ?? []);
}

/** Pictures of the authors, in their order. */
export const portraitsOf = (article: Article): Picture[] => article.authors.flatMap(({ portrait }) => portrait ?? []);

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
