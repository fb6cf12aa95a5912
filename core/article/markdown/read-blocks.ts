import type { Paragraph, RootContent } from "mdast";
import type { ContainerDirective, LeafDirective } from "mdast-util-directive";
import { note } from "../../refusal.ts";
import { type Block, type Inline, type InterviewTurn, isLink, type LinkBox, type Picture } from "../article.ts";
import { readFocus } from "../focus.ts";
import { kindOfLink, mendUrl } from "../link.ts";
import { plain } from "../plain.ts";
import { fileNameOf } from "../submission.ts";
import { attributesOf, saysYes } from "./attributes.ts";
import { type Findings, readInlines, sourceOf } from "./read-inlines.ts";
import { readParagraph, strayPictures } from "./read-pictures.ts";
import { directiveNamed } from "./words.ts";

/** What stands in a text besides its blocks. */
export interface Body extends Findings {
  lead: readonly Inline[];
  linkBox: LinkBox | null;
  /** The first heading of level 1: the title, where front matter names none. */
  title: string | undefined;
}

/** Reads nodes in order; what belongs beside the text (lead, link box, title) is kept in `body`. */
export const readBlocks = (body: Body, nodes: readonly RootContent[]): Block[] =>
  nodes.flatMap((node) => [...readBlock(body, node), ...strayPictures(body)]);

function readBlock(body: Body, node: RootContent): Block[] {
  switch (node.type) {
    case "heading": {
      const content = readInlines(body, node.children);
      if (node.depth === 1 && body.title === undefined && plain(content) !== "") {
        body.title = plain(content);
        return [];
      }
      const level = node.depth <= 2 ? 2 : node.depth === 3 ? 3 : 4;
      return [{ type: "heading", level, content }];
    }
    case "paragraph":
      return readParagraph(body, node);
    case "list": {
      const items = node.children.map(({ checked, children }) => {
        const blocks = readBlocks(body, children);
        return typeof checked === "boolean" ? ticked(checked, blocks) : blocks;
      });
      return [{ type: "list", ordered: node.ordered === true, start: node.start ?? 1, items }];
    }
    case "blockquote":
      return [{ type: "quote", blocks: readBlocks(body, node.children), source: [] }];
    case "table": {
      const [head = [], ...rows] = node.children.map(({ children }) =>
        children.map((cell) => readInlines(body, cell.children)),
      );
      return [{ type: "table", caption: [], align: node.align ?? [], head, rows }];
    }
    case "thematicBreak":
      return [{ type: "separator" }];
    case "code":
      return [{ type: "paragraph", content: lines(node.value) }];
    case "html":
      return readParagraph(body, { type: "paragraph", children: [node] });
    case "containerDirective":
      return readContainer(body, node);
    case "leafDirective":
      return readLeaf(body, node);
    default:
      return [];
  }
}

const lines = (value: string): Inline[] =>
  value
    .split("\n")
    .flatMap((text, index): Inline[] => [...(index > 0 ? [{ type: "break" } as const] : []), { type: "text", text }]);

const ticked = (checked: boolean, [first, ...rest]: Block[]): Block[] => {
  const mark: Inline = { type: "text", text: checked ? "☑ " : "☐ " };
  if (first?.type !== "paragraph") return [{ type: "paragraph", content: [mark] }, ...(first ? [first] : []), ...rest];
  return [{ ...first, content: [mark, ...first.content] }, ...rest];
};

// ── directives ─────────────────────────────────────────────────────────────────────────────────

function readLeaf(body: Body, node: LeafDirective): Block[] {
  const attributes = attributesOf(node);
  const label = readInlines(body, node.children);
  switch (directiveNamed(node.name)) {
    case "figure": {
      const name = fileNameOf(attributes.file ?? "");
      if (name === undefined) break;
      const credit = attributes.credit ?? null;
      const focus = readFocus(attributes.focus ?? "", body.notes);
      return [{ type: "figure", picture: { name, alt: altOf(attributes), caption: label, credit, ...focus } }];
    }
    case "embed": {
      const url = mendUrl(attributes.url ?? "");
      if (url === undefined) break;
      return [{ type: "embed", url, title: attributes.title ?? plain(label) }];
    }
    case "question":
      return [{ type: "paragraph", content: [{ type: "strong", content: label }] }];
  }
  body.notes.push(note("directive-unknown", { name: node.name }));
  return [{ type: "paragraph", content: [{ type: "text", text: sourceOf(body, node) }] }];
}

const altOf = ({ alt, decorative }: { alt?: string; decorative?: string }): string | null =>
  saysYes(decorative) ? "" : alt === undefined || alt === "" ? null : alt;

const isLabel = (node: RootContent | undefined): node is Paragraph =>
  node?.type === "paragraph" && (node.data as { directiveLabel?: boolean } | undefined)?.directiveLabel === true;

function readContainer(body: Body, node: ContainerDirective): Block[] {
  const [first] = node.children;
  const label = isLabel(first) ? readInlines(body, first.children) : [];
  const children = isLabel(first) ? node.children.slice(1) : node.children;
  const title = attributesOf(node).title;
  const heading: readonly Inline[] = label.length > 0 || title === undefined ? label : [{ type: "text", text: title }];
  switch (directiveNamed(node.name)) {
    case "infobox":
      return [{ type: "infobox", title: heading, blocks: readBlocks(body, children) }];
    case "quote":
      return [{ type: "quote", blocks: readBlocks(body, children), source: heading }];
    case "lead":
      body.lead = joined([body.lead, ...readBlocks(body, children).map(inlinesOf)]);
      return [];
    case "gallery":
      return readGallery(body, heading, readBlocks(body, children));
    case "table":
      return readBlocks(body, children).map((block) =>
        block.type === "table" ? { ...block, caption: heading } : block,
      );
    case "interview":
      return readInterview(body, children);
    case "linkBox":
      return readLinkBox(body, plain(heading), readBlocks(body, children));
  }
  body.notes.push(note("directive-unknown", { name: node.name }));
  return [...(label.length > 0 ? [{ type: "paragraph" as const, content: label }] : []), ...readBlocks(body, children)];
}

/** Several runs as one, a line break between them. */
export const joined = (parts: readonly (readonly Inline[])[]): Inline[] =>
  parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): Inline[] => [...(index > 0 ? [{ type: "break" } as const] : []), ...part]);

/** The words of a paragraph or heading; empty for every other block. */
export const inlinesOf = (block: Block): readonly Inline[] =>
  block.type === "paragraph" || block.type === "heading" ? block.content : [];

function readGallery(body: Body, caption: readonly Inline[], blocks: Block[]): Block[] {
  const pictures = blocks.flatMap((block): Picture[] =>
    block.type === "figure" ? [block.picture] : block.type === "gallery" ? [...block.pictures] : [],
  );
  const others = blocks.filter(({ type }) => type !== "figure" && type !== "gallery");
  if (pictures.length > 0) return [{ type: "gallery", pictures, caption }, ...others];
  body.notes.push(note("gallery-empty"));
  return [...(caption.length > 0 ? [{ type: "paragraph" as const, content: caption }] : []), ...others];
}

/** A question opens a turn; what follows up to the next is its answer. */
function readInterview(body: Body, children: readonly RootContent[]): Block[] {
  const before: Block[] = [];
  const turns: InterviewTurn[] = [];
  for (const child of children) {
    if (child.type === "leafDirective" && directiveNamed(child.name) === "question") {
      const speaker = attributesOf(child).speaker ?? "";
      turns.push({ question: readInlines(body, child.children), answer: [], speaker });
      continue;
    }
    const blocks = readBlocks(body, [child]);
    const turn = turns.pop();
    if (turn) turns.push({ ...turn, answer: [...turn.answer, ...blocks] });
    else before.push(...blocks);
  }
  return turns.length > 0 ? [...before, { type: "interview", turns }] : before;
}

/** Every item of the list is an entry; whatever else stands in the box stays in the text. */
function readLinkBox(body: Body, title: string, blocks: readonly Block[]): Block[] {
  const items = blocks.flatMap((block) => (block.type === "list" ? block.items : []));
  const entries = items.map((item) => {
    const inlines = joined(item.map(inlinesOf));
    const url = firstUrl(inlines);
    return { kind: kindOfLink(url), label: plain(inlines), url };
  });
  const others = blocks.filter(({ type }) => type !== "list");
  if (entries.length > 0) body.linkBox = { title, entries: [...(body.linkBox?.entries ?? []), ...entries] };
  return others;
}

function firstUrl(inlines: readonly Inline[]): string | null {
  for (const inline of inlines) {
    if (inline.type === "link" && isLink(inline.url)) return inline.url;
    const inner = "content" in inline ? firstUrl(inline.content) : null;
    if (inner !== null) return inner;
  }
  return null;
}
