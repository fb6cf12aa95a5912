import sharp from "sharp";
import "../article/picture-pixels.ts";
import { pictureTypeOf } from "../article/picture-type.ts";
import { digestOf } from "../digest.ts";
import { contrast } from "../edition/contrast.ts";
import { type Note, note, Refusal } from "../refusal.ts";
import { demandDrawn } from "./drawn.ts";
import { type Ground, type LightLogo, logoRoom, plateMargin } from "./logo.ts";

/** A logo as it was given becomes the files pages and letters show. The same bytes give the same files. */

export interface MadeLogo {
  readonly picture: LightLogo;
  /** On no ground, and on the one it is for. */
  readonly files: { readonly logo: Uint8Array; readonly plate: Uint8Array };
  readonly notes: readonly Note[];
}

export const maxLogoBytes = 5_000_000;
const maxPixels = 60e6;
/** Screens with two pixels where CSS counts one. */
const sharpness = 2;
/** Wider than any logo is shown, even after its empty margin went. */
const workingSide = 1600;

/** The grounds of a letter's foot, as `templates/palette.json` has them: whoever makes pictures carries no templates along. */
export const tints: Readonly<Record<Ground, string>> = { light: "#F5F1E8", dark: "#232A26" };

/**
 * @param ground the one it is made for
 * @throws Refusal `logo-type`, `logo-large`, `logo-broken`, `logo-letters`, `logo-empty`
 */
export async function makeLogo(bytes: Uint8Array, ground: Ground): Promise<MadeLogo> {
  const sheet = await opened(bytes);
  const { pixels, size, isCoarse } = await fitted(sheet);
  const { width, height } = size;
  const png = await sharp(pixels.data, { raw: pixels }).png(asPng).toBuffer();
  const needsPlate = !sheet.isOpaque && faintShare(pixels, tints.dark) > lost;
  return {
    picture: { sha256: digestOf(bytes), width, height, needsPlate },
    files: { logo: png, plate: await onPlate(pixels, tints[ground], size) },
    notes: [
      ...(isCoarse ? [note("logo-coarse")] : []),
      ...(sheet.isOpaque ? [note("logo-boxed")] : []),
      ...(faintShare(pixels, tints[ground]) > mostlyLost ? [note(ground === "light" ? "logo-pale" : "logo-dim")] : []),
    ],
  };
}

const asPng = { compressionLevel: 9, adaptiveFiltering: true } as const;

interface Raster {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 4;
}
interface Sheet extends Raster {
  readonly isOpaque: boolean;
}

// ── reading ────────────────────────────────────────────────────────────────────────────────────

async function opened(bytes: Uint8Array): Promise<Sheet> {
  if (bytes.length > maxLogoBytes) throw new Refusal("logo-large");
  const type = pictureTypeOf(bytes);
  if (type !== "png" && type !== "jpeg" && type !== "webp" && type !== "svg") throw new Refusal("logo-type");
  if (type === "svg") demandDrawn(bytes);
  try {
    return await (type === "svg" ? withDrawings(() => rastered(bytes, true)) : rastered(bytes, false));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw Object.assign(new Refusal("logo-broken"), { cause });
  }
}

/** The one decoder kept shut for everything an author hands in is open for a drawing of the desk's, and no longer. */
async function withDrawings<T>(read: () => Promise<T>): Promise<T> {
  const operation = ["VipsForeignLoadSvgBuffer"];
  sharp.unblock({ operation });
  try {
    return await read();
  } finally {
    sharp.block({ operation });
  }
}

/** A drawing is read as large as it is needed, pixels as many as there are. */
async function rastered(bytes: Uint8Array, isDrawing: boolean): Promise<Sheet> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false, failOn: "error" }).metadata();
  if (!isDrawing && width * height > maxPixels) throw new Refusal("logo-large");
  const density = Math.min(Math.max((usualDensity * workingSide) / Math.max(width, height), 1), mostDensity);
  const picture = sharp(bytes, { limitInputPixels: maxPixels, failOn: "error", ...(isDrawing && { density }) });
  const { data, info } = await picture
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .resize(workingSide, workingSide, { fit: "inside", withoutEnlargement: true })
    .timeout({ seconds: mostSeconds })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const sheet = { data, width: info.width, height: info.height, channels: 4 } as const;
  return { ...sheet, isOpaque: isOpaque(sheet) };
}

/** Dots an inch that a drawing's own measures are read with. */
const usualDensity = 72;
const mostDensity = 20_000;
/** A drawing may ask for more work than any logo does. */
const mostSeconds = 20;

const solid = 128;
function isOpaque({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) < solid) return false;
  return true;
}

// ── fitting ────────────────────────────────────────────────────────────────────────────────────

/** Without its empty margin, as large as its room allows, never larger than it is. */
async function fitted(sheet: Sheet) {
  const box = drawnBox(sheet);
  const scale = Math.min(1, logoRoom.width / box.width, logoRoom.height / box.height);
  const size = {
    width: Math.max(1, Math.round(box.width * scale)),
    height: Math.max(1, Math.round(box.height * scale)),
  };
  const sharpest = Math.min(sharpness, box.width / size.width, box.height / size.height);
  const { data, info } = await sharp(sheet.data, { raw: sheet })
    .extract(box)
    .resize(Math.round(size.width * sharpest), Math.round(size.height * sharpest), { fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels: Raster = { data, width: info.width, height: info.height, channels: 4 };
  return { pixels, size, isCoarse: sharpest < sharpness };
}

/** What is drawn on the sheet: on a clear one what can be seen, on an opaque one what is not its white margin. */
function drawnBox({ data, width, height, isOpaque }: Sheet) {
  const isDrawn = (at: number): boolean =>
    isOpaque ? Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) < nearlyWhite : (data[at + 3] ?? 0) > 8;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (!isDrawn((y * width + x) * 4)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  if (right < 0) throw new Refusal("logo-empty");
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}
const nearlyWhite = 246;

/** The logo on a ground of its own, with a margin: what a letter shows. */
const onPlate = (pixels: Raster, ground: string, { width }: { width: number }): Promise<Buffer> => {
  const margin = Math.round((plateMargin * pixels.width) / width);
  return sharp(pixels.data, { raw: pixels })
    .flatten({ background: ground })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: ground })
    .png(asPng)
    .toBuffer();
};

// ── judging ────────────────────────────────────────────────────────────────────────────────────

/** What can be told apart without reading. @see WCAG 2.2, 1.4.11 */
const graphicContrast = 3;
/** Some of it is lost in the dark · hardly anything of it is to be seen. */
const lost = 0.1;
const mostlyLost = 0.6;

/** How much of what is drawn does not stand out from a ground. */
function faintShare({ data }: Raster, ground: string): number {
  const known = new Map<number, boolean>();
  let [drawn, faint] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at + 3] ?? 0) < solid) continue;
    const colour = data.readUIntBE(at, 3);
    const isFaint = known.get(colour) ?? contrast(`#${colour.toString(16).padStart(6, "0")}`, ground) < graphicContrast;
    known.set(colour, isFaint);
    drawn += 1;
    if (isFaint) faint += 1;
  }
  return drawn === 0 ? 0 : faint / drawn;
}
