import type { Block } from "../article.ts";
import type { Words } from "./items.ts";

/** Entries of lists one after another become lists in lists. */

type List = Extract<Block, { type: "list" }>;

/** How many entries of a list came before, so that one that goes on after a paragraph keeps its numbers. */
export type Counts = Map<string, number>;

const deepest = 8;

/** @param entries at least one, each with a place in a list */
export function listBlocks(entries: readonly Words[], counts: Counts): Block[] {
  const lists: List[] = [];
  let index = 0;
  while (index < entries.length) {
    const first = entries[index];
    const level = levelOf(first);
    const end = endOf(entries, index, level);
    lists.push(listOf(entries.slice(index, end), level, counts));
    index = end;
  }
  return lists;
}

const levelOf = (words: Words | undefined): number => Math.min(words?.list?.level ?? 0, deepest);

/** Up to where entries go deeper, or are of the same kind. */
function endOf(entries: readonly Words[], from: number, level: number): number {
  const first = entries[from];
  let end = from + 1;
  for (; end < entries.length; end += 1) {
    const entry = entries[end];
    if (levelOf(entry) < level) break;
    if (levelOf(entry) === level && entry?.list?.ordered !== first?.list?.ordered) break;
  }
  return end;
}

function listOf(entries: readonly Words[], level: number, counts: Counts): List {
  const [first] = entries;
  const key = `${first?.list?.id}:${level}`;
  const ordered = first?.list?.ordered === true;
  const start = ordered ? (counts.get(key) ?? 0) + 1 : 1;
  const items: Block[][] = [];
  let index = 0;
  while (index < entries.length) {
    const entry = entries[index];
    let next = index + 1;
    while (next < entries.length && levelOf(entries[next]) > level) next += 1;
    const inner = entries.slice(index + 1, next);
    if (entry)
      items.push([
        { type: "paragraph", content: entry.content },
        ...(inner.length > 0 ? listBlocks(inner, counts) : []),
      ]);
    index = next;
  }
  // A list by its style alone has no number of its own: the next may be another.
  if (level === 0 && first?.list?.id) counts.set(key, start - 1 + items.length);
  return { type: "list", ordered, start, items };
}
