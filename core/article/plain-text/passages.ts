/** A pasted text as runs of lines between blank lines, rid of what the page left behind. */

export interface Passage {
  readonly lines: readonly string[];
  /** Blank lines before it; a form feed counts as three. */
  readonly gap: number;
}

export interface Page {
  readonly passages: readonly Passage[];
  /** Page numbers and running heads that stood between paragraphs. */
  readonly setAside: readonly string[];
}

export function passagesOf(text: string): Page {
  const lines = text
    .replace(/\f/g, "\n\n\n")
    .split("\n")
    .map((line) => line.trim());
  const passages: { lines: string[]; gap: number }[] = [];
  let gap = 0;
  for (const line of lines) {
    if (line === "") gap += 1;
    else if (gap > 0 || passages.length === 0) {
      passages.push({ lines: [line], gap });
      gap = 0;
    } else passages.at(-1)?.lines.push(line);
  }
  return withoutPageFurniture(passages);
}

const pageNumber =
  /^(?:[-–—|]\s*)?(?:(?:Seite|S\.|Page|p\.)\s*)?\d{1,3}(?:\s*(?:von|of|\/)\s*\d{1,3})?(?:\s*[-–—|])?$/i;
/** "12 | Rathausbote 3/2026", "Rathausbote 3/2026 | 12", "Seite 4 Stadtblick" */
const folio = /^(?:(?:Seite|Page)?\s*\d{1,3}\s*[|•·–]\s*.{3,60}|.{3,60}\s*[|•·–]\s*(?:Seite|Page)?\s*\d{1,3})$/i;

/** "12  Rathausbote 3/2026": a number, and the issue's across a wide gap. */
const wideFolio = /^(?:\d{1,3}\s{2,}\S.{2,58}\d[|/]\d{2,4}|\S.{2,58}\d[|/]\d{2,4}\s{2,}\d{1,3})$/;
/** A number alone may be the title of the first lines ("112"). */
const namedPage = /^(?:Seite|S\.|Page|p\.)\s*\d/i;

/** "Ausgabe 03|26" alone is the masthead's, however much it looks like a page number with a name. */
const issueLine = /^(?:Ausgabe|Heft|Nummer|Nr\.?|Issue|No\.?)\s*\d{1,3}\s*[|/]\s*(?:\d{2}|\d{4})$/i;

/** A running head comes back on every page, but for its page number. */
function withoutPageFurniture(passages: readonly Passage[]): Page {
  const seen = new Map<string, string[]>();
  const keyOf = (line: string) => line.replace(/\d+/g, "#").toLowerCase();
  const alone = passages.filter(({ lines }) => lines.length <= 2).flatMap(({ lines }) => lines);
  for (const line of alone) seen.set(keyOf(line), [...(seen.get(keyOf(line)) ?? []), line]);
  const comesBack = (line: string): boolean => {
    const same = seen.get(keyOf(line)) ?? [];
    return same.length > 1 && !isCounted(same);
  };
  const isRunningHead = (line: string) =>
    !issueLine.test(line) &&
    (wideFolio.test(line) || (folio.test(line) && /\d/.test(line) && !/[.!?]$/.test(line))
      ? true
      : comesBack(line) && line.length <= 80 && /\d/.test(line));
  const setAside: string[] = [];
  const kept: Passage[] = [];
  for (const [index, passage] of passages.entries()) {
    const isFurniture = (line: string) =>
      line.length <= 80 &&
      (index > 0 || namedPage.test(line)) &&
      passage.lines.length <= 2 &&
      (pageNumber.test(line) || isRunningHead(line));
    const lines = passage.lines.filter((line) => !isFurniture(line));
    setAside.push(...passage.lines.filter(isFurniture));
    if (lines.length > 0) kept.push({ ...passage, lines });
  }
  return { passages: kept, setAside };
}

/** What is counted, dated or priced is alike but for its number, too, and is text: "1. Zelt", "Teil 2", "um 10 Uhr". */
function isCounted(lines: readonly string[]): boolean {
  const numbers = lines.map((line) => line.match(/\d+/g) ?? []);
  if (new Set(lines).size === 1) return false;
  if (lines.some((line) => /\b(?:Uhr|Euro)\b|[€%]/.test(line))) return true;
  const isFromOne = numbers.every(([first], index) => Number(first) === index + 1);
  return numbers.every(({ length }) => length === 1) && (isFromOne || lines.every((line) => ordinal.test(line)));
}
const ordinal = /\d[.)]\s+\p{L}/u;

const hyphen = /(\p{L})[-‐]$/u;

/** Joins lines that a column broke: "Ver-" and "waltung" are one word, "Digital-" and "Lotsen" keep their hyphen. */
export function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => joinTwo(text, line.trim()), "").trim();
}

export function joinTwo(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  if (!hyphen.test(left)) return `${left} ${right}`;
  if (/^(?:und|oder|bzw\.|sowie|als|wie|bis|and|or|to)\b/.test(right)) return `${left} ${right}`;
  return /^\p{Ll}/u.test(right) ? left.replace(/[-‐]$/, "") + right : left + right;
}

/** Ends like a sentence, with any quotation mark or bracket after it. */
export const endsSentence = (text: string): boolean => /[.!?:…][“”"’'»«)\]]*(?:\[\d+\]|\d)?$/u.test(text);

/** Longest line of a print column, roughly; where lines are longer, each is a paragraph of its own. */
const columnWidth = 110;

/** The paragraphs of a passage: lines wrapped by a column are joined, long lines stand for themselves. */
export function paragraphsOf({ lines }: Passage): string[] {
  const longest = Math.max(...lines.map(({ length }) => length));
  if (longest > columnWidth) return [...lines];
  const paragraphs: string[][] = [[]];
  for (const [index, line] of lines.entries()) {
    paragraphs.at(-1)?.push(line);
    // A question may run longer and still end its paragraph: its answer begins on a line of its own.
    const isShort = line.length < longest * (line.endsWith("?") ? 0.8 : 0.6);
    const next = lines[index + 1];
    if (isShort && endsSentence(line) && next !== undefined && /^[\p{Lu}\d„"»]/u.test(next)) paragraphs.push([]);
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0).map(joinLines);
}
