import type { Root } from "mdast";
import type { Inline } from "../article.ts";
import { tidyInlines } from "../tidy-inlines.ts";
import { inlineMarkdown } from "./dialect.ts";
import { readInlines } from "./read-inlines.ts";

/** One line of inline Markdown, as front matter holds it. */
export function readInline(source: string): Inline[] {
  if (source.trim() === "") return [];
  const root: Root = inlineMarkdown.parse(source);
  const findings = { source, notes: [], targets: new Map(), noteNumber: () => undefined, pictures: [] };
  return tidyInlines(
    root.children.flatMap((node) => (node.type === "paragraph" ? readInlines(findings, node.children) : [])),
  );
}
