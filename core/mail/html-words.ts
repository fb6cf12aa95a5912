import { type AnyNode, type Element, isTag, isText } from "domhandler";
import { parseDocument } from "htmlparser2";
import { Refusal } from "../refusal.ts";

/**
 * The words of a mail that has nothing but HTML, in paragraphs as they stood there.
 *
 * @throws Refusal `mail-unreadable` where it is nested without end
 */
export function htmlWords(html: string): string {
  const words = parseDocument(html).children.map((node) => wordsOf(node, 0));
  const lines = words.join("").split("\n");
  return lines
    .map((line) => line.replace(/[^\S\n]+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Mail programs nest some thirty deep; a mail that goes on and on is meant to break something. */
const mostLevels = 400;

const unseen = new Set(["head", "style", "script", "title", "template", "noscript"]);
const paragraphs = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "hr", "pre"]);
const lines = new Set(["div", "tr", "li", "dt", "dd", "section", "article", "header", "footer"]);

/** @throws Refusal `mail-unreadable` */
function wordsOf(node: AnyNode, level: number): string {
  if (level > mostLevels) throw new Refusal("mail-unreadable");
  if (isText(node)) return node.data.replace(/[ \t\r\n\f]+/g, " ");
  if (!isTag(node) || unseen.has(node.name)) return "";
  if (node.name === "br") return "\n";
  const inner = node.children.map((child) => wordsOf(child, level + 1)).join("");
  // A mail program says itself what it quotes, and what it added.
  if (/\bgmail_signature\b/.test(node.attribs.class ?? "")) return `\n--\n${inner}\n`;
  if (isQuote(node)) return `\n${inner.trim().replace(/^/gm, "> ")}\n`;
  if (paragraphs.has(node.name)) return `\n\n${inner}\n\n`;
  if (node.name === "li") return `\n• ${inner.trim()}\n`;
  if (node.name === "td" || node.name === "th") return `${inner.trim()}  `;
  return lines.has(node.name) ? `\n${inner}\n` : inner;
}

const isQuote = ({ name, attribs }: Element): boolean =>
  name === "blockquote" &&
  (attribs.type === "cite" || /\b(?:gmail_quote|protonmail_quote)\b/.test(attribs.class ?? ""));
