import type { Note } from "../refusal.ts";
import type { Article, ArticleText, Block, Picture } from "./article.ts";
import { picturesOf } from "./contents.ts";
import { plain } from "./plain.ts";

/** Pictures that came beside a text which names them nowhere: photos from a telephone, say. Somebody says where they stand. */
export const unnamedPictures = (article: Article): string[] => {
  const named = new Set(picturesOf(article).map(({ name }) => name));
  return Object.keys(article.images).filter((name) => !named.has(name));
};

/** Whether a note still holds: a picture that has a place by now is none that has none. */
export const isStillSo = ({ code, details }: Note, article: Article | undefined): boolean =>
  code !== "picture-unplaced" || !article || unnamedPictures(article).includes(String(details.name));

/** "start", "end", "heading-2", "portrait-0": a place of exactly this text. */
export interface PicturePlace {
  readonly id: string;
  readonly is: "opener" | "start" | "heading" | "portrait" | "end";
  /** The heading it stands below, or whom it shows; "" otherwise. */
  readonly of: string;
}

/** Where in a text a picture can be put, from its top to its end. */
export function picturePlaces({ hero, authors, blocks }: ArticleText): PicturePlace[] {
  const headings = blocks.flatMap((block) => (block.type === "heading" ? [plain(block.content)] : []));
  return [
    { id: "start", is: hero ? "start" : "opener", of: "" },
    ...headings.map((of, index) => ({ id: `heading-${index}`, is: "heading", of }) as const),
    { id: "end", is: "end", of: "" },
    ...authors.flatMap(({ name: of, portrait }, index) =>
      portrait ? [] : [{ id: `portrait-${index}`, is: "portrait", of } as const],
    ),
  ];
}

export interface Put {
  readonly name: string;
  /** The id of a {@link PicturePlace}; where there is none the picture is put nowhere. */
  readonly place: string;
}

/** The same text with these pictures in it; two at one place stand in their order, and one author has one portrait. */
export function putPictures(text: ArticleText, put: readonly Put[]): ArticleText {
  const at = (place: string): Picture[] => put.filter((one) => one.place === place).map(({ name }) => bare(name));
  const [opener, ...others] = text.hero ? [text.hero, ...at("start")] : at("start");
  let heading = 0;
  const blocks = text.blocks.flatMap((block): Block[] =>
    block.type === "heading" ? [block, ...at(`heading-${heading++}`).map(figure)] : [block],
  );
  return {
    ...text,
    hero: opener ?? null,
    authors: text.authors.map((author, index) => ({
      ...author,
      portrait: author.portrait ?? at(`portrait-${index}`)[0] ?? null,
    })),
    blocks: [...others.map(figure), ...blocks, ...at("end").map(figure)],
  };
}

/** What nobody said anything of yet. */
export const bare = (name: string): Picture => ({ name, alt: null, caption: [], credit: null });
const figure = (picture: Picture): Block => ({ type: "figure", picture });
