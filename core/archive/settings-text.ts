import { type Block, type Inline, isLink } from "../article/article.ts";
import { linkText } from "../article/link.ts";

/**
 * The texts of imprint, privacy and accessibility: paragraphs apart by an empty line, headings after "## ", lists of
 * lines after "- ", links as [words](https://…), and addresses as they stand. Everything else is text.
 */
export const readSettingsText = (text: string): Block[] =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap(readPart);

function readPart(part: string): Block[] {
  const [first = "", ...rest] = part.split("\n");
  const heading = /^##? +(.+)$/.exec(first)?.[1];
  if (heading !== undefined) {
    const below = rest.join("\n").trim();
    return [{ type: "heading", level: 2, content: readLinks(heading) }, ...(below ? readPart(below) : [])];
  }
  const lines = part.split("\n");
  const points = lines.map((line) => /^[-*] +(.+)$/.exec(line)?.[1]);
  if (points.every((point) => point !== undefined)) {
    const items = points.map((point): Block[] => [{ type: "paragraph", content: readLinks(point) }]);
    return [{ type: "list", ordered: false, start: 1, items }];
  }
  const content = lines.flatMap((line, index): Inline[] => [
    ...(index > 0 ? [{ type: "break" } as const] : []),
    ...readLinks(line.trim()),
  ]);
  return [{ type: "paragraph", content }];
}

const link = /\[([^[\]]+)\]\(([^()\s]+)\)/g;

function readLinks(line: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(link)) {
    const [whole, label = "", url = ""] = match;
    if (!isLink(url)) continue;
    inlines.push(...wordsOf(line.slice(end, match.index)));
    inlines.push({ type: "link", url, content: [{ type: "text", text: label }] });
    end = match.index + whole.length;
  }
  return [...inlines, ...wordsOf(line.slice(end))];
}

const wordsOf = (text: string): Inline[] => linkText(text).filter((one) => one.type !== "text" || one.text !== "");
