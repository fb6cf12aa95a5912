import { type Note, note, Refusal } from "../refusal.ts";
import { contrast, leastContrast } from "./contrast.ts";
import type { Palette } from "./edition.ts";
import { fromOklch, toOklch } from "./oklch.ts";

/** In dark views the accent goes further than {@link leastContrast}: thin strokes swim on black. */
const darkContrast = 7;

/**
 * The palette of a publication: one accent of its own, everything else from the house. The house's own accent keeps
 * the dark colours chosen by eye.
 *
 * @throws Refusal `weak-accent` when text on it, or it as text, stays below 4.5:1; names the nearest colour that does
 */
export function paletteFor(accent: string, house: Palette): { palette: Palette; notes: readonly Note[] } {
  const colour = accent.toUpperCase();
  if (colour === house.light.accent?.toUpperCase()) return { palette: house, notes: [] };
  const nearest = darkenedUntil(colour, (shade) => isReadable(shade, house));
  if (nearest !== colour) throw new Refusal("weak-accent", { accent: colour, nearest });
  const dark = lightenedUntil(colour, (shade) => contrast(shade, named(house.dark, "paper")) >= darkContrast);
  const palette: Palette = {
    light: { ...house.light, accent: colour, onAccent: "#FFFFFF", ...bandOf(colour, house.light) },
    dark: { ...house.dark, accent: dark, ...bandOf(dimmed(colour), house.dark) },
  };
  return { palette, notes: dark === colour ? [] : [note("accent-derived", { accent: colour, dark })] };
}

/** White on it (masthead, button), and it on white and on the tint (links, headings). */
const isReadable = (accent: string, { light }: Palette): boolean =>
  ["#FFFFFF", named(light, "paper"), named(light, "tint")].every((other) => contrast(accent, other) >= leastContrast);

/** The masthead: text, soft text and number are lightened until they stand out from the band. */
function bandOf(band: string, house: Palette["light"]): Palette["light"] {
  const standsOut = (colour: string): boolean => contrast(colour, band) >= leastContrast;
  return {
    band,
    bandText: "#FFFFFF",
    bandSoft: lightenedUntil(mixedWithWhite(band, 0.84), standsOut),
    bandNumber: lightenedUntil(named(house, "bandNumber"), standsOut),
    bandRule: mixedWithWhite(band, 0.28),
  };
}

/** A band that does not glare in the dark. */
const dimmed = (colour: string): string => {
  const { lightness, chroma, hue } = toOklch(colour);
  return fromOklch({ lightness: lightness * 0.87, chroma, hue });
};

const mixedWithWhite = (colour: string, share: number): string =>
  `#${[1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16))
    .map((part) => Math.round(part + (255 - part) * share))
    .map((part) => part.toString(16).padStart(2, "0"))
    .join("")}`.toUpperCase();

const darkenedUntil = (colour: string, holds: (shade: string) => boolean): string => movedUntil(colour, -step, holds);
const lightenedUntil = (colour: string, holds: (shade: string) => boolean): string => movedUntil(colour, step, holds);

/** So small that the colour found is the nearest one. */
const step = 0.002;

/** The first colour of the same hue that holds, on the way to black or white; one of these always does. */
function movedUntil(colour: string, by: number, holds: (shade: string) => boolean): string {
  const { lightness, chroma, hue } = toOklch(colour);
  let found = colour;
  for (let moved = lightness; !holds(found) && moved >= 0 && moved <= 1; moved += by)
    found = fromOklch({ lightness: moved, chroma, hue });
  return holds(found) ? found : by > 0 ? "#FFFFFF" : "#000000";
}

function named(colours: Palette["light"], name: string): string {
  const colour = colours[name];
  if (colour === undefined) throw new Error(`the palette has no ${name}`);
  return colour;
}
