import { describe, expect, it } from "vitest";
import { contrast } from "../../../core/edition/contrast.ts";
import type { Palette } from "../../../core/edition/edition.ts";
import { judgePalette } from "../../../core/edition/gate/palette.ts";
import { toOklch } from "../../../core/edition/oklch.ts";
import { paletteFor } from "../../../core/edition/palette.ts";
import { Refusal } from "../../../core/refusal.ts";
import { house } from "../../../functions/house.ts";
import fc from "../../lots.ts";

const ours = house().palette;
const blue = "#1D4E89";

/** The palette an accent brings, or what it was refused with. */
function tried(accent: string): Palette | Refusal {
  try {
    return paletteFor(accent, ours).palette;
  } catch (trouble) {
    if (trouble instanceof Refusal) return trouble;
    throw trouble;
  }
}

describe("the palette of a publication", () => {
  it("is the house's own for the house's accent, however it is typed", () => {
    expect(paletteFor("#0b5a3e", ours)).toEqual({ palette: ours, notes: [] });
  });

  it("keeps the hue of an accent in dark views and raises its lightness to 7:1", () => {
    const { palette, notes } = paletteFor(blue, ours);
    const dark = palette.dark.accent ?? "";
    expect(palette.light.accent).toBe(blue);
    expect(contrast(dark, ours.dark.paper ?? "")).toBeGreaterThanOrEqual(7);
    expect(contrast(dark, ours.dark.paper ?? "")).toBeLessThan(7.2);
    expect(toOklch(dark).hue).toBeCloseTo(toOklch(blue).hue, 1);
    expect(notes).toEqual([{ code: "accent-derived", details: { accent: blue, dark } }]);
  });

  it("gives the masthead the publication's colour in both views", () => {
    const { light, dark } = paletteFor(blue, ours).palette;
    expect(light.band).toBe(blue);
    expect(toOklch(dark.band ?? "").lightness).toBeLessThan(toOklch(blue).lightness);
  });

  it("refuses an accent nobody could read and names the nearest one that works", () => {
    const refusal = tried("#7FCBA4");
    if (!(refusal instanceof Refusal)) throw new Error("was taken");
    expect(refusal.code).toBe("weak-accent");
    const nearest = String(refusal.details.nearest);
    expect(contrast(nearest, ours.light.tint ?? "")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(nearest, ours.light.tint ?? "")).toBeLessThan(4.7);
    expect(tried(nearest)).not.toBeInstanceOf(Refusal);
  });

  it("leaves no accent, whatever its colour, with text below 4.5:1", () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, "0")}`);
    fc.assert(
      fc.property(hex, (accent) => {
        const first = tried(accent);
        const palette = first instanceof Refusal ? tried(String(first.details.nearest)) : first;
        if (palette instanceof Refusal) return false;
        const { light, dark } = palette;
        return [judgePalette(light, "light"), judgePalette(dark, "dark")].every(
          ({ refusals }) => refusals.length === 0,
        );
      }),
      { numRuns: 500 },
    );
  });
});
