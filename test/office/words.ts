import type { Inline } from "../../core/article/article.ts";
import { plain } from "../../core/article/plain.ts";
import type { WordReading } from "../../core/article/word.ts";

/** A word is a run of letters and digits after NFKC, as the mail's two parts are compared (`core/edition/same-words.ts`). */
const wordsIn = (text: string): string[] =>
  text
    .replace(/[\u00AD\u200B-\u200D\u2060]/g, "")
    .normalize("NFKC")
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Every word of an article, those of its notes and the targets of its links too: whatever stands anywhere is not lost. */
export const wordsOfReading = ({ text, credit, notes }: WordReading): string[] =>
  wordsIn([said(text), credit ?? "", said(notes.map(({ details }) => details))].join(" "));

function said(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return areInlines(value) ? `${plain(value)} ${targets(value)}` : value.map(said).join(" ");
  return typeof value === "object" && value !== null ? Object.values(value).map(said).join(" ") : "";
}

const inlineTypes = new Set(["text", "strong", "em", "link", "lang", "abbr", "sup", "sub", "noteRef", "break"]);
const areInlines = (value: readonly unknown[]): value is Inline[] =>
  value.length > 0 && value.every((one) => inlineTypes.has((one as { type?: string } | null)?.type ?? ""));
const targets = (content: readonly Inline[]): string =>
  content
    .map(
      (inline) => `${inline.type === "link" ? inline.url : ""} ${"content" in inline ? targets(inline.content) : ""}`,
    )
    .join(" ");

/** Every word in pandoc's tree: title, text, and what pictures say instead of themselves; no targets, no styles. */
export function wordsOfPandoc(tree: unknown): string[] {
  const { meta, blocks } = tree as { meta: Record<string, unknown>; blocks: unknown };
  return wordsIn([...Object.values(meta), blocks].map(spoken).join(" "));
}

interface Leaf {
  readonly t: string;
  readonly c?: unknown;
}
const isLeaf = (value: unknown): value is Leaf => typeof (value as Leaf | null)?.t === "string";
/** What stands inside a line of text; everything else ends a word. */
const inWord = new Set([
  "Str",
  "Emph",
  "Strong",
  "Underline",
  "Strikeout",
  "SmallCaps",
  "Span",
  "Link",
  "Quoted",
  "Subscript",
  "Superscript",
]);

function spoken(value: unknown): string {
  if (Array.isArray(value)) return value.map(spoken).join("");
  if (!isLeaf(value)) return "";
  const { t, c } = value;
  if (t === "Str") return String(c);
  if (t === "Code" || t === "CodeBlock" || t === "Math" || t === "RawInline") return ` ${(c as unknown[])[1]} `;
  return inWord.has(t) ? spoken(c) : ` ${spoken(c)} `;
}

/** Words of one side the other lacks, each as often as it is missing. */
export function lacking(words: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const word of other) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}
