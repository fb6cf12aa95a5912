import sharp, { type Sharp } from "sharp";

/** A picture every turn and every wrong colour shows in: red and green over blue and yellow. */

export const colours = {
  red: [200, 40, 40],
  green: [40, 160, 60],
  blue: [40, 60, 200],
  yellow: [220, 200, 40],
} as const;
export type Field = keyof typeof colours;

/** Fields in reading order. */
export function fourFields(
  width: number,
  height: number,
  [first, second, third, fourth]: readonly Field[] = ["red", "green", "blue", "yellow"],
): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const field = y < height / 2 ? (x < width / 2 ? first : second) : x < width / 2 ? third : fourth;
      pixels.set(colours[field ?? "red"], (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** The middle of each field, in reading order. */
export async function seenIn(picture: Uint8Array): Promise<number[][]> {
  const { data, info } = await sharp(picture).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => {
    const start = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(start, start + 3)];
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

/** Each field by the colour it comes nearest to; "none" where it is further away than a tolerance, 0 to 255 a channel. */
export const named = (seen: readonly (readonly number[])[], tolerance = 12): string[] =>
  seen.map(
    (one) =>
      Object.entries(colours).find(([, colour]) =>
        colour.every((part, index) => Math.abs(part - (one[index] ?? -99)) <= tolerance),
      )?.[0] ?? `none (${one.join(" ")})`,
  );
