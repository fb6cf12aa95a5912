import { type Note, note } from "../refusal.ts";
import type { Focus } from "./article.ts";

/** Where in a picture the eye should fall; what is cut off is cut off elsewhere. */

/** Words an author may use instead of numbers; they name a third of the picture. */
const places: Readonly<Record<string, Partial<Focus>>> = {
  ...{ links: { x: 20 }, left: { x: 20 }, rechts: { x: 80 }, right: { x: 80 } },
  ...{ oben: { y: 20 }, top: { y: 20 }, unten: { y: 80 }, bottom: { y: 80 } },
  ...{ mitte: {}, center: {}, centre: {}, middle: {} },
};

/** "30% 40%" (from the left, from the top), "oben links"; nothing where nothing is said, a note where it cannot be read. */
export function readFocus(typed: string, notes: Note[]): { readonly focus?: Focus } {
  if (typed.trim() === "") return {};
  const focus = numbersIn(typed) ?? wordsIn(typed);
  if (!focus) notes.push(note("focus-unknown", { value: typed }));
  return focus ? { focus } : {};
}

export const printFocus = ({ x, y }: Focus): string => `${x}% ${y}%`;

function numbersIn(typed: string): Focus | undefined {
  const found = /^(\d{1,3}(?:[.,]\d+)?)\s*%?(?:\s+|\s*[,;/]\s*)(\d{1,3}(?:[.,]\d+)?)\s*%?$/.exec(typed.trim());
  const [x, y] = [found?.[1], found?.[2]].map((part) => Math.round(Number(part?.replace(",", "."))));
  const isInside = (part: number | undefined): part is number => part !== undefined && part >= 0 && part <= 100;
  return isInside(x) && isInside(y) ? { x, y } : undefined;
}

function wordsIn(typed: string): Focus | undefined {
  const said = typed.toLowerCase().split(/[\s,-]+/);
  if (!said.every((word) => Object.hasOwn(places, word))) return undefined;
  return Object.assign({ x: 50, y: 50 }, ...said.map((word) => places[word]));
}
