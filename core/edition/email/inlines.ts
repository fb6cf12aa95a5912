import type { Inline } from "../../article/article.ts";
import { escapeHtml } from "../slots.ts";
import type { Styles } from "./styles.ts";

/** Inlines as HTML a mailbox understands. Author text is escaped. */
export const inlineHtml = (content: readonly Inline[], style: Styles): string =>
  content.map((inline) => one(inline, style)).join("");

/** A telephone number is never broken. */
export const linkLook = (url: string, style: Styles): string =>
  url.startsWith("tel:") ? `${style.link};${style.unbroken}` : (style.link ?? "");

function one(inline: Inline, style: Styles): string {
  switch (inline.type) {
    case "text":
      return escapeHtml(inline.text);
    case "strong":
    case "em":
      return `<${inline.type}>${inlineHtml(inline.content, style)}</${inline.type}>`;
    case "sup":
    case "sub":
      return `<${inline.type} style="${style.raised}">${inlineHtml(inline.content, style)}</${inline.type}>`;
    case "link": {
      const look = linkLook(inline.url, style);
      return `<a class="accent" href="${escapeHtml(inline.url)}" style="${look}">${inlineHtml(inline.content, style)}</a>`;
    }
    case "lang":
      return `<span lang="${escapeHtml(inline.language)}">${inlineHtml(inline.content, style)}</span>`;
    case "abbr":
      return `<abbr title="${escapeHtml(inline.title)}" style="${style.abbr}">${escapeHtml(inline.text)}</abbr>`;
    case "noteRef":
      return `<sup style="${style.raised}">${inline.number}</sup>`;
    case "break":
      return "<br>";
  }
}
