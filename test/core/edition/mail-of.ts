import type { Element } from "domhandler";
import { getElementsByTagName, textContent } from "domutils";
import { parseDocument } from "htmlparser2";
import type { EditionInput } from "../../../core/edition/edition.ts";
import { renderEmail } from "../../../core/edition/email.ts";
import { fillSlots, longestSlotValues } from "../../../core/edition/slots.ts";

/** The mail of an issue as its two parts. */
export async function mailOf(input: EditionInput) {
  const { files, ...rendered } = await renderEmail(input);
  const [html = "", text = ""] = ["email.html", "email.txt"].map((path) =>
    String(files.find((file) => file.path === path)?.body),
  );
  return { ...rendered, html, text };
}

export const reader = {
  greeting: "Guten Tag, Jördis Mühlbach,",
  leaveUrl: "https://elblandbote.example/u/abc",
  preferencesUrl: "https://elblandbote.example/p/abc",
};
export const elements = (html: string, tag: string): Element[] => getElementsByTagName(tag, parseDocument(html));
export const texts = (html: string, tag: string): string[] => elements(html, tag).map((one) => textContent(one).trim());
/** Bytes with every slot at its longest. */
export const longest = (html: string): number =>
  Buffer.byteLength(fillSlots(html, longestSlotValues("https://elblandbote.example"), "html"));
