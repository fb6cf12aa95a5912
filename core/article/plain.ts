import { type Article, type Block, type Inline, longestTeaser } from "./article.ts";

/** The words of inlines, as a reader hears them: no markup, a break is a space. */
export const plain = (content: readonly Inline[]): string =>
  content
    .map((inline) => {
      switch (inline.type) {
        case "text":
        case "abbr":
          return inline.text;
        case "noteRef":
          return "";
        case "break":
          return " ";
        default:
          return plain(inline.content);
      }
    })
    .join("");

/** The words of blocks in reading order, one string per paragraph, heading, cell or caption. */
export const plainBlocks = (blocks: readonly Block[]): string[] => blocks.flatMap(plainBlock);

function plainBlock(block: Block): string[] {
  switch (block.type) {
    case "heading":
    case "paragraph":
      return [plain(block.content)];
    case "list":
      return block.items.flatMap(plainBlocks);
    case "figure":
      return [plain(block.picture.caption)];
    case "gallery":
      return [...block.pictures.map((picture) => plain(picture.caption)), plain(block.caption)];
    case "quote":
      return [...plainBlocks(block.blocks), plain(block.source)];
    case "table":
      return [plain(block.caption), ...block.head.map(plain), ...block.rows.flat().map(plain)];
    case "infobox":
      return [plain(block.title), ...plainBlocks(block.blocks)];
    case "interview":
      return block.turns.flatMap((turn) => [plain(turn.question), turn.speaker, ...plainBlocks(turn.answer)]);
    case "separator":
      return [];
    case "embed":
      return [block.title];
  }
}

const wordsPerMinute = 200;

/** Of articles that were counted already: lists show the same ones again and again. */
const minutes = new WeakMap<Pick<Article, "lead" | "blocks">, number>();

/** Minutes it takes to read, at least one. */
export function readingMinutes(article: Pick<Article, "lead" | "blocks">): number {
  const known = minutes.get(article) ?? countMinutes(article);
  minutes.set(article, known);
  return known;
}

function countMinutes({ lead, blocks }: Pick<Article, "lead" | "blocks">): number {
  const words = [plain(lead), ...plainBlocks(blocks)].join(" ").split(/\s+/).filter(Boolean);
  return Math.max(1, Math.round(words.length / wordsPerMinute));
}

/** The teaser an author wrote, else the lead, else the first paragraph or question, cut at a word to {@link longestTeaser}. */
export function teaserOf(article: Pick<Article, "teaser" | "lead" | "blocks">): string {
  if (article.teaser) return article.teaser;
  const paragraph = article.blocks.find((block) => block.type === "paragraph");
  const asked = article.blocks.find((block) => block.type === "interview")?.turns[0]?.question ?? [];
  const text = plain(article.lead) || (paragraph ? plain(paragraph.content) : plain(asked));
  return shorten(text.replace(/\s+/g, " ").trim(), longestTeaser);
}

/** Cuts at the end of a sentence where one ends late enough, else at a word, with an ellipsis. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  // "am 14. März": neither a no-break space nor a day ends a sentence.
  const sentence = /^.*(?:(?<!\b\d{1,2})\.|[?!…])[“”"»]?(?=[ \n])/s.exec(`${cut} `.slice(0, length))?.[0];
  if (sentence && sentence.length >= length / 2) return sentence;
  return `${text
    .slice(0, length - 2)
    .replace(/\s+\S*$/, "")
    .replace(/[\s,;:–-]+$/, "")} …`;
}
