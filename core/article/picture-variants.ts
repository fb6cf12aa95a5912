import sharp, { type Sharp } from "sharp";
import type { Variant } from "./article.ts";
import type { Base } from "./picture-pixels.ts";

/** The forms editions show of a picture. The same pixels give the same forms. */

export interface MadeVariant extends Variant {
  readonly body: Uint8Array;
}

/** A mail picture must not keep a reader waiting. */
const maxMailBytes = 120_000;

/** One after the other, for each holds a picture in memory. */
export async function makeVariants(base: Base): Promise<MadeVariant[]> {
  const variants: MadeVariant[] = [];
  for (const recipe of recipesFor(base)) variants.push(await recipe());
  return variants;
}
type Size = { readonly width: number; readonly height: number };
type Recipe = () => Promise<MadeVariant>;

function recipesFor({ pixels, raw }: Base): Recipe[] {
  const open = () => sharp(pixels, { raw });
  const jpeg =
    (recipe: Variant["recipe"], size: Size, isMail: boolean): Recipe =>
    () =>
      isMail
        ? fitted(recipe, open, size)
        : made(recipe, "jpg", open().resize(size.width, size.height, cover), webQuality.jpeg);
  const webp =
    (recipe: Variant["recipe"], size: Size): Recipe =>
    () =>
      made(recipe, "webp", open().resize(size.width, size.height, cover), webQuality.webp);
  return [
    jpeg("mail", within(raw, 1280), true),
    jpeg("lead", cropped(raw, 1280, 800), true),
    jpeg("portrait", cropped(raw, 288, 360), false),
    ...webWidths(raw.width).flatMap(([recipe, width]) => [
      jpeg(recipe, within(raw, width), false),
      webp(recipe, within(raw, width)),
    ]),
  ];
}

/** As good to the eye as one another. */
const webQuality = { jpeg: 78, webp: 76 };
const cover = { fit: "cover", position: "centre" } as const;

/** The picture's own ratio, at most so wide; a tall one is held to a screen's height. */
function within({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / width, (most * 1.5) / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A crop of this ratio, no larger than the picture allows. */
function cropped({ width, height }: Size, wide: number, high: number): Size {
  const scale = Math.min(1, width / wide, height / high);
  return { width: Math.max(1, Math.round(wide * scale)), height: Math.max(1, Math.round(high * scale)) };
}

/** Nothing is enlarged: the first width a picture does not fill is its own, and the last. */
function webWidths(width: number): [Variant["recipe"], number][] {
  const widths = [480, 960, 1600] as const;
  const last = widths.findIndex((each) => each >= width);
  return widths
    .slice(0, last < 0 ? undefined : last + 1)
    .map((each) => [String(each) as Variant["recipe"], Math.min(each, width)]);
}

const qualities = [80, 70, 60, 50, 40];

/** Quality gives way first, then size, until a mail can carry it. */
async function fitted(recipe: Variant["recipe"], open: () => Sharp, size: Size): Promise<MadeVariant> {
  for (const quality of qualities) {
    const variant = await made(recipe, "jpg", open().resize(size.width, size.height, cover), quality);
    if (variant.bytes <= maxMailBytes) return variant;
  }
  return fitted(recipe, open, { width: Math.round(size.width * 0.8), height: Math.round(size.height * 0.8) });
}

async function made(
  recipe: Variant["recipe"],
  type: Variant["type"],
  picture: Sharp,
  quality: number,
): Promise<MadeVariant> {
  const encoded = type === "jpg" ? picture.jpeg({ quality, mozjpeg: true }) : picture.webp({ quality, effort: 4 });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  return { recipe, type, width: info.width, height: info.height, bytes: data.length, body: data };
}
