import type { Article, Block, Picture } from "../article/article.ts";
import { picturesOf, portraitsOf } from "../article/contents.ts";
import { imageOf } from "../article/picture-address.ts";
import { plain } from "../article/plain.ts";

/** What Kurier understood of an article, so that its author sees at once whether it is what they meant. */

export interface Understood {
  readonly title: string;
  readonly kicker: string;
  readonly subtitle: string;
  readonly standfirst: string;
  readonly authors: readonly { readonly name: string; readonly role: string }[];
  readonly headings: readonly string[];
  /** Letters of the text, its head and captions aside. */
  readonly letters: number;
  readonly pictures: readonly UnderstoodPicture[];
}

export interface UnderstoodPicture {
  readonly name: string;
  /** Its file is there. */
  readonly hasCome: boolean;
  readonly isPortrait: boolean;
  /** Only adorns, on purpose. */
  readonly isDecorative: boolean;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  /** What its author is asked for. */
  readonly asks: readonly ("caption" | "credit" | "alt")[];
}

export function understood(article: Article): Understood {
  const { title, kicker, subtitle, lead, authors, blocks } = article;
  return {
    ...{ title, kicker, subtitle, standfirst: plain(lead) },
    authors: authors.map(({ name, roleAtTime: role }) => ({ name, role })),
    headings: blocks.flatMap((block) => (block.type === "heading" ? [plain(block.content)] : [])),
    letters: blocks.reduce((sum, block) => sum + lettersOf(block), 0),
    pictures: picturesIn(article),
  };
}

/** Each once: a picture that stands in two places is described by the same words. */
function picturesIn(article: Article): UnderstoodPicture[] {
  const portraits = new Set(portraitsOf(article).map(({ name }) => name));
  const byName = new Map(picturesOf(article).map((picture) => [picture.name, picture] as const));
  return [...byName.values()].map((picture) => {
    const [isPortrait, hasCome] = [portraits.has(picture.name), imageOf(article, picture) !== undefined];
    const shown = { ...wordsOf(picture), isPortrait, hasCome, isDecorative: picture.alt === "" && !isPortrait };
    return { ...shown, asks: hasCome ? asksOf(picture, isPortrait) : [] };
  });
}

const wordsOf = ({ name, caption, credit, alt }: Picture) => ({
  ...{ name, caption: plain(caption).trim(), credit: credit ?? "", alt: alt ?? "" },
});

/** Beside a portrait stands a name; what only adorns needs no words. */
function asksOf({ caption, credit, alt }: Picture, isPortrait: boolean): UnderstoodPicture["asks"] {
  const isBare = plain(caption).trim() === "" && alt !== "";
  return [
    ...(isBare && !isPortrait ? (["caption"] as const) : []),
    ...(credit === null ? (["credit"] as const) : []),
    ...(alt === null && !isPortrait ? (["alt"] as const) : []),
  ];
}

function lettersOf(block: Block): number {
  if (block.type === "heading" || block.type === "paragraph") return plain(block.content).length;
  if (block.type === "list") return block.items.flat().reduce((sum, inner) => sum + lettersOf(inner), 0);
  if (block.type === "quote" || block.type === "infobox")
    return block.blocks.reduce((sum, inner) => sum + lettersOf(inner), 0);
  if (block.type === "interview")
    return block.turns.reduce(
      (sum, { question, answer }) =>
        sum + plain(question).length + answer.reduce((inner, one) => inner + lettersOf(one), 0),
      0,
    );
  return 0;
}
