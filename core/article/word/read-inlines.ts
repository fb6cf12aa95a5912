import type { Inline } from "../article.ts";
import { mendUrl } from "../link.ts";
import type { Losses } from "./losses.ts";
import { readMark } from "./marks.ts";
import type { Node } from "./structure.ts";
import { together } from "./together.ts";

/** What stands in one paragraph, and what was found in it that is none of its words. */
export interface Findings {
  readonly losses: Losses;
  /** Of a language the article is not written in. */
  readonly isForeign: (language: string) => boolean;
  /** The number a footnote has in the article, in the order of the text. */
  readonly noteNumber: (reference: Extract<Node, { type: "noteReference" }>) => number;
}
export interface Line {
  readonly content: readonly Inline[];
  /** Its own number; of several that grew into one, the last. */
  readonly paragraph: number | undefined;
  /** Pictures by their numbers, those before the first word and the others. */
  readonly above: readonly number[];
  readonly below: readonly number[];
  readonly hasRule: boolean;
}

interface Gathered {
  paragraph: number | undefined;
  readonly above: number[];
  readonly below: number[];
  hasWords: boolean;
  hasRule: boolean;
}

export function readLine(findings: Findings, nodes: readonly Node[], place: string): Line {
  const gathered: Gathered = { paragraph: undefined, above: [], below: [], hasWords: false, hasRule: false };
  const content = together(nodes.flatMap((node) => inlinesOf(findings, gathered, node, place)));
  const { paragraph, above, below, hasRule } = gathered;
  return { content, paragraph, above, below, hasRule };
}

function inlinesOf(findings: Findings, gathered: Gathered, node: Node, place: string): Inline[] {
  const inside = (children: readonly Node[]) => readNodes(findings, gathered, children, place);
  switch (node.type) {
    case "text":
      gathered.hasWords ||= node.value.trim() !== "";
      return [{ type: "text", text: node.value }];
    case "tab":
      return [{ type: "text", text: " " }];
    case "break":
      return [{ type: "break" }];
    case "checkbox":
      return [{ type: "text", text: node.checked ? "☑ " : "☐ " }];
    case "noteReference":
      return [{ type: "noteRef", number: findings.noteNumber(node) }];
    case "run":
      return looking(node, inside(node.children));
    case "hyperlink":
      return linked(findings, node.href, inside(node.children), place);
    case "bookmarkStart":
      gather(gathered, node.name);
      return [];
    default:
      return [];
  }
}

/** A language stands before the words it is of, inside their run. */
function readNodes(findings: Findings, gathered: Gathered, nodes: readonly Node[], place: string): Inline[] {
  const language = nodes
    .map((node) => (node.type === "bookmarkStart" ? readMark(node.name) : undefined))
    .find((mark) => mark?.kind === "language")?.language;
  const content = nodes.flatMap((node) => inlinesOf(findings, gathered, node, place));
  if (language === undefined || !findings.isForeign(language)) return content;
  findings.losses.say("word-language", place);
  return [{ type: "lang", language, content }];
}

function gather(gathered: Gathered, name: string): void {
  const mark = readMark(name);
  if (mark.kind === "paragraph") gathered.paragraph = mark.number;
  if (mark.kind === "picture") (gathered.hasWords ? gathered.below : gathered.above).push(mark.number);
  if (mark.kind === "rule") gathered.hasRule = true;
}

function looking(run: Extract<Node, { type: "run" }>, content: Inline[]): Inline[] {
  const raised = { superscript: "sup", subscript: "sub", baseline: undefined } as const;
  const type = raised[run.verticalAlignment];
  let inlines = content;
  // A footnote's mark is raised by itself.
  if (type && !content.every((inline) => inline.type === "noteRef")) inlines = [{ type, content: inlines }];
  if (run.isItalic) inlines = [{ type: "em", content: inlines }];
  if (run.isBold) inlines = [{ type: "strong", content: inlines }];
  return inlines;
}

/** Only where a reader can follow safely; the words stay in any case. */
function linked({ losses }: Findings, href: string | undefined, content: Inline[], place: string): Inline[] {
  if (href === undefined || href.startsWith("#") || href === "") return content;
  const url = mendUrl(href);
  if (url !== undefined) return [{ type: "link", url, content }];
  losses.say("word-link", place);
  return content;
}
