import { digestOf } from "../digest.ts";
import { type Note, note, Refusal } from "../refusal.ts";
import type { Image } from "./article.ts";
import { readSuggestions, type Suggested } from "./picture-metadata.ts";
import { type Base, decode } from "./picture-pixels.ts";
import { isPrintable, type PrintableType, pictureTypeNamed, pictureTypeOf } from "./picture-type.ts";
import { type MadeVariant, makeVariants } from "./picture-variants.ts";

/** A picture as handed in becomes the forms editions show. The same bytes give the same variants. */

const maxPictureBytes = 50_000_000;

export interface MadePicture {
  readonly image: Image;
  readonly variants: readonly MadeVariant[];
  readonly suggested: Suggested;
  readonly notes: readonly Note[];
}

/** @throws Refusal `picture-type`, `picture-svg`, `not-a-picture`, `picture-pixels`, `picture-broken`, `picture-bytes` */
export async function makePicture(name: string, bytes: Uint8Array): Promise<MadePicture> {
  const type = demandPrintable(name, bytes);
  const base = await decode(name, bytes, type);
  const variants = await makeVariants(base);
  const image: Image = {
    sha256: digestOf(bytes),
    width: base.original.width,
    height: base.original.height,
    variants: variants.map(({ body: _, ...variant }) => variant),
  };
  // exifr finds its way in these two; in the others the decoder has found EXIF.
  const suggested = await readSuggestions(type === "jpeg" || type === "png" ? bytes : base.exif);
  return { image, variants, suggested, notes: notesOn(name, type, base, suggested) };
}

/** @throws Refusal `picture-bytes` */
export function demandPictureSize(name: string, bytes: number): void {
  if (bytes > maxPictureBytes) throw new Refusal("picture-bytes", { name, megabytes: Math.ceil(bytes / 1e6) });
}

function demandPrintable(name: string, bytes: Uint8Array): PrintableType {
  demandPictureSize(name, bytes.length);
  const type = pictureTypeOf(bytes);
  if (isPrintable(type)) return type;
  if (type === "svg") throw new Refusal("picture-svg", { name });
  if (type === "unknown" || type === "pdf") throw new Refusal("not-a-picture", { name });
  throw new Refusal("picture-type", { name, type: type.toUpperCase() });
}

function notesOn(name: string, type: PrintableType, { isAnimated }: Base, { hasPlace }: Suggested): Note[] {
  return [
    ...(pictureTypeNamed(name) === type ? [] : [note("picture-misnamed", { name, type: type.toUpperCase() })]),
    ...(isAnimated ? [note("picture-animated", { name })] : []),
    ...(hasPlace ? [note("place-removed", { name })] : []),
  ];
}
