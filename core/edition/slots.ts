import { longestToken } from "../subscriber/link.ts";

/**
 * A slot is a place in the email edition filled per subscriber at delivery. Templates mark it with two Unicode
 * noncharacters, which text must never contain (Unicode 23.7) and intake removes: no author text can forge one.
 */
export const slotNames = ["greeting", "leaveUrl", "preferencesUrl", "confirmUrl"] as const;
export type SlotName = (typeof slotNames)[number];

const open = "\uFDD0";
const close = "\uFDD1";

/** Noncharacters and private marks: what intake strips so that a slot cannot be forged. */
export const noncharacters = /[\uFDD0-\uFDEF\uFFFE\uFFFF]/g;

/** A slot as templates and the letter hold it. */
export const slot = (name: SlotName): string => `${open}${name}${close}`;

const marked = new RegExp(`${open}([a-zA-Z]+)${close}`);

/** Static text and slot names in turn: even indexes are text, odd ones slot names. @throws on an unknown slot */
export function splitAtSlots(text: string): string[] {
  const pieces = text.split(marked);
  for (let index = 1; index < pieces.length; index += 2) {
    if (!slotNames.includes(pieces[index] as SlotName)) throw new Error(`unknown slot ${pieces[index]}`);
  }
  if (pieces.some((piece) => piece.includes(open) || piece.includes(close))) throw new Error("a slot is torn");
  return pieces;
}

/** What fills the slots of one part. Plain text: the part's own escaping is applied when it is filled. */
export interface SlotValues {
  /** "Guten Tag, Jördis Mühlbach," or "" where no name is known; the line break after it belongs to the filling. */
  readonly greeting: string;
  readonly leaveUrl: string;
  readonly preferencesUrl: string;
  /** Only a confirm mail has one. */
  readonly confirmUrl?: string;
}

/** Names are cut to this many characters before they greet anyone. */
export const longestName = 120;

/** The longest values a reader can bring: the size limit of an edition is measured with these. */
export function longestSlotValues(baseUrl: string): SlotValues {
  const url = `${baseUrl}/u/${"x".repeat(longestToken)}`;
  // An ampersand is the longest a character becomes in HTML.
  return { greeting: `Guten Tag, ${"&".repeat(longestName)},`, leaveUrl: url, preferencesUrl: url };
}

/** Text as it may stand in HTML, inside quotation marks too. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A slot's value as it stands in one part of the letter. */
export function slotText(name: SlotName, values: SlotValues, part: "html" | "text"): string {
  const value = values[name] ?? "";
  if (name === "greeting" && value !== "") return part === "html" ? `${escapeHtml(value)}<br>` : `${value}\n\n`;
  return part === "html" ? escapeHtml(value) : value;
}

/** The edition with its slots filled; for previews and tests. Delivery fills prepared segments instead (`message.ts`). */
export const fillSlots = (text: string, values: SlotValues, part: "html" | "text"): string =>
  splitAtSlots(text)
    .map((piece, index) => (index % 2 ? slotText(piece as SlotName, values, part) : piece))
    .join("");
