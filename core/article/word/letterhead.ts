import { type Note, note } from "../../refusal.ts";
import type { Item } from "./items.ts";
import { wordsOfTable } from "./tables.ts";

/** Longer, it is no address; then it stays and is printed. */
const longestLetterhead = 300;

/** A table above the title holds an office's address and the day, not the article. Every word left out is told. */
export function withoutLetterhead(
  items: readonly Item[],
  { title, rest }: { readonly title: string; readonly rest: readonly Item[] },
): { readonly rest: readonly Item[]; readonly notes: readonly Note[] } {
  const titleAt = items.findIndex((item) => item.kind === "words" && item.text === title);
  const above = items.slice(0, Math.max(0, titleAt)).filter((item) => item.kind === "table");
  const lines = above.map(wordsOfTable).filter(Boolean).join(" · ");
  if (lines === "" || lines.length > longestLetterhead) return { rest, notes: [] };
  return {
    rest: rest.filter((item) => item.kind !== "table" || !above.includes(item)),
    notes: [note("word-letterhead", { lines })],
  };
}
