import type { ArticleText, Inline, Picture } from "./article.ts";
import { mapPictures } from "./change-pictures.ts";
import { literalAddress } from "./link.ts";
import { mapInlines } from "./map-inlines.ts";
import { holdTogether, noBreak } from "./no-break.ts";

/** House typography, once, at intake: quotation marks, dashes, no-break spaces. Doing it twice is the same as once. */

type Language = "de" | "en";

/** Every word of a text set by the rules of its language; addresses, file names and foreign words stay as they are. */
export function setType(text: ArticleText): ArticleText {
  const { language } = text;
  const line = (value: string) => setLine(value, language);
  const inlines = (content: readonly Inline[]) => setInlines(content, language);
  const picture = (value: Picture): Picture => ({
    ...value,
    alt: value.alt === null ? null : line(value.alt),
    caption: inlines(value.caption),
    credit: value.credit === null ? null : line(value.credit),
  });
  return {
    ...text,
    kicker: line(text.kicker),
    title: line(text.title),
    subtitle: line(text.subtitle),
    teaser: line(text.teaser),
    lead: inlines(text.lead),
    authors: text.authors.map(({ name, roleAtTime, portrait }) => ({
      name,
      roleAtTime: line(roleAtTime),
      portrait: portrait && picture(portrait),
    })),
    hero: text.hero && picture(text.hero),
    blocks: mapPictures(mapInlines(text.blocks, inlines), picture),
    linkBox: text.linkBox && {
      title: line(text.linkBox.title),
      entries: text.linkBox.entries.map((entry) => ({ ...entry, label: line(entry.label) })),
    },
    notes: text.notes.map(inlines),
    event: text.event && { ...text.event, place: line(text.event.place) },
  };
}

/** One line of plain text. */
export const setLine = (text: string, language: Language): string =>
  text === "" ? "" : setParts([text], language).join("");

/** The texts of a paragraph belong together: a quotation may open in one and close in another. */
export function setInlines(content: readonly Inline[], language: Language): Inline[] {
  const texts: string[] = [];
  const collect = (inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      if (inline.type === "text") texts.push(inline.text);
      else if ("content" in inline && inline.type !== "lang") collect(inline.content);
      // What holds no text of ours still stands between the texts.
      else texts.push("");
    }
  };
  collect(content);
  const parts = setParts(texts, language)[Symbol.iterator]();
  const next = (): string => parts.next().value ?? "";
  const place = (inlines: readonly Inline[]): Inline[] =>
    inlines.map((inline) => {
      if (inline.type === "text") return { ...inline, text: next() };
      if ("content" in inline && inline.type !== "lang") return { ...inline, content: place(inline.content) };
      next();
      return inline;
    });
  return place(content);
}

// ── one run of text ────────────────────────────────────────────────────────────────────────────

/** Noncharacters no text contains: between the parts, and in the place of an address. */
const seam = "\ufdd2";
const hole = "\ufdd3";

const mostPasses = 4;

/** Set until setting changes nothing more; a tangle of marks that never comes to rest stays as it was written. */
function setParts(parts: readonly string[], language: Language): string[] {
  let set = [...parts];
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const again = setOnce(set, language);
    if (again.every((part, index) => part === set[index])) return set;
    set = again;
  }
  return [...parts];
}

function setOnce(parts: readonly string[], language: Language): string[] {
  const kept: string[] = [];
  const joined = parts.join(seam).replace(untouched, (address) => {
    kept.push(address);
    return hole;
  });
  const marked = language === "de" ? setGerman(joined) : setEnglish(joined);
  let index = 0;
  return marked.replace(/\ufdd3/g, () => kept[index++] ?? "").split(seam);
}

/** Addresses, file names, hash tags: whatever a machine reads. */
const untouched = new RegExp(
  String.raw`${literalAddress.source}|\b[\w-]+\.(?:jpe?g|png|webp|gif|hei[cf]|hif|avif|tiff?|bmp|svg|pdf|docx?|xlsx?|html?|txt|md)\b`,
  "giu",
);

const setEnglish = (text: string): string =>
  holdTogether(quotes(dashes(text.replaceAll("...", "…")), ["“", "”", "‘", "’"]), "en");

const setGerman = (text: string): string =>
  holdTogether(ranges(dashes(quotes(text.replaceAll("...", "…"), ["„", "“", "‚", "‘"]))), "de");

const opens = /[\s\u00a0([{–—/„‚“‘«»-]/u;
const isLetter = /[\p{L}\p{N}]/u;

/** Straight and English marks become the house's; an apostrophe stays one. German “ closes, English “ opens. */
function quotes(
  text: string,
  [open, close, openSingle, closeSingle]: readonly [string, string, string, string],
): string {
  const signs = [...text.replace(/,,(?=\S)/g, "„").replace(/(?<=\S)''|``/g, '"')];
  let isOpen = false;
  let isSingleOpen = false;
  return signs
    .map((sign, index) => {
      const before = neighbour(signs, index, -1);
      const after = neighbour(signs, index, 1);
      const mayOpen = (before === "" || opens.test(before)) && after !== "" && !/[\s\u00a0]/u.test(after);
      if ('"„“”'.includes(sign)) {
        const isOpening = sign === "„" || (mayOpen && !isOpen);
        if (sign === '"' && /\d/.test(before) && !isOpen) return sign; // inches
        isOpen = isOpening;
        return isOpening ? open : close;
      }
      if (!"'‚‘’".includes(sign)) return sign;
      if (isLetter.test(before) && isLetter.test(after)) return "’";
      const isOpening = sign === "‚" || (mayOpen && !isSingleOpen && closesLater(signs, index));
      if (isOpening) {
        isSingleOpen = true;
        return openSingle;
      }
      if (!isSingleOpen) return "’";
      isSingleOpen = false;
      return closeSingle;
    })
    .join("");
}

/** The next sign of the text itself, over the seams of its parts. */
function neighbour(signs: readonly string[], index: number, step: 1 | -1): string {
  let at = index + step;
  while (signs[at] === seam) at += step;
  return signs[at] ?? "";
}

/** Signs a quotation within a quotation may have. */
const farthestClose = 400;

/** A single mark opens only where one closes: "'s ist gut" begins with an apostrophe. */
const closesLater = (signs: readonly string[], index: number): boolean =>
  signs.slice(index + 1, index + farthestClose).some((sign, offset, rest) => {
    if (!"'‘’".includes(sign)) return false;
    const [before, after] = [neighbour(rest, offset, -1), neighbour(rest, offset, 1)];
    return /[^\s\u00a0]/u.test(before) && !isLetter.test(after);
  });

/** A dash between words is an en dash, held to the word before it. */
const dashes = (text: string): string =>
  text
    .replace(/(?<=[^\s\u00a0])[ \u00a0](?:--?|–|—)(?=[ \u00a0])/gu, `${noBreak}–`)
    .replace(/(?<=[^\s-])--(?=[^\s-])/g, "–");

/** "2023-2025", "9-12 Uhr", "9:30-12:00": from, to. */
const ranges = (text: string): string =>
  text
    .replace(/(?<![\d.,/–-])((?:19|20)\d\d)-((?:19|20)?\d\d)(?![\d./–-])/g, "$1–$2")
    .replace(
      /(?<![\d.,/–-])(\d{1,2}(?:[:.]\d\d)?)-(\d{1,2}(?:[:.]\d\d)?)(?=[ \u00a0](?:Uhr|%|€|Prozent|Euro|Jahre|km|m)(?!\p{L}))/gu,
      "$1–$2",
    );
