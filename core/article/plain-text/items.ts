import { creditLine } from "../credit.ts";
import {
  addCredit,
  filesApart,
  isCaption,
  lacksCaption,
  nameCaption,
  type PictureItem,
  pictureItem,
} from "./captions.ts";
import { endsSentence, joinLines, joinTwo, type Passage, paragraphsOf } from "./passages.ts";
import { type Byline, bylineOf } from "./people.ts";
import { bullet, isBody, looksLikeHeading, looksLikeName, numbered, startsWithDate } from "./shape.ts";

/** The body of a pasted text, line by line understood: headings, paragraphs, lists, captions. */
export type Item =
  | { readonly kind: "heading" | "paragraph"; readonly text: string }
  | { readonly kind: "quote"; readonly text: string; readonly source: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | PictureItem;

export interface Items {
  readonly items: readonly Item[];
  readonly bylines: readonly Byline[];
  /** "alle Fotos: …" */
  readonly credit: string | null;
}

/** Tells what each passage of the body is. */
export function itemsOf(source: readonly Passage[]): Items {
  const passages = source.flatMap(filesApart).flatMap(unpack);
  const items: Item[] = [];
  const bylines: Byline[] = [];
  let credit: string | null = null;
  for (const [index, passage] of passages.entries()) {
    const line = joinLines(passage.lines);
    const next = passages[index + 1];
    const signed = creditLine(line);
    const by = bylineOf(line);
    const quote = quoteOf(passage);
    if (signed?.all) credit = signed.credit;
    else if (signed) addCredit(items, signed.credit);
    else if (by) bylines.push(by);
    else if (passage.gap === 0 && lacksCaption(items, line)) nameCaption(items, line);
    else if (isCaption(line, passage, next)) items.push(pictureItem(line, next));
    else if (quote) items.push(quote);
    else if (isList(passage.lines)) addList(items, passage.lines);
    else if (next && isHeading(line, passage, next)) items.push({ kind: "heading", text: line });
    else for (const text of paragraphsOf(passage)) addParagraph(items, text);
  }
  return { items: items.some(isText) ? items : items.flatMap(textFirst), bylines, credit };
}

const isText = ({ kind }: Item): boolean => kind !== "picture" && kind !== "heading";

/** The one sentence of a short notice is its text, though a photographer stands below it. */
const textFirst = (item: Item): Item[] =>
  item.kind === "picture" && endsSentence(item.caption) && isBody(item.caption)
    ? [
        { kind: "paragraph", text: item.caption },
        { ...item, caption: "" },
      ]
    : [item];

// ── passages that hold more than one thing ───────────────────────────────────────────────────────

/** A credit, a list or a heading that only a line end parts from its neighbour becomes a passage of its own. */
function unpack(passage: Passage): Passage[] {
  const runs: string[][] = [];
  const longest = Math.max(...passage.lines.map(({ length }) => length));
  for (const [index, line] of passage.lines.entries()) {
    const before = passage.lines[index - 1];
    const isNew = before === undefined || parts(before, line, runs.at(-1)?.[0] ?? "", longest, index === 1);
    if (isNew) runs.push([line]);
    else runs.at(-1)?.push(line);
  }
  return runs.map((lines, index) => ({ lines, gap: index === 0 ? passage.gap : 0 }));
}

function parts(before: string, line: string, first: string, longest: number, isSecond: boolean): boolean {
  if (creditLine(line) || creditLine(before)) return true;
  if (opensList(line) !== opensList(first)) return opensList(line);
  return isSecond && isHeadingAbove(before, line, longest);
}

/** A short first line over a wrapped paragraph. */
const isHeadingAbove = (line: string, next: string, longest: number): boolean =>
  longest > 50 &&
  line.length < longest * 0.7 &&
  looksLikeHeading(line) &&
  !/[-–]$/.test(line) &&
  next.length > line.length &&
  /^[\p{Lu}„"»]/u.test(next) &&
  !opensList(line);

// ── lists ──────────────────────────────────────────────────────────────────────────────────────

const opensList = (line: string): boolean => bullet.test(line) || (numbered.test(line) && !startsWithDate(line));

function isList(lines: readonly string[]): boolean {
  const [first = ""] = lines;
  if (bullet.test(first))
    return /^[–—-]/.test(first) ? lines.filter((line) => bullet.test(line)).length > 1 || first.length < 100 : true;
  if (numbered.test(first) && !startsWithDate(first)) return true;
  return lines.length > 1 && lines.every(startsWithDate);
}

/** Lists go on over blank lines; a numbered one only where its numbers do. */
function addList(items: Item[], lines: readonly string[]): void {
  const first = lines[0] ?? "";
  const ordered = numbered.test(first) && !startsWithDate(first);
  const entries: string[] = [];
  for (const line of lines) {
    if (opensList(line) || startsWithDate(line))
      entries.push(line.replace(bullet, "").replace(ordered ? numbered : /^\b$/, ""));
    else entries.push(joinTwo(entries.pop() ?? "", line));
  }
  const last = items.at(-1);
  const number = ordered ? Number(numbered.exec(first)?.[1]) : 0;
  if (last?.kind === "list" && last.ordered === ordered && (!ordered || number === last.items.length + 1)) {
    items.splice(-1, 1, { ...last, items: [...last.items, ...entries] });
  } else if (!ordered || number === 1) items.push({ kind: "list", ordered, items: entries });
  else for (const line of lines) addParagraph(items, line);
}

// ── pull quotes ────────────────────────────────────────────────────────────────────────────────

const pulled = /^([„»“"](?:[^“”«"]{15,280})[.!?…][“”«"])$/u;

/** A sentence in quotation marks with a name below it. */
function quoteOf({ lines }: Passage): Item | undefined {
  const source = lines.at(-1) ?? "";
  const [, text] = pulled.exec(joinLines(lines.slice(0, -1))) ?? [];
  const [name = ""] = source.split(/\s*,\s*/);
  return text !== undefined && looksLikeName(name) ? { kind: "quote", text, source } : undefined;
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────

function isHeading(line: string, passage: Passage, next: Passage): boolean {
  const following = joinLines(next.lines);
  if (passage.lines.length > 2 || !looksLikeHeading(line)) return false;
  return isBody(following) || isList(next.lines) || looksLikeHeading(following) || endsSentence(following);
}

/** A page break cut a paragraph in two: it ends without a stop, and what follows goes on. A picture may stand between. */
function addParagraph(items: Item[], text: string): void {
  const index = items.findLastIndex(({ kind }) => kind !== "picture");
  const last = items[index];
  if (last?.kind !== "paragraph" || !goesOn(last.text, text)) items.push({ kind: "paragraph", text });
  else items.splice(index, 1, { ...last, text: joinTwo(last.text, text) });
}

const goesOn = (before: string, after: string): boolean =>
  !endsSentence(before) &&
  before.length > 60 &&
  (/^\p{Ll}/u.test(after) || (before.length > 80 && isBody(after) && /^[\p{Lu}\d„]/u.test(after)));
