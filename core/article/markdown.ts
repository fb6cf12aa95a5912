import type { Root } from "mdast";
import { type Note, Refusal } from "../refusal.ts";
import { type ArticleText, articleTextSchema } from "./article.ts";
import { clean } from "./encoding.ts";
import { parseFrontMatter, splitFrontMatter } from "./front-matter.ts";
import { type Head, readHead } from "./head.ts";
import { markdown } from "./markdown/dialect.ts";
import { footnotesOf, targetsOf } from "./markdown/footnotes.ts";
import { printBlocks, printLead, printLinkBox, printNotes, stringify } from "./markdown/print.ts";
import { printHead } from "./markdown/print-head.ts";
import { type Body, inlinesOf, joined, readBlocks } from "./markdown/read-blocks.ts";
import { tidy } from "./tidy.ts";

/** Canonical Markdown: what the desk edits and corrections are made in. `readMarkdown(printMarkdown(article))` is the article, tidied. */
export function printMarkdown(article: ArticleText): string {
  const text = tidy(article);
  const language = text.language;
  const body = stringify([
    ...printLead(language, text.lead),
    ...printBlocks(language, text.blocks),
    ...printLinkBox(language, text.linkBox),
    ...printNotes(language, text.notes),
  ]);
  return `---\n${printHead(text)}---\n\n${body}`;
}

/** @throws Refusal where the text cannot be an article */
export function readMarkdown(source: string): ArticleText {
  const { text } = readSubmitted(clean(source).text);
  const parsed = articleTextSchema.safeParse({ ...text, kind: text.kind ?? "report", language: text.language ?? "de" });
  if (parsed.success) return parsed.data;
  throw new Refusal("article-bounds", { field: String(parsed.error.issues[0]?.path[0] ?? "") });
}

export interface MarkdownReading {
  /** An article but for its kind and language, where the text does not say them. */
  readonly text: Omit<ArticleText, "kind" | "language"> & Pick<Head["text"], "kind" | "language">;
  readonly credit: string | null;
  readonly decorative: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * Reads what an author wrote. Raw HTML and foreign directives leave their words.
 *
 * @throws Refusal of the front matter; `too-nested`, `too-many-lines`, `table-too-wide`
 */
export function readSubmitted(source: string): MarkdownReading {
  const { yaml, body: markdownText } = splitFrontMatter(source);
  const head = readHead(yaml === undefined ? {} : parseFrontMatter(yaml));
  demandBounds(markdownText);
  const root: Root = markdown.parse(markdownText);
  const footnotes = footnotesOf(root.children);
  const body: Body = {
    source: markdownText,
    notes: [],
    targets: targetsOf(root.children),
    noteNumber: footnotes.number,
    pictures: [],
    lead: head.text.lead,
    linkBox: null,
    title: head.text.title === "" ? undefined : head.text.title,
  };
  const blocks = readBlocks(body, root.children);
  const notes = footnotes.inOrder().map((definition) => joined(readBlocks(body, definition.children).map(inlinesOf)));
  const text = { ...head.text, title: body.title ?? "", lead: body.lead, blocks, linkBox: body.linkBox, notes };
  return {
    text: tidyReading(text),
    credit: head.credit,
    decorative: head.decorative,
    notes: [...head.notes, ...body.notes],
  };
}

/** A thousand times what an article needs; the grammar's work grows with the square of these. */
const mostLines = 10_000;
const nesting = /^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]*){24}/m;
const wideTable = /^(?:[^|\n]*\|){150}/m;

function demandBounds(text: string): void {
  if (text.split("\n").length > mostLines) throw new Refusal("too-many-lines", { most: mostLines });
  if (nesting.test(text)) throw new Refusal("too-nested");
  if (wideTable.test(text)) throw new Refusal("table-too-wide");
}

/** Tidies a reading whose kind and language are still open. */
function tidyReading(text: MarkdownReading["text"]): MarkdownReading["text"] {
  const { kind, language } = text;
  return { ...tidy({ ...text, kind: kind ?? "report", language: language ?? "de" }), kind, language };
}
