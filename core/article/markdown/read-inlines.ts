import type { Nodes, PhrasingContent } from "mdast";
import type { TextDirective } from "mdast-util-directive";
import { type Note, note } from "../../refusal.ts";
import { type Inline, isLink } from "../article.ts";
import { hasScheme, mendUrl } from "../link.ts";
import { plain } from "../plain.ts";
import { attributesOf } from "./attributes.ts";
import { directiveNamed } from "./words.ts";

/** What reading a Markdown text gathers on its way. */
export interface Findings {
  readonly source: string;
  readonly notes: Note[];
  /** Targets of reference links and pictures, by identifier. */
  readonly targets: ReadonlyMap<string, { url: string; title: string }>;
  /** The number of a footnote; undefined when nobody wrote it. */
  readonly noteNumber: (identifier: string) => number | undefined;
  /** Pictures found in the midst of a text: they follow it as figures. */
  readonly pictures: { url: string; alt: string; title: string }[];
}

/** Reads the inside of a paragraph; tags go, words stay, what was mended is noted. */
export function readInlines(findings: Findings, nodes: readonly PhrasingContent[]): Inline[] {
  return withoutTags(findings, nodes).flatMap((node) => readInline(findings, node));
}

const text = (value: string): Inline[] => (value === "" ? [] : [{ type: "text", text: value }]);

function readInline(findings: Findings, node: PhrasingContent): Inline[] {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return text(node.value);
    case "html":
      return /^<br\b/i.test(node.value) ? [{ type: "break" }] : text(node.value);
    case "strong":
      return [{ type: "strong", content: readInlines(findings, node.children) }];
    case "emphasis":
      return [{ type: "em", content: readInlines(findings, node.children) }];
    case "delete": {
      const content = readInlines(findings, node.children);
      findings.notes.push(note("struck-text", { words: plain(content) }));
      return content;
    }
    case "break":
      return [{ type: "break" }];
    case "link":
      return readLink(findings, node.url, readInlines(findings, node.children));
    case "linkReference":
      return readLink(findings, findings.targets.get(node.identifier)?.url ?? "", readInlines(findings, node.children));
    case "image":
      findings.pictures.push({ url: node.url, alt: node.alt ?? "", title: node.title ?? "" });
      return [];
    case "imageReference": {
      const target = findings.targets.get(node.identifier);
      findings.pictures.push({ url: target?.url ?? "", alt: node.alt ?? "", title: target?.title ?? "" });
      return [];
    }
    case "footnoteReference": {
      const number = findings.noteNumber(node.identifier);
      return number === undefined ? text(`[^${node.label ?? node.identifier}]`) : [{ type: "noteRef", number }];
    }
    case "textDirective":
      return readDirective(findings, node);
  }
}

/** A link with a target a reader can safely follow; otherwise its words alone, and a note. */
function readLink(findings: Findings, url: string, content: readonly Inline[]): Inline[] {
  const label = plain(content).trim() || url;
  if (isLink(url)) return [{ type: "link", url, content: content.length > 0 ? content : text(url) }];
  const mended = mendUrl(url);
  if (mended !== undefined) {
    findings.notes.push(note("link-mended", { label, url: mended }));
    return [{ type: "link", url: mended, content: content.length > 0 ? content : text(url) }];
  }
  findings.notes.push(hasScheme(url) ? note("link-scheme", { label }) : note("link-dead", { label }));
  return content.length > 0 ? [...content] : text(url);
}

// ── directives in a line ───────────────────────────────────────────────────────────────────────

function readDirective(findings: Findings, node: TextDirective): Inline[] {
  const content = readInlines(findings, node.children);
  const { language, title } = attributesOf(node);
  switch (directiveNamed(node.name)) {
    case "sup":
    case "sub": {
      const type = directiveNamed(node.name) === "sup" ? "sup" : "sub";
      return content.length > 0 ? [{ type, content }] : asWritten(findings, node);
    }
    case "break":
      return sourceOf(findings, node).endsWith("[]") ? [{ type: "break" }] : asWritten(findings, node);
    case "lang":
      return language !== undefined && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language)
        ? [{ type: "lang", language, content }]
        : asWritten(findings, node);
    case "abbr":
      return title !== undefined ? [{ type: "abbr", title, text: plain(content) }] : asWritten(findings, node);
    default:
      return asWritten(findings, node);
  }
}

/** A node as its author wrote it. */
export const sourceOf = (findings: Findings, node: Nodes): string =>
  findings.source.slice(node.position?.start.offset, node.position?.end.offset);

/** "Bürger:innen" and "10:30" are words: whatever is no directive of ours stands as it was written. */
function asWritten(findings: Findings, node: TextDirective): Inline[] {
  const [first, last] = [node.children[0], node.children.at(-1)];
  if (!first || !last) return text(sourceOf(findings, node));
  const before = findings.source.slice(node.position?.start.offset, first.position?.start.offset);
  const after = findings.source.slice(last.position?.end.offset, node.position?.end.offset);
  return [...text(before), ...readInlines(findings, node.children), ...text(after)];
}

// ── tags ───────────────────────────────────────────────────────────────────────────────────────

const htmlTag =
  /^<\/?(?:mj-?[a-z-]*|a|abbr|address|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|math|menu|meta|nav|noscript|object|ol|option|p|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)\b/i;
const isTag = (node: PhrasingContent): boolean =>
  node.type === "html" && (htmlTag.test(node.value) || /^<[!?]/.test(node.value)) && !/^<br\b/i.test(node.value);

/** Tags never enter the model; the words between them stay. "<Name>" is no tag and stays too. */
function withoutTags(findings: Findings, nodes: readonly PhrasingContent[]): PhrasingContent[] {
  for (const node of nodes) {
    if (isTag(node) && "value" in node && node.value !== "<!---->")
      findings.notes.push(note("tag-dropped", { tag: node.value.slice(0, 40) }));
  }
  return nodes.filter((node) => !isTag(node));
}
