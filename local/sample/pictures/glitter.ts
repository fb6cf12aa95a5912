import { ink, ripples, type Shape } from "./ink.ts";

/** The sun on the water: bars that grow shorter the farther they lie below it. */
export const glitter = (x: number, from: number, bars: readonly number[], gap = 24): Shape =>
  ripples(
    bars.map((length, bar) => [x - length / 2 + (bar % 2 ? 14 : -10), from + bar * gap, length] as const),
    ink.ochre,
    8,
  );
