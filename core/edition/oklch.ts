import { linearParts } from "./contrast.ts";

/** Lightness 0 to 1, chroma, hue in radians: equal steps look equal, and the hue stays when lightness moves. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** @see https://bottosson.github.io/posts/oklab/ (the two matrices) */
export function toOklch(colour: string): Oklch {
  const [red = 0, green = 0, blue = 0] = linearParts(colour);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  const lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  return { lightness, chroma: Math.hypot(a, b), hue: Math.atan2(b, a) };
}

/** "#RRGGBB"; a chroma no screen can show at this lightness is lowered until one can. */
export function fromOklch({ lightness, chroma, hue }: Oklch): string {
  let parts = toLinear({ lightness, chroma, hue });
  for (let left = chroma; left > 0 && !parts.every(isShown); left -= 0.002)
    parts = toLinear({ lightness, chroma: left, hue });
  return `#${parts.map(toHex).join("")}`;
}

function toLinear({ lightness, chroma, hue }: Oklch): number[] {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

const isShown = (part: number): boolean => part > -0.001 && part < 1.001;

function toHex(linear: number): string {
  const part = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, part)))
    .toString(16)
    .padStart(2, "0")
    .toUpperCase();
}
