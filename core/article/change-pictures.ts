import type { ArticleText, Picture } from "./article.ts";
import { mapPictures } from "./typography.ts";

/** The same text with every picture changed: hero, portraits, figures and galleries. */
export const changePictures = (text: ArticleText, change: (picture: Picture) => Picture): ArticleText => ({
  ...text,
  hero: text.hero && change(text.hero),
  authors: text.authors.map((author) => ({ ...author, portrait: author.portrait && change(author.portrait) })),
  blocks: mapPictures(text.blocks, change),
});

/** Every picture a text names, in reading order: hero, portraits, then the text. */
export function picturesNamed(text: ArticleText): Picture[] {
  const pictures: Picture[] = [];
  changePictures(text, (picture) => {
    pictures.push(picture);
    return picture;
  });
  return pictures;
}
