import { type Note, type NoteCode, note } from "../../refusal.ts";

/** What a document holds and an article does not: one note for each kind, with its number and where it came first. */
export interface Losses {
  /** @param place words of the paragraph, as {@link placeOf} cuts them */
  say(code: LossCode, place: string): void;
  notes(): Note[];
}
export type LossCode = Exclude<
  Extract<NoteCode, `word-${string}`>,
  "word-comments" | "word-fonts" | "word-furniture" | "word-letterhead" | "word-person"
>;

export function countLosses(): Losses {
  const seen = new Map<LossCode, { count: number; place: string }>();
  return {
    say: (code, place) => {
      const before = seen.get(code);
      seen.set(code, { count: (before?.count ?? 0) + 1, place: before?.place || place });
    },
    notes: () => [...seen].map(([code, { count, place }]) => note(code, { count, place: place || "–" })),
  };
}

const placeLength = 50;

/** The first words of a paragraph, enough to find it by. */
export function placeOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= placeLength ? line : `${line.slice(0, placeLength).replace(/\s+\S*$/, "")} …`;
}
