import type { Element } from "domhandler";
import { element } from "./xml.ts";

/**
 * Mammoth reads the structure of a document and forgets the rest. What we know besides travels through it as bookmarks
 * of our own: a paragraph's number, a picture's, a language. A document's own bookmarks were removed before.
 */
export type Mark =
  | { readonly kind: "paragraph" | "picture"; readonly number: number }
  | { readonly kind: "language"; readonly language: string }
  | { readonly kind: "rule" };

export function printMark(mark: Mark): Element {
  const value = mark.kind === "language" ? mark.language : mark.kind === "rule" ? "" : String(mark.number);
  return element("w:bookmarkStart", { "w:name": `${mark.kind}:${value}` });
}

export function readMark(name: string): Mark {
  const [kind = "", value = ""] = name.split(":");
  if (kind === "language") return { kind, language: value };
  if (kind === "paragraph" || kind === "picture") return { kind, number: Number(value) };
  return { kind: "rule" };
}
