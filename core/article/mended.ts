import type { Article, ArticleText, Picture } from "./article.ts";
import { changePictures } from "./change-pictures.ts";
import { picturesOf } from "./contents.ts";
import { printMarkdown } from "./markdown.ts";

/**
 * What people mended, with the pictures of files that came later. Undefined where those files say anything else than
 * what was read before: then somebody has to decide.
 *
 * @param mended the text that counts
 * @param read what was read out of the files before
 * @param came what is read out of them now
 */
export function takePictures(mended: ArticleText, read: Article, came: ArticleText): ArticleText | undefined {
  const [before, now] = [picturesOf(read), picturesOf(came)];
  const isPlaced = before.every(({ name }, index) => name === now[index]?.name || !Object.hasOwn(read.images, name));
  if (before.length !== now.length || !isPlaced) return undefined;
  const placed = new Map(before.flatMap(({ name }, index) => (now[index] ? [[name, now[index]]] : [])));
  const filled = (text: ArticleText): ArticleText =>
    changePictures(text, (picture) => fill(picture, placed.get(picture.name)));
  return printMarkdown(filled(read)) === printMarkdown(came) ? filled(mended) : undefined;
}

/** The picture that came, in the words that stand there; its own where there are none. */
const fill = (standing: Picture, came: Picture | undefined): Picture =>
  came
    ? {
        ...standing,
        name: came.name,
        alt: standing.alt ?? came.alt,
        credit: standing.credit ?? came.credit,
        caption: standing.caption.length > 0 ? standing.caption : came.caption,
        ...((standing.focus ?? came.focus) ? { focus: standing.focus ?? came.focus } : {}),
      }
    : standing;
