import { type Note, note } from "../../refusal.ts";
import type { Inline } from "../article.ts";
import { hasScheme, linkText, mendUrl } from "../link.ts";

/** The marks that survive a copy: "**bold**", "[label](address)", "<address>", and addresses standing in the text. */
export function inlineText(text: string, notes: Note[]): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(
    /\*\*(\S(?:[^*]*\S)?)\*\*|\[([^\][]+)\]\(([^()\s]*)\)|<((?:https?:\/\/|www\.|mailto:)?[^\s<>]+\.[^\s<>]+)>/gu,
  )) {
    inlines.push(...linkText(text.slice(end, found.index)));
    const [, bold, label, target, address] = found;
    if (bold !== undefined) inlines.push({ type: "strong", content: linkText(bold) });
    else if (address !== undefined) inlines.push(...linkOrText(address, address, notes));
    else inlines.push(...linkOrText(label ?? "", target ?? "", notes));
    end = found.index + found[0].length;
  }
  return [...inlines, ...linkText(text.slice(end))];
}

function linkOrText(label: string, target: string, notes: Note[]): Inline[] {
  const url = mendUrl(target);
  const words: Inline = { type: "text", text: label };
  if (url !== undefined) return [{ type: "link", url, content: [words] }];
  notes.push(note(hasScheme(target) ? "link-scheme" : "link-dead", { label }));
  return [words];
}
