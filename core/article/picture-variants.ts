import sharp, { type Sharp } from "sharp";
import type { Focus, Variant } from "./article.ts";
import { regionAround } from "./picture-crop.ts";
import type { Base } from "./picture-pixels.ts";

/** The forms editions show of a picture. The same pixels give the same forms. */

export interface MadeVariant extends Variant {
  readonly body: Uint8Array;
}

/** A mail picture must not keep a reader waiting. */
const maxMailBytes = 120_000;

type Size = { readonly width: number; readonly height: number };
type Open = () => Sharp;

/** One after the other, for each holds a picture in memory. @param focuses what lead and portrait are cut around */
export async function makeVariants({ pixels, raw }: Base, focuses: readonly Focus[]): Promise<MadeVariant[]> {
  const whole = () => sharp(pixels, { raw });
  const variants = [await fitted("mail", whole, within(raw, 1280))];
  for (const focus of focuses) variants.push(...(await crops(whole, raw, focus)));
  for (const [recipe, width] of webWidths(raw.width)) {
    for (const type of ["jpg", "webp"] as const) {
      variants.push(await made(recipe, type, sized(whole, within(raw, width)), webQuality[type]));
    }
  }
  return variants;
}

async function crops(whole: Open, picture: Size, focus: Focus): Promise<MadeVariant[]> {
  const cut = (recipe: "lead" | "portrait", shape: Size) => () =>
    whole().extract(regionAround(picture, shape, focus, recipe));
  const [lead, portrait] = [cropped(picture, 1280, 800), cropped(picture, 288, 360)];
  return [
    { ...(await fitted("lead", cut("lead", lead), lead)), focus },
    { ...(await made("portrait", "jpg", sized(cut("portrait", portrait), portrait), webQuality.jpg)), focus },
  ];
}

const sized = (open: Open, { width, height }: Size): Sharp => open().resize(width, height, { fit: "fill" });

/** As good to the eye as one another. */
const webQuality = { jpg: 78, webp: 76 };

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
async function fitted(recipe: Variant["recipe"], open: Open, size: Size): Promise<MadeVariant> {
  for (const quality of qualities) {
    const variant = await made(recipe, "jpg", sized(open, size), quality);
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
