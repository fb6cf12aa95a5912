import type { Article, Block, Inline, Picture } from "../article/article.ts";
import { type Link, linksOf, picturesOf } from "../article/contents.ts";
import type { HeadField } from "../article/head-words.ts";
import { plain, plainBlocks } from "../article/plain.ts";
import { type ArticlePlace, at } from "./place.ts";

/** An article piece by piece, so that a finding knows where it stands. */

export interface Passage {
  readonly text: string;
  readonly role: "head" | Block["type"];
  readonly place: ArticlePlace;
}

/** Head and blocks as articles of their own: whatever reads an article reads a piece of it. */
interface Part {
  readonly article: Article;
  readonly place: ArticlePlace;
}

function partsOf(article: Article): Part[] {
  const bare: Article = { ...article, lead: [], hero: null, authors: [], blocks: [], linkBox: null, notes: [] };
  return [
    { article: { ...article, blocks: [] }, place: { in: "article", article: article.id } },
    ...article.blocks.map(
      (block, index): Part => ({
        article: { ...bare, blocks: [block] },
        place: { in: "article", article: article.id, block: index + 1 },
      }),
    ),
  ];
}

export interface PlacedPicture {
  readonly picture: Picture;
  readonly place: ArticlePlace;
}

/** Every picture, portraits too. */
export const placedPictures = (article: Article): PlacedPicture[] =>
  partsOf(article).flatMap((part) =>
    picturesOf(part.article).map((picture) => ({ picture, place: { ...part.place, picture: picture.name } })),
  );

export interface PlacedLink extends Link {
  readonly place: ArticlePlace;
}

/** Every link, link cards and the link box too. */
export const placedLinks = (article: Article): PlacedLink[] =>
  partsOf(article).flatMap(({ article: piece, place }) =>
    [...linksOf(piece), ...cardsIn(piece.blocks)].map((link) => ({ ...link, place: at(place, link.url) })),
  );

const cardsIn = (blocks: readonly Block[]): Link[] =>
  innermost(blocks).flatMap((block) => (block.type === "embed" ? [{ url: block.url, label: block.title }] : []));

/** Everything that is read, one passage a paragraph, heading, cell or caption. */
export function passagesOf(article: Article): Passage[] {
  const { title, subtitle, kicker, teaser, lead, notes } = article;
  const whole: ArticlePlace = { in: "article", article: article.id };
  const ofHead = (text: string, place: ArticlePlace): Passage => ({ text, role: "head", place });
  const entries = Object.entries({ kicker, title, subtitle, teaser });
  return [
    ...entries.map(([entry, text]) => ofHead(text, { ...whole, entry: entry as HeadField })),
    ...[lead, ...notes].map((content) => ofHead(plain(content), whole)),
    ...placedBlocks(article).flatMap(({ block, place }) =>
      wordsOf(block).map((content): Passage => ({ text: plain(content), role: block.type, place })),
    ),
  ]
    .filter(({ text }) => text.trim() !== "")
    .map((passage) => ({ ...passage, place: at(passage.place, firstWords(passage.text)) }));
}

/** Enough to find a passage by, in characters. */
const enough = 60;

/** The beginning of a passage, as it stands there. */
export const firstWords = (text: string): string =>
  text.length > enough ? text.slice(0, enough).replace(/\s+\S*$/, "") : text;

export interface PlacedBlock {
  readonly block: Block;
  readonly place: ArticlePlace;
}

/** Every block and those inside it, all at the place of the outermost. */
export const placedBlocks = (article: Article): PlacedBlock[] =>
  partsOf(article).flatMap(({ article: piece, place }) =>
    innermost(piece.blocks).map((block) => ({ block, place: at(place, firstWords(openingOf(block))) })),
  );

const openingOf = (block: Block): string => plainBlocks([block]).find((text) => text.trim() !== "") ?? "";

const innermost = (blocks: readonly Block[]): Block[] => blocks.flatMap((block) => [block, ...inside(block)]);

function inside(block: Block): Block[] {
  if (block.type === "list") return block.items.flatMap(innermost);
  if (block.type === "quote" || block.type === "infobox") return innermost(block.blocks);
  return block.type === "interview" ? block.turns.flatMap(({ answer }) => innermost(answer)) : [];
}

/** The words of a block itself, without those of blocks inside it. */
function wordsOf(block: Block): (readonly Inline[])[] {
  switch (block.type) {
    case "heading":
    case "paragraph":
      return [block.content];
    case "figure":
      return [block.picture.caption];
    case "gallery":
      return [...block.pictures.map(({ caption }) => caption), block.caption];
    case "quote":
      return [block.source];
    case "table":
      return [block.caption, ...block.head, ...block.rows.flat()];
    case "infobox":
      return [block.title];
    case "interview":
      return block.turns.map(({ question }) => question);
    default:
      return [];
  }
}
