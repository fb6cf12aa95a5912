import type { Article, Image, Picture, Variant } from "./article.ts";

/** Where a variant is public, below the publication's base address; immutable, so it may be cached for a year. */
export const pictureAddress = (image: Image, variant: Variant): string =>
  `bilder/${image.sha256}-${variant.recipe}.${variant.type}`;

/** The variant of one recipe, or undefined where ingest made none. */
export const variantOf = (
  image: Image,
  recipe: Variant["recipe"],
  type: Variant["type"] = "jpg",
): Variant | undefined => image.variants.find((variant) => variant.recipe === recipe && variant.type === type);

/** The bytes behind a picture, or undefined while it is awaited. */
export const imageOf = (article: Pick<Article, "images">, picture: Picture | null | undefined): Image | undefined =>
  // Its own: every object knows a "constructor", and an author may call a picture so.
  picture && Object.hasOwn(article.images, picture.name) ? article.images[picture.name] : undefined;
