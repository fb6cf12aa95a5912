import { crc32, deflateSync } from "node:zlib";
import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import { Refusal } from "../refusal.ts";
import { unpackHeic } from "./heic.ts";
import type { PrintableType } from "./picture-type.ts";

/** From a file to pixels: upright, on white, in sRGB, without metadata, no larger than any variant needs. */

/** A camera's largest, and 180 MB of memory; a file may claim more than any machine holds. */
const maxPixels = 60e6;

/** Nothing but the kinds we print ever reaches a decoder; HEIC has one of its own. */
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    ...["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
    ...["VipsForeignLoadNsgifBuffer", "VipsForeignLoadHeifBuffer"],
  ],
});
sharp.cache(false);

export interface Base {
  /** Of the file, upright. */
  readonly original: { readonly width: number; readonly height: number };
  readonly pixels: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
  /** More than one picture one after the other; the first is printed. */
  readonly isAnimated: boolean;
  /** EXIF from its first byte on, where sharp could find it. */
  readonly exif: Buffer | undefined;
}

/** @throws Refusal `picture-pixels`, `picture-broken` */
export async function decode(name: string, bytes: Uint8Array, type: PrintableType): Promise<Base> {
  try {
    return type === "heic" ? await decodeHeic(name, bytes) : await decodeWithSharp(name, bytes);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    // Decoders say in many words of their own what an author knows as a broken file.
    throw Object.assign(new Refusal("picture-broken", { name }), { cause });
  }
}

async function decodeWithSharp(name: string, bytes: Uint8Array): Promise<Base> {
  const {
    width,
    height,
    orientation = 1,
    pages = 1,
    depth,
    hasProfile,
    exif,
  } = await sharp(bytes, unlimited).metadata();
  demandPixels(name, { width, height });
  const upright = sharp(bytes, strict).autoOrient();
  // Where a profile is to be heeded, sharp works on what is deeper than eight bits in Display P3, and hands it over so.
  const picture = hasProfile && depth !== "uchar" ? upright.withIccProfile("srgb") : upright;
  const original = orientation >= 5 ? { width: height, height: width } : { width, height };
  return { original, ...(await finished(picture)), isAnimated: pages > 1, exif: exif?.subarray(exifMark) };
}

/** "Exif", and two zeros: the mark of a JPEG's segment, kept wherever EXIF stands. */
const exifMark = 6;

/** The header may claim what it likes: it is only looked at. */
const unlimited: SharpOptions = { limitInputPixels: false, failOn: "error" };
const strict: SharpOptions = { limitInputPixels: maxPixels, failOn: "error" };

function demandPixels(name: string, { width, height }: Pick<Metadata, "width" | "height">): void {
  if (width * height <= maxPixels) return;
  throw new Refusal("picture-pixels", { name, megapixels: Math.round((width * height) / 1e6) });
}

const largestSide = 1600;
const shrunk = (picture: Sharp): Sharp =>
  picture.resize(largestSide, largestSide, { fit: "outside", withoutEnlargement: true });

async function finished(picture: Sharp): Promise<Pick<Base, "pixels" | "raw">> {
  const { data, info } = await shrunk(picture.flatten({ background: "#ffffff" }).toColourspace("srgb"))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

// ── HEIC ───────────────────────────────────────────────────────────────────────────────────────

async function decodeHeic(name: string, bytes: Uint8Array): Promise<Base> {
  const demand = (size: Pick<Metadata, "width" | "height">) => demandPixels(name, size);
  const { pixels, profile, exif, ...raw } = await unpackHeic(bytes, { maxPixels, demand });
  const open = sharp(pixels, { raw });
  const picture = profile ? sharp(await withProfile(shrunk(open), profile), strict) : open;
  const original = { width: raw.width, height: raw.height };
  return { original, ...(await finished(picture)), isAnimated: false, exif };
}

/** Phones write Display P3. sharp reads a profile only where it stands in a file, so it gets one. */
async function withProfile(picture: Sharp, profile: Buffer): Promise<Buffer> {
  const png = await picture.png({ compressionLevel: 0 }).toBuffer();
  const chunk = Buffer.concat([Buffer.from("iCCPICC\0\0", "latin1"), deflateSync(profile)]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(chunk.length - 4, 0);
  frame.writeUInt32BE(crc32(chunk), 4);
  return Buffer.concat([
    png.subarray(0, endOfHeader),
    frame.subarray(0, 4),
    chunk,
    frame.subarray(4),
    png.subarray(endOfHeader),
  ]);
}

/** Of a PNG: its signature, and the chunk every PNG begins with. */
const endOfHeader = 8 + 25;
