import type { ListItem, PhrasingContent, Root, RootContent, TableCell } from "mdast";
import type { LeafDirective } from "mdast-util-directive";
import type { Language } from "../../words.ts";
import type { Block, Inline, LinkBox, Picture } from "../article.ts";
import { printFocus } from "../focus.ts";
import type { Attributes } from "./attributes.ts";
import { markdown } from "./dialect.ts";
import { container, type Flow, leaf } from "./print-directives.ts";
import { phrasing } from "./print-inlines.ts";

/** The model as a Markdown tree. Names of directives are in the article's language. */

/** The tree as Markdown source. */
export const stringify = (children: readonly RootContent[]): string =>
  markdown.stringify({ type: "root", children: [...children] } satisfies Root);

/** One line of inline Markdown, as front matter holds it. */
export const printInline = (language: Language, content: readonly Inline[]): string =>
  content.length === 0 ? "" : stringify([{ type: "paragraph", children: phrasing(language, content, true) }]).trim();

/** Blocks as Markdown nodes, directives named in the language. */
export const printBlocks = (language: Language, blocks: readonly Block[]): Flow[] =>
  blocks.map((block) => printBlock(language, block));

function printBlock(language: Language, block: Block): Flow {
  const inline = (content: readonly Inline[], oneLine = false) => phrasing(language, content, oneLine);
  switch (block.type) {
    case "heading":
      return { type: "heading", depth: block.level, children: inline(block.content, true) };
    case "paragraph":
      return { type: "paragraph", children: inline(block.content) };
    case "list":
      return printList(language, block);
    case "figure":
      return figure(language, block.picture);
    case "gallery": {
      const pictures = block.pictures.map((picture) => figure(language, picture));
      return container(language, "gallery", block.caption, {}, pictures);
    }
    case "quote": {
      const children = printBlocks(language, block.blocks);
      return block.source.length === 0
        ? { type: "blockquote", children }
        : container(language, "quote", block.source, {}, children);
    }
    case "table": {
      const table = printTable(language, block);
      return block.caption.length === 0 ? table : container(language, "table", block.caption, {}, [table]);
    }
    case "infobox":
      return container(language, "infobox", block.title, {}, printBlocks(language, block.blocks));
    case "interview":
      return container(
        language,
        "interview",
        [],
        {},
        block.turns.flatMap(({ question, speaker, answer }) => [
          leaf(language, "question", question, speaker === "" ? {} : { speaker }),
          ...printBlocks(language, answer),
        ]),
      );
    case "separator":
      return { type: "thematicBreak" };
    case "embed":
      return leaf(language, "embed", [], { url: block.url, title: block.title });
  }
}

function printList(language: Language, list: Extract<Block, { type: "list" }>): Flow {
  const children = list.items.map(
    (item): ListItem => ({ type: "listItem", spread: item.length > 1, children: printBlocks(language, item) }),
  );
  const { ordered, start } = list;
  return {
    type: "list",
    ordered,
    start: ordered ? start : null,
    spread: children.some(({ spread }) => spread),
    children,
  };
}

function printTable(language: Language, table: Extract<Block, { type: "table" }>): Flow {
  const row = (cells: readonly (readonly Inline[])[]) => ({
    type: "tableRow" as const,
    children: cells.map((cell): TableCell => ({ type: "tableCell", children: phrasing(language, cell, true) })),
  });
  return { type: "table", align: [...table.align], children: [row(table.head), ...table.rows.map(row)] };
}

function figure(language: Language, picture: Picture): LeafDirective {
  const credit = picture.credit === null ? {} : { credit: picture.credit };
  return leaf(language, "figure", picture.caption, {
    file: picture.name,
    ...altAttribute(language, picture.alt),
    ...credit,
    ...(picture.focus && { focus: printFocus(picture.focus) }),
  });
}

/** null: not there · "": decorative on purpose. */
const altAttribute = (language: Language, alt: string | null): Attributes =>
  alt === null ? {} : alt === "" ? { decorative: language === "de" ? "ja" : "yes" } : { alt };

/** The standfirst as a directive of its own; nothing where there is none. */
export const printLead = (language: Language, lead: readonly Inline[]): RootContent[] =>
  lead.length === 0
    ? []
    : [container(language, "lead", [], {}, [{ type: "paragraph", children: phrasing(language, lead, false) }])];

/** The link box as a directive around a list; nothing where there is none. */
export function printLinkBox(language: Language, box: LinkBox | null): RootContent[] {
  if (!box) return [];
  const children = box.entries.map(({ label, url }): ListItem => {
    const words: PhrasingContent = { type: "text", value: label };
    const entry: PhrasingContent = url === null ? words : { type: "link", url, children: [words] };
    return { type: "listItem", spread: false, children: [{ type: "paragraph", children: [entry] }] };
  });
  const list: Flow = { type: "list", ordered: false, spread: false, children };
  const title: Inline[] = box.title === "" ? [] : [{ type: "text", text: box.title }];
  return [container(language, "linkBox", title, {}, [list])];
}

/** Footnotes, numbered from 1 as the text names them. */
export const printNotes = (language: Language, notes: readonly (readonly Inline[])[]): RootContent[] =>
  notes.map((content, index) => ({
    type: "footnoteDefinition",
    identifier: String(index + 1),
    label: String(index + 1),
    children: [{ type: "paragraph", children: phrasing(language, content, false) }],
  }));
