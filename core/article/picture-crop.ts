import sharp from "sharp";
import smartcrop from "smartcrop";
import type { Focus } from "./article.ts";
import type { Base } from "./picture-pixels.ts";

/** Which part of a picture is shown where a whole one has no room. */

interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** In a portrait a face stands above the middle; elsewhere the eye falls into it. */
const heightOfFocus = { lead: 0.5, portrait: 0.4 };

/** The largest part of this shape, as near around the focal point as the edges allow. */
export function regionAround(picture: Size, shape: Size, { x, y }: Focus, recipe: keyof typeof heightOfFocus): Region {
  const width = atLeastOne(Math.min(picture.width, (picture.height * shape.width) / shape.height));
  const height = atLeastOne(Math.min(picture.height, (picture.width * shape.height) / shape.width));
  const left = (x / 100) * picture.width - width / 2;
  const top = (y / 100) * picture.height - height * heightOfFocus[recipe];
  return { width, height, left: within(left, picture.width - width), top: within(top, picture.height - height) };
}

const atLeastOne = (length: number): number => Math.max(1, Math.round(length));
const within = (place: number, most: number): number => Math.round(Math.min(Math.max(0, place), most));

/**
 * Where people probably look: the middle of the square that holds most skin, colour and edges. libvips' own attention is
 * a single brightest spot, often at the picture's rim. A face detector was looked for: the good ones bring a hundred
 * times the bytes of everything else that is done to a picture.
 */
export async function guessFocus({ pixels, raw }: Base): Promise<Focus> {
  const { data, info } = await sharp(pixels, { raw })
    .extract({ left: 0, top: 0, width: raw.width, height: Math.ceil(raw.height * partSearched(raw)) })
    .resize(searchedSide, searchedSide, { fit: "inside" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { topCrop } = await smartcrop.crop({ width: info.width, height: info.height, data }, square);
  const middle = { x: topCrop.x + topCrop.width / 2, y: topCrop.y + topCrop.height / 2 };
  return {
    x: Math.round((100 * middle.x) / info.width),
    y: Math.round(((100 * middle.y) / info.height) * partSearched(raw)),
  };
}

/** Who photographs upright has people or towers in mind: shoes and meadows below are not what was meant. */
const partSearched = ({ width, height }: Size): number => (height > width ? 2 / 3 : 1);

/** What smartcrop works on without making it smaller once more. */
const searchedSide = 256;

const asItIs = async <Pixels>(pixels: Pixels): Promise<Pixels> => pixels;
const square = {
  ...{ width: 100, height: 100, minScale: 0.5, ruleOfThirds: false },
  imageOperations: { open: asItIs, getData: asItIs },
};
