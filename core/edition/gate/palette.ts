import { Refusal } from "../../refusal.ts";
import { contrast, leastContrast } from "../contrast.ts";
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

/** No text below {@link leastContrast} on its ground. */
export function judgePalette(colours: Readonly<Record<string, string>>, mode: "light" | "dark"): Verdict {
  const weak = textOnGround.filter(([text, ground]) => {
    const [front, back] = [colours[text], colours[ground]];
    return front === undefined || back === undefined || contrast(front, back) < leastContrast;
  });
  return { refusals: weak.map(([text, ground]) => new Refusal("weak-contrast", { text, ground, mode })), notes: [] };
}
