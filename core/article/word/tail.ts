import type { Note } from "../../refusal.ts";
import type { Inline, LinkBox } from "../article.ts";
import { plain } from "../plain.ts";
import { splitTail } from "../plain-text/tail.ts";
import type { Item, Words } from "./items.ts";

/** The lines of addresses a document ends with become its link box, as those of a pasted text do. */
export function splitWordTail(items: readonly Item[]): {
  readonly rest: readonly Item[];
  readonly linkBox: LinkBox | null;
  readonly notes: readonly Note[];
} {
  const from = items.findLastIndex((item) => !isLine(item)) + 1;
  const lines = items.slice(from) as Words[];
  // A document that is nothing but lines keeps its first for the text.
  const passages = lines.map(({ content }) => ({ lines: linesOf(content), gap: 1 }));
  const tail = splitTail(from > 0 ? [{ lines: ["–"], gap: 1 }, ...passages] : passages);
  const kept = tail.rest.length - (from > 0 ? 1 : 0);
  return { rest: [...items.slice(0, from), ...lines.slice(0, kept)], linkBox: tail.linkBox, notes: tail.notes };
}

const isLine = (item: Item): boolean =>
  item.kind === "words" && (item.role === undefined || item.role === "heading") && item.box === 0;

/** A link is written as a paste would have it, "[Titel](Adresse)", so that its target is not lost on the way. */
const linesOf = (content: readonly Inline[]): string[] => {
  const lines = [""];
  for (const inline of flat(content)) {
    if (inline.type === "break") lines.push("");
    else lines.push(`${lines.pop() ?? ""}${inline.type === "link" ? linkText(inline) : plain([inline])}`);
  }
  return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
};

const flat = (content: readonly Inline[]): Inline[] =>
  content.flatMap((inline) => ("content" in inline && inline.type !== "link" ? flat(inline.content) : [inline]));

function linkText({ url, content }: Extract<Inline, { type: "link" }>): string {
  const label = plain(content).replace(/[[\]]/g, "");
  const target = url.replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"));
  return label.trim() === "" ? "" : `[${label.trim()}](${target})`;
}
