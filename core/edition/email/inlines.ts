import type { Inline } from "../../article/article.ts";
import { escapeHtml } from "../slots.ts";
import type { Styles } from "./styles.ts";

/** Inlines as HTML a mailbox understands. Author text is escaped; line breaks in it are spaces. */
export const inlineHtml = (content: readonly Inline[], style: Styles): string =>
  content.map((inline) => one(inline, style)).join("");

export const textHtml = (text: string): string => escapeHtml(text.replace(/\s*[\r\n\t]+\s*/g, " "));

function one(inline: Inline, style: Styles): string {
  switch (inline.type) {
    case "text":
      return textHtml(inline.text);
    case "strong":
    case "em":
      return `<${inline.type}>${inlineHtml(inline.content, style)}</${inline.type}>`;
    case "sup":
    case "sub":
      return `<${inline.type} style="${style.raised}">${inlineHtml(inline.content, style)}</${inline.type}>`;
    case "link":
      return `<a class="accent" href="${escapeHtml(inline.url)}" style="${style.link}">${inlineHtml(inline.content, style)}</a>`;
    case "lang":
      return `<span lang="${escapeHtml(inline.language)}">${inlineHtml(inline.content, style)}</span>`;
    case "abbr":
      return `<abbr title="${textHtml(inline.title)}" style="${style.abbr}">${textHtml(inline.text)}</abbr>`;
    case "noteRef":
      return `<sup style="${style.raised}">${inline.number}</sup>`;
    case "break":
      return "<br>";
  }
}
