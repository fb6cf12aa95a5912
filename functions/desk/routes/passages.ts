import type { Passage } from "../../../core/desk/comparison.ts";
import { fill, type Language, words } from "../../../core/words.ts";

/** What differs, for the template `desk/part/passages`. */
export function passageViews(passages: readonly Passage[], language: Language): object[] {
  const { leftOut } = words(language).desk.comparison;
  const none = { leftOut: null, lines: null, pieces: null };
  return passages.map((passage) => {
    if (passage.is === "left-out") return { ...none, leftOut: fill(leftOut, { lines: passage.lines }) };
    if (passage.is === "same") return { ...none, lines: passage.lines.join("\n") };
    const pieces = passage.pieces.map(({ text, is }) => ({ text, isGone: is === "gone", isNew: is === "new" }));
    return { ...none, pieces };
  });
}
