import { longestName, noncharacters } from "../edition/slots.ts";

/** Controls, line and paragraph separators, and the marks that turn the direction of the text after a name. */
const unseemly = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;

/**
 * A reader's name as it may stand in a letter: one line of well-formed text, at most {@link longestName} long. Joiners
 * stay, some scripts and emoji need them.
 */
export function readName(typed: string): string {
  const clean = typed.toWellFormed().normalize("NFC").replace(unseemly, " ").replace(noncharacters, "");
  const name = clean.replace(/\s+/g, " ").trim();
  return name.length <= longestName
    ? name
    : name
        .slice(0, longestName)
        .replace(/[\uD800-\uDBFF]$/, "")
        .trim();
}
