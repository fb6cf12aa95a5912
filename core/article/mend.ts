import { type Note, Refusal } from "../refusal.ts";
import type { Article, ArticleText, Focus, Picture } from "./article.ts";
import { changePictures } from "./change-pictures.ts";
import { focusesOf, picturesOf } from "./contents.ts";
import { finish } from "./finish.ts";
import { readText } from "./ingest.ts";
import { readInline } from "./markdown/inline.ts";
import { printMarkdown } from "./markdown.ts";

/** What people change of an article at the desk: its words as canonical Markdown, and what stands beside its pictures. */

export interface Mending {
  /** Undefined where the words cannot be an article. */
  readonly text: ArticleText | undefined;
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
}

/** Reads what somebody typed the way ingest reads files: the same marks, the same touches, the same sentences. */
export function readMending({ title, images }: Pick<Article, "title" | "images">, markdown: string): Mending {
  const pictures = Object.keys(images).map((name) => ({ name, bytes: 0, etag: "", stored: name }));
  const bytes = new TextEncoder().encode(markdown);
  const text = { name: `${title}.md`, bytes: bytes.length, etag: "", stored: "" };
  const reading = readText({ text, format: "markdown", pictures, notes: [], refusals: [] }, bytes);
  const { missing, notes } = reading;
  const unknown = missing.length > 0 ? [new Refusal("picture-not-here", { pictures: missing.join(", ") })] : [];
  return { text: reading.text, notes, refusals: [...reading.refusals, ...unknown] };
}

/** Both say the same, with the same pictures in the same places. */
export const saysTheSame = (one: ArticleText, other: ArticleText): boolean =>
  printMarkdown(one) === printMarkdown(other);

/** What is said of a picture; what is not there stays as it is. */
export interface PictureWords {
  readonly name: string;
  /** Where it is put, of a picture the text does not name yet: see `putPictures`. "" is nowhere. */
  readonly place?: string;
  /** One line of Markdown: links and emphasis, as in front matter. */
  readonly caption?: string;
  /** "" is nobody yet. */
  readonly credit?: string;
  /** "" is nothing yet. */
  readonly alt?: string;
  /** Only adorns: whoever listens misses nothing. */
  readonly isDecorative?: boolean;
  /** null: as it was guessed. */
  readonly focus?: Focus | null;
}

/** The same article with other words beside its pictures, wherever in it they stand. */
export function describe(text: ArticleText, described: readonly PictureWords[]): ArticleText {
  const said = new Map(described.map((words) => [words.name, words]));
  const changed = changePictures(text, (picture) => {
    const words = said.get(picture.name);
    return words ? inWords(picture, words) : picture;
  });
  return finish(changed, []);
}

function inWords(picture: Picture, { caption, credit, alt, isDecorative, focus }: PictureWords): Picture {
  const { focus: standing, ...bare } = picture;
  const point = focus === undefined ? standing : (focus ?? undefined);
  return {
    ...bare,
    ...(caption !== undefined && { caption: readInline(caption) }),
    ...(credit !== undefined && { credit: credit.trim() || null }),
    ...(alt !== undefined && { alt: alt.trim() || null }),
    ...(isDecorative && { alt: "" }),
    ...(point && { focus: point }),
  };
}

/** Pictures that are to be cut around a point nothing was cut around yet, with all the points asked for. */
export function uncut(article: Article): { readonly name: string; readonly focuses: readonly Focus[] }[] {
  const names = [...new Set(picturesOf(article).map(({ name }) => name))];
  return names.flatMap((name) => {
    const image = Object.hasOwn(article.images, name) ? article.images[name] : undefined;
    const focuses = focusesOf(article, name);
    const isCut = ({ x, y }: Focus): boolean =>
      image?.variants.some(({ focus }) => focus?.x === x && focus.y === y) ?? true;
    return focuses.every(isCut) ? [] : [{ name, focuses }];
  });
}
