import sharp, { type Metadata, type Sharp } from "sharp";
import { digestOf } from "../digest.ts";
import { type Note, note, Refusal } from "../refusal.ts";
import type { Image, Variant } from "./article.ts";
import { type Suggested, suggestions } from "./picture-metadata.ts";
import { isPrintable, pictureTypeNamed, pictureTypeOf } from "./picture-type.ts";

/** A picture as handed in becomes the forms editions show. The same bytes give the same variants. */

/** A camera's largest, and 240 MB of memory; a file may claim more than any machine holds. */
const maxPixels = 60e6;
/** A mail picture must not keep a reader waiting. */
const maxMailBytes = 120_000;
const maxPictureBytes = 50_000_000;

/** Nothing but the three kinds we print ever reaches a decoder. */
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"] });
sharp.cache(false);

export interface MadeVariant extends Variant {
  readonly body: Uint8Array;
}
export interface MadePicture {
  readonly image: Image;
  readonly variants: readonly MadeVariant[];
  readonly suggested: Suggested;
  readonly notes: readonly Note[];
}

/** @throws Refusal `picture-type`, `picture-svg`, `not-a-picture`, `picture-pixels`, `picture-broken`, `picture-bytes` */
export async function makePicture(name: string, bytes: Uint8Array): Promise<MadePicture> {
  const type = demandPrintable(name, bytes);
  const base = await decode(name, bytes);
  const variants: MadeVariant[] = [];
  for (const recipe of recipesFor(base)) variants.push(await recipe());
  const image: Image = {
    sha256: digestOf(bytes),
    width: base.original.width,
    height: base.original.height,
    variants: variants.map(({ body: _, ...variant }) => variant),
  };
  const isMisnamed = pictureTypeNamed(name) !== type;
  const notes = isMisnamed ? [note("picture-misnamed", { name, type: type.toUpperCase() })] : [];
  return { image, variants, suggested: await suggestions(bytes), notes };
}

/** @throws Refusal `picture-bytes` */
export function demandPictureSize(name: string, bytes: number): void {
  if (bytes > maxPictureBytes) throw new Refusal("picture-bytes", { name, megabytes: Math.ceil(bytes / 1e6) });
}

function demandPrintable(name: string, bytes: Uint8Array): "jpeg" | "png" | "webp" {
  demandPictureSize(name, bytes.length);
  const type = pictureTypeOf(bytes);
  if (isPrintable(type)) return type;
  if (type === "svg") throw new Refusal("picture-svg", { name });
  if (type === "unknown" || type === "pdf") throw new Refusal("not-a-picture", { name });
  throw new Refusal("picture-type", { name, type: type.toUpperCase() });
}

// ── decoding ───────────────────────────────────────────────────────────────────────────────────

/** The picture upright, on white, without metadata, no larger than any variant needs. */
interface Base {
  readonly original: { readonly width: number; readonly height: number };
  readonly pixels: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
}

const largestSide = 1600;

async function decode(name: string, bytes: Uint8Array): Promise<Base> {
  const { width = 0, height = 0, orientation = 1 } = await metadata(name, bytes);
  if (width * height > maxPixels) {
    throw new Refusal("picture-pixels", { name, megapixels: Math.round((width * height) / 1e6) });
  }
  const isTurned = orientation >= 5;
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: "error" })
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .resize(largestSide, largestSide, { fit: "outside", withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const original = isTurned ? { width: height, height: width } : { width, height };
    return { original, pixels: data, raw: { width: info.width, height: info.height, channels: info.channels } };
  } catch (cause) {
    // sharp says in many words of its own what an author knows as a broken file.
    throw Object.assign(new Refusal("picture-broken", { name }), { cause });
  }
}

async function metadata(name: string, bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false, failOn: "error" }).metadata();
  } catch (cause) {
    throw Object.assign(new Refusal("picture-broken", { name }), { cause });
  }
}

// ── variants ───────────────────────────────────────────────────────────────────────────────────

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
