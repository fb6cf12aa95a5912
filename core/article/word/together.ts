import type { Inline } from "../article.ts";

/**
 * Neighbours of one kind as one. Word tears a sentence into a run for every slip of the keyboard; tidying them in pairs
 * would take time by the square of their number.
 */
export function together(inlines: readonly Inline[]): Inline[] {
  const groups: Inline[][] = [];
  for (const inline of inlines) {
    const last = groups.at(-1);
    if (last?.[0] && isSame(last[0], inline)) last.push(inline);
    else groups.push([inline]);
  }
  return groups.map(one);
}

function isSame(left: Inline, right: Inline): boolean {
  if (left.type !== right.type || !joined.has(left.type)) return false;
  if (left.type === "link" && right.type === "link") return left.url === right.url;
  return left.type !== "lang" || (right.type === "lang" && left.language === right.language);
}
const joined: ReadonlySet<Inline["type"]> = new Set(["text", "strong", "em", "sup", "sub", "link", "lang"]);

function one(group: readonly Inline[]): Inline {
  const [first] = group as readonly [Inline];
  if (first.type === "text")
    return { type: "text", text: group.map((each) => (each.type === "text" ? each.text : "")).join("") };
  if (!("content" in first)) return first;
  return { ...first, content: together(group.flatMap((each) => ("content" in each ? each.content : []))) };
}
