import { Refusal } from "../../refusal.ts";
import { contrast } from "../contrast.ts";
import type { Verdict } from "./verdict.ts";

/** Every pair of colours in which an edition sets text. */
const textOnGround: readonly (readonly [string, string])[] = [
  ["ink", "paper"],
  ["ink", "tint"],
  ["muted", "paper"],
  ["muted", "tint"],
  ["muted", "page"],
  ["accent", "paper"],
  ["accent", "tint"],
  ["onAccent", "accent"],
  ["bandText", "band"],
  ["bandSoft", "band"],
  ["bandNumber", "band"],
  ["label", "tint"],
];
const leastContrast = 4.5;

/** No text below 4.5:1 on its ground (WCAG 2.2, 1.4.3). */
export function judgePalette(colours: Readonly<Record<string, string>>, mode: "light" | "dark"): Verdict {
  const weak = textOnGround.filter(([text, ground]) => {
    const [front, back] = [colours[text], colours[ground]];
    return front === undefined || back === undefined || contrast(front, back) < leastContrast;
  });
  return { refusals: weak.map(([text, ground]) => new Refusal("weak-contrast", { text, ground, mode })), notes: [] };
}
