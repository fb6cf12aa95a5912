import { columns, wrap } from "../edition/text/wrap.ts";
import type { Answer } from "./answer.ts";

/** The answer as plain text, the same words in the same order. */
export function answerText({ masthead, title, asked, items, button, after, footer }: Answer): string {
  const rule = "=".repeat(columns);
  const paragraphs: readonly (readonly string[])[] = [
    [...wrap(masthead.bold + masthead.light), ...(masthead.subtitle ? wrap(masthead.subtitle) : []), masthead.url],
    [rule],
    wrap(title),
    wrap(asked),
    ...items.map((item) => [...wrap(item.title, "- ", "  "), ...(item.detail ? wrap(item.detail, "  ") : [])]),
    ...(button ? [[`${button.label}:`, button.url]] : []),
    ...after.map((line) => wrap(line)),
    [rule],
    [...wrap(footer.publication), ...footer.lines.flatMap((line) => wrap(line))],
    footer.links.map(({ label, url }) => `${label}: ${url}`),
  ];
  return `${paragraphs.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
