import type { TextDirective } from "mdast-util-directive";
import remarkDirective from "remark-directive";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkStringify from "remark-stringify";
import { type Processor, unified } from "unified";
import { onlyOurDirectives, type Syntax } from "./known-directives.ts";

/** Which Markdown Kurier speaks: CommonMark, GFM and directives named in the author's language. */

interface Extensions {
  micromarkExtensions?: Syntax[];
  fromMarkdownExtensions?: (FromMarkdown | FromMarkdown[])[];
  toMarkdownExtensions?: ToMarkdown[];
}
interface FromMarkdown {
  transforms?: unknown[] | null;
}
type PrintInfo = { readonly before: string; readonly after: string };
interface PrintState {
  enter(construct: string): () => void;
  containerPhrasing(node: unknown, info: PrintInfo): string;
}
type Print = (node: never, parent: unknown, state: PrintState, info: PrintInfo) => string;
interface ToMarkdown {
  extensions?: ToMarkdown[];
  handlers?: Record<string, Print | undefined>;
  unsafe?: { character?: string }[];
}

/**
 * Three changes to the stock grammar:
 * indented lines are text (no article holds code, but authors indent paragraphs), and raw HTML never makes a block;
 * an address in a text is text: intake makes a link of it once (`link.ts`), and none is made by reading again;
 * "Bürger:innen" is a word and needs no escape: only our own directives do.
 */
function adapt(this: Processor): void {
  const data = this.data() as Extensions;
  for (const syntax of data.micromarkExtensions ?? []) onlyOurDirectives(syntax);
  data.micromarkExtensions?.push({ disable: { null: [...unusedBlocks, ...literalLinks] } });
  for (const extension of (data.fromMarkdownExtensions ?? []).flat()) extension.transforms = [];
  for (const extension of (data.toMarkdownExtensions ?? []).flatMap((each) => each.extensions ?? each)) {
    if (extension.handlers?.leafDirective) {
      extension.unsafe = directiveUnsafe;
      extension.handlers.textDirective = printTextDirective;
      extension.handlers.leafDirective = asPhrasing(extension.handlers.leafDirective);
      extension.handlers.containerDirective = asPhrasing(extension.handlers.containerDirective);
    }
    if (extension.unsafe?.some(({ character }) => character === "@")) extension.unsafe = [];
  }
}

/** A directive's label is text like any other and wants the same escapes; the stock printer forgets to say so. */
const asPhrasing =
  (handle: Print | undefined): Print =>
  (node, parent, state, info) => {
    const exit = state.enter("phrasing");
    const printed = handle?.(node, parent, state, info) ?? "";
    exit();
    return printed;
  };

/** Always with its brackets, and with no sign in an attribute that could end a label or a cell around it. */
function printTextDirective(node: TextDirective, _: unknown, state: PrintState, info: PrintInfo): string {
  const exits = ["textDirective", "label", "textDirectiveLabel"].map((construct) => state.enter(construct));
  const label = state.containerPhrasing(node, { ...info, before: "[", after: "]" });
  for (const exit of exits.reverse()) exit();
  const attributes = Object.entries(node.attributes ?? {}).map(
    ([name, value]) => `${name}="${encodeSigns(value ?? "")}"`,
  );
  return `:${node.name}[${label}]${attributes.length > 0 ? `{${attributes.join(" ")}}` : ""}`;
}

const encodeSigns = (value: string): string => value.replace(/[!-,/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const unusedBlocks = ["codeIndented", "htmlFlow"];
const literalLinks = ["wwwAutolink", "protocolAutolink", "emailAutolink"];

const directiveUnsafe: object[] = [
  { character: "\n", inConstruct: ["leafDirectiveLabel", "containerDirectiveLabel"] },
  { character: ":", after: "[a-z]+\\[", inConstruct: ["phrasing"] },
  { afterNode: "textDirective", character: ":", inConstruct: ["phrasing"] },
  { beforeNode: "textDirective", character: "{", inConstruct: ["phrasing"] },
  { atBreak: true, before: ":+", character: ":" },
];

const grammar = () =>
  unified()
    .use(remarkParse)
    .use(remarkGfm, { singleTilde: false, tablePipeAlign: false })
    .use(remarkDirective)
    .use(adapt);

export const markdown = grammar().use(remarkStringify, {
  bullet: "-",
  emphasis: "_",
  // Never a bullet too: "* ***" would be one line across the page.
  rule: "_",
  listItemIndent: "one",
  incrementListMarker: true,
  quote: '"',
});

/** One line of text and nothing else: "1. Preis" in a caption is no list. */
export const inlineMarkdown = grammar().use(function disableBlocks(this: Processor) {
  const extensions = (this.data() as Extensions).micromarkExtensions ?? [];
  for (const extension of extensions) Object.assign(extension, { flow: {}, document: {} });
  extensions.push({ disable: { null: commonBlocks } });
});
const commonBlocks = [
  "blockQuote",
  "codeFenced",
  "codeIndented",
  "definition",
  "headingAtx",
  "htmlFlow",
  "list",
  "setextUnderline",
  "thematicBreak",
];
