import type { Block, Inline, Picture } from "../article.ts";
import { plain } from "../plain.ts";
import { bullet } from "../plain-text/shape.ts";
import type { Item, PictureItem, Words } from "./items.ts";
import { type Counts, listBlocks } from "./lists.ts";
import type { Losses } from "./losses.ts";
import { tableBlocks } from "./tables.ts";

/** The body of a document as blocks: neighbours of one kind belong together. */

export interface Setting {
  readonly losses: Losses;
  /** Of the headings that are left once the title is known: the outermost is level 2. */
  readonly outermost: number;
}

export function bodyBlocks(items: readonly Item[], setting: Setting): Block[] {
  const counts: Counts = new Map();
  return runsOf(items).flatMap((run) => runBlocks(run, setting, counts));
}

interface Run {
  readonly kind: string;
  readonly items: readonly Item[];
}

/** Neighbours of one kind; a kind that stands alone is a run of one. */
function runsOf(items: readonly Item[]): Run[] {
  const runs: { kind: string; items: Item[] }[] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const last = runs.at(-1);
    if (last && last.kind === kind && kind !== "") last.items.push(item);
    else runs.push({ kind, items: [item] });
  }
  return runs;
}

function kindOf(item: Item): string {
  if (item.kind === "rule" || item.kind === "table") return "";
  if (item.box > 0) return `box ${item.box}`;
  if (item.kind === "picture") return "pictures";
  if (item.role === "infobox" || item.role === "quote") return item.role;
  if (item.list) return "list";
  return item.role === undefined && bullet.test(item.text) ? "bullets" : "";
}

function runBlocks({ kind, items }: Run, setting: Setting, counts: Counts): Block[] {
  const words = items.filter((item) => item.kind === "words");
  switch (kind) {
    case "pictures":
      return pictureBlocks(items.filter((item) => item.kind === "picture"));
    case "list":
      return listBlocks(words, counts);
    case "bullets":
      return bulletBlocks(words);
    case "quote":
      return [quoteOf(words)];
    case "":
      return items.flatMap((item) => itemBlocks(item, setting));
    default:
      return [infoboxOf(items, setting)];
  }
}

function itemBlocks(item: Item, { losses, outermost }: Setting): Block[] {
  if (item.kind === "rule") return [{ type: "separator" }];
  if (item.kind === "table") return tableBlocks(item, losses, figureOf);
  if (item.kind === "picture") return [figureOf(item)];
  if (item.role !== "heading") return [{ type: "paragraph", content: item.content }];
  const level = Math.min(4, Math.max(2, item.level - outermost + 2)) as 2 | 3 | 4;
  return [{ type: "heading", level, content: withoutStrong(item.content) }];
}

// ── pictures ───────────────────────────────────────────────────────────────────────────────────

export const pictureOf = ({ name, alt, caption, credit }: PictureItem): Picture => ({ name, alt, caption, credit });
const figureOf = (item: PictureItem): Block => ({ type: "figure", picture: pictureOf(item) });

/** Pictures side by side with one caption below are a gallery; each with its own are figures. */
function pictureBlocks(pictures: readonly PictureItem[]): Block[] {
  const [last] = pictures.slice(-1);
  const bare = pictures.slice(0, -1).every(({ caption, credit }) => caption.length === 0 && credit === null);
  if (pictures.length < 2 || !bare || !last) return pictures.map(figureOf);
  const shared = pictures.map((item) => ({ ...pictureOf(item), caption: [], credit: item.credit ?? last.credit }));
  return [{ type: "gallery", pictures: shared, caption: last.caption }];
}

// ── words ──────────────────────────────────────────────────────────────────────────────────────

/** A last line after a dash says whose words they are. */
function quoteOf(words: readonly Words[]): Block {
  const last = words.at(-1);
  const isSource = words.length > 1 && last !== undefined && /^[–—-]\s*\p{Lu}/u.test(last.text);
  const blocks = (isSource ? words.slice(0, -1) : words).map(({ content }): Block => ({ type: "paragraph", content }));
  return {
    type: "quote",
    blocks,
    source: isSource && last ? dropStart(last.content, /^[–—-]\s*/.exec(last.text)?.[0] ?? "") : [],
  };
}

/** The first line in bold, or a heading, is what the box is called. */
function infoboxOf(items: readonly Item[], setting: Setting): Block {
  const page = items.map((item) => (item.kind === "rule" || item.kind === "table" ? item : { ...item, box: 0 }));
  const [first, ...others] = page;
  const isTitled =
    first?.kind === "words" &&
    others.length > 0 &&
    (first.role === "heading" || first.isBold) &&
    first.text.length <= 120;
  const plainly = (item: Item): Item =>
    item.kind === "words" && item.role === "infobox" ? { ...item, role: undefined } : item;
  return {
    type: "infobox",
    title: isTitled ? withoutStrong(first.content) : [],
    blocks: bodyBlocks((isTitled ? others : page).map(plainly), setting),
  };
}

/** Typed by hand: "• eins", "– zwei". One dash alone is how somebody speaks. */
function bulletBlocks(words: readonly Words[]): Block[] {
  const isDashed = words.every(({ text }) => /^[–—-]/.test(text));
  if (isDashed && words.length < 2) return words.map(({ content }) => ({ type: "paragraph", content }));
  const items = words.map(({ content, text }): Block[] => [
    { type: "paragraph", content: dropStart(content, bullet.exec(text)?.[0] ?? "") },
  ]);
  return [{ type: "list", ordered: false, start: 1, items }];
}

// ── letters ────────────────────────────────────────────────────────────────────────────────────

/** A heading is bold by being one. */
export const withoutStrong = (content: readonly Inline[]): Inline[] =>
  content.flatMap((inline): Inline[] => {
    if (inline.type === "strong") return withoutStrong(inline.content);
    return "content" in inline ? [{ ...inline, content: withoutStrong(inline.content) }] : [inline];
  });

/** The same without its first signs, spaces before them not counted. */
export function dropStart(content: readonly Inline[], start: string): Inline[] {
  let left = start.length;
  let hasBegun = false;
  const drop = (inlines: readonly Inline[]): Inline[] =>
    inlines.flatMap((inline): Inline[] => {
      if (left === 0) return [inline];
      if ("content" in inline) return [{ ...inline, content: drop(inline.content) }];
      if (inline.type !== "text") return [inline];
      const text = hasBegun ? inline.text : inline.text.trimStart();
      hasBegun ||= text !== "";
      const taken = Math.min(left, text.length);
      left -= taken;
      return [{ type: "text", text: text.slice(taken) }];
    });
  return drop(content);
}

export const textOfBlock = (block: Block): string =>
  block.type === "heading" || block.type === "paragraph" ? plain(block.content).replace(/\s+/g, " ").trim() : "";
