import type { Article, Image, Picture, Variant } from "./article.ts";

/** Where a variant is public, below the publication's base address; immutable, so it may be cached for a year. */
export const pictureAddress = (image: Image, variant: Variant): string =>
  `bilder/${image.sha256}-${variant.recipe}${cutAround(variant)}.${variant.type}`;

const cutAround = ({ focus }: Variant): string => (focus ? `-${focus.x}-${focus.y}` : "");

/** The variant of one recipe, cut around the image's focal point where it is cut; undefined where ingest made none. */
export function variantOf(image: Image, recipe: Variant["recipe"], type: Variant["type"] = "jpg"): Variant | undefined {
  const made = image.variants.filter((variant) => variant.recipe === recipe && variant.type === type);
  const isMeant = ({ focus }: Variant): boolean => focus?.x === image.focus?.x && focus?.y === image.focus?.y;
  // A text corrected since may name a point nothing was cut around yet: then the first stands in, cut around the guess.
  return made.find(isMeant) ?? made[0];
}

/** The bytes behind a picture, with the focal point it has where it is used; undefined while it is awaited. */
export function imageOf(article: Pick<Article, "images">, picture: Picture | null | undefined): Image | undefined {
  // Its own: every object knows a "constructor", and an author may call a picture so.
  const image = picture && Object.hasOwn(article.images, picture.name) ? article.images[picture.name] : undefined;
  return image && picture?.focus ? { ...image, focus: picture.focus } : image;
}
