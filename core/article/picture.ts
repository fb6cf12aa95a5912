import { digestOf } from "../digest.ts";
import { type Note, note, Refusal } from "../refusal.ts";
import type { Focus, Image } from "./article.ts";
import { guessFocus } from "./picture-crop.ts";
import { readSuggestions, type Suggested } from "./picture-metadata.ts";
import { type Base, decode } from "./picture-pixels.ts";
import { demandPictureSize } from "./picture-size.ts";
import { isPrintable, type PrintableType, pictureTypeNamed, pictureTypeOf } from "./picture-type.ts";
import { type MadeVariant, makeVariants } from "./picture-variants.ts";

/** A picture as handed in becomes the forms editions show. The same bytes give the same variants. */

export interface MadePicture {
  readonly image: Image;
  readonly variants: readonly MadeVariant[];
  readonly suggested: Suggested;
  readonly notes: readonly Note[];
}

/**
 * @param asked points to cut it around, besides the one that is guessed
 * @throws Refusal `picture-type`, `picture-svg`, `not-a-picture`, `picture-pixels`, `picture-broken`, `picture-bytes`
 */
export async function makePicture(name: string, bytes: Uint8Array, asked: readonly Focus[] = []): Promise<MadePicture> {
  const type = demandPrintable(name, bytes);
  const base = await decode(name, bytes, type);
  const focus = await guessFocus(base);
  const variants = await makeVariants(base, distinct([focus, ...asked]));
  const image: Image = {
    sha256: digestOf(bytes),
    width: base.original.width,
    height: base.original.height,
    focus,
    variants: variants.map(({ body: _, ...variant }) => variant),
  };
  const suggested = await readSuggestions(type === "jpeg" || type === "png" ? bytes : undefined, base.exif);
  return { image, variants, suggested, notes: notesOn(name, type, base, suggested) };
}

/** More than anybody means; each is cut twice. */
const mostFocuses = 5;

const distinct = (focuses: readonly Focus[]): Focus[] =>
  [...new Map(focuses.map((focus) => [`${focus.x} ${focus.y}`, focus])).values()].slice(0, mostFocuses);

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
