import type { Inline } from "./article.ts";
import { cleanLine } from "./encoding.ts";

/** Runs of text in their one form. */

/** One line: no control signs, single spaces, none at an edge. */
export const tidyLine = (line: string): string => squeeze(cleanLine(line)).trim();

/** Spaces and tabs become one space; no-break spaces stay. */
const squeeze = (text: string): string => text.replace(/[ \t\n]+/g, " ");

type Wrapping = Extract<Inline, { content: readonly Inline[] }>;
const wraps = (inline: Inline): inline is Wrapping => "content" in inline;

/** @param around what stands around the content: strong in strong and link in link are one */
export function tidyInlines(content: readonly Inline[], around: readonly string[] = []): Inline[] {
  const flat = content.flatMap((inline) => tidyInline(inline, around));
  return around.length > 0 ? merge(flat) : trim(merge(flat));
}

function tidyInline(inline: Inline, around: readonly string[]): Inline[] {
  if (inline.type === "text") {
    const text = squeeze(cleanLine(inline.text));
    return text === "" ? [] : [{ type: "text", text }];
  }
  if (inline.type === "abbr") {
    const [title, text] = [tidyLine(inline.title), tidyLine(inline.text)];
    const words = text || title;
    if (title === "" || text === "") return words === "" ? [] : [{ type: "text", text: words }];
    return [{ type: "abbr", title, text }];
  }
  if (!wraps(inline)) return [inline];
  if (around.includes(inline.type) && inline.type !== "lang") return tidyInlines(inline.content, around);
  return outerSpaces(inline, tidyInlines(inline.content, [...around, inline.type]));
}

/** "<strong> a </strong>" is " <strong>a</strong> "; breaks at an edge move out too. */
function outerSpaces(inline: Wrapping, content: readonly Inline[]): Inline[] {
  const before: Inline[] = [];
  const after: Inline[] = [];
  const inner = [...content];
  for (let first = inner[0]; first && isEdge(first, /^ /); first = inner[0]) {
    inner.shift();
    if (first.type === "text") {
      before.push({ type: "text", text: " " });
      if (first.text !== " ") inner.unshift({ type: "text", text: first.text.slice(1) });
    } else before.push(first);
  }
  for (let last = inner.at(-1); last && isEdge(last, / $/); last = inner.at(-1)) {
    inner.pop();
    if (last.type === "text") {
      after.unshift({ type: "text", text: " " });
      if (last.text !== " ") inner.push({ type: "text", text: last.text.slice(0, -1) });
    } else after.unshift(last);
  }
  return [...before, ...(inner.length > 0 ? [{ ...inline, content: inner }] : []), ...after];
}

const isEdge = (inline: Inline, space: RegExp): boolean =>
  inline.type === "break" || (inline.type === "text" && space.test(inline.text));

/** Neighbours of one kind become one; no space stands beside a break or another space. */
function merge(content: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of content) {
    const last = merged.at(-1);
    const joined = last && join(last, inline);
    if (joined) merged.splice(-1, 1, ...joined);
    else merged.push(inline);
  }
  return merged.filter((inline) => inline.type !== "text" || inline.text !== "");
}

function join(left: Inline, right: Inline): Inline[] | undefined {
  if (left.type === "text" && right.type === "text") {
    return [{ type: "text", text: squeeze((left.text + right.text).normalize("NFC")) }];
  }
  if (left.type === "break" && right.type === "text" && right.text.startsWith(" ")) {
    return [left, { type: "text", text: right.text.slice(1) }];
  }
  if (left.type === "text" && right.type === "break") return [{ type: "text", text: left.text.trimEnd() }, right];
  const isPair = left.type === right.type && wraps(left) && wraps(right) && left.type !== "lang";
  const isSameLink = left.type !== "link" || right.type !== "link" || left.url === right.url;
  if (!isPair || !isSameLink) return undefined;
  return [{ ...left, content: merge([...left.content, ...right.content]) }];
}

/** No space and no break at either end of a paragraph, heading or caption. */
function trim(content: readonly Inline[]): Inline[] {
  const inner = [...content];
  for (let first = inner[0]; first && isEdge(first, /^\s/); first = inner[0]) {
    const text = first.type === "text" ? first.text.trimStart() : "";
    inner.splice(0, 1, ...(text ? [{ type: "text" as const, text }] : []));
  }
  for (let last = inner.at(-1); last && isEdge(last, /\s$/); last = inner.at(-1)) {
    const text = last.type === "text" ? last.text.trimEnd() : "";
    inner.splice(-1, 1, ...(text ? [{ type: "text" as const, text }] : []));
  }
  return inner;
}
