import { type Note, Refusal } from "../refusal.ts";
import type { EditionInput } from "./edition.ts";
import { paletteFor } from "./palette.ts";

/** The house in the publication's colour, or the refusal of one too weak to read. */
export function dye(given: EditionInput): { input: EditionInput; notes: readonly Note[] } | Refusal {
  try {
    const { palette, notes } = paletteFor(given.publication.accent, given.house.palette);
    return { input: { ...given, house: { ...given.house, palette } }, notes };
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}
