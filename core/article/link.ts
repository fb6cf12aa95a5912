import { type Inline, isLink } from "./article.ts";

/** Addresses as authors write them. */

/** An address in running text: with a scheme, with "www.", or of a mailbox. Trailing punctuation is not part of it. */
export const literalAddress =
  /(?:https?:\/\/|www\.(?=[\p{L}\d]))[^\s<>"„“”‚‘’»«]*[^\s<>"„“”‚‘’»«.,;:!?()[\]{}*_'|\\]\/?|(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d._%+-]*@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/giu;

/** The full address somebody meant: "www.x.de" gets https, "a@b.de" mailto. Undefined when no reader could follow it. */
export function mendUrl(typed: string): string | undefined {
  const url = typed.trim();
  if (/^www\./i.test(url)) return ok(`https://${url}`);
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(url)) return ok(`mailto:${url}`);
  return ok(url.replaceAll(" ", "%20"));
}

/** "ftp:…", "javascript:…", "https:…": whatever stands before a colon names a scheme. */
export const hasScheme = (url: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(url);

const ok = (url: string): string | undefined => (url.length <= 2000 && isLink(url) ? url : undefined);

export type LinkKind = "web" | "mail" | "tel" | "text";
/** What a reader gets who follows it; "text" for an entry that leads nowhere. */
export function kindOfLink(url: string | null): LinkKind {
  if (url === null) return "text";
  return url.startsWith("mailto:") ? "mail" : url.startsWith("tel:") ? "tel" : "web";
}

/** What an address is called where nobody gave it a name: itself, without its scheme. */
export const labelOfUrl = (url: string): string =>
  url.replace(/^(?:https?:\/\/|mailto:|tel:)/, "").replace(/(?<=^[^/]+)\/$/, "");

/** Turns the addresses that stand in a text into links. */
export function linkText(text: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(literalAddress)) {
    const url = mendUrl(found[0]);
    if (url === undefined) continue;
    inlines.push({ type: "text", text: text.slice(end, found.index) });
    inlines.push({ type: "link", url, content: [{ type: "text", text: found[0] }] });
    end = found.index + found[0].length;
  }
  return [...inlines, { type: "text", text: text.slice(end) }];
}
