import type { Author } from "../article.ts";
import { creditLine } from "../credit.ts";
import { signed } from "./captions.ts";
import { looksLikeName, looksLikeRole } from "./shape.ts";

/** Who wrote it: "Von Max Muster", "Text und Fotos: …", or a name with an office below it. */

const byline =
  /^(?:(?:Ein (?:Beitrag|Gastbeitrag) )?von|by|(?:Das )?(?:Gespräch|Interview) führten?:?|(?:Die )?Fragen stellten?:?|(?:Text|Words|Autor(?:in|en|innen|:innen)?|Verfasser(?:in)?|Interview|Author)(?:\s*(?:und|and|&|\/|,)\s*(Fotos?|Bilder?|Photos?|Foto))?\s*:)\s+(.+)$/i;

export interface Byline {
  readonly authors: readonly Author[];
  /** They also made the pictures. */
  readonly credit: string | null;
}

/** Undefined for a line that names no author. */
export function bylineOf(line: string): Byline | undefined {
  const found = byline.exec(line.replace(/^((?:das |die )?(?:gespräch|interview|fragen) .*[^.])\.$/i, "$1"));
  const [names = "", ...role] = (found?.[2] ?? "").split(/\s*[,|]\s*/);
  // A star at a name points to a line below the text.
  const people = names.split(/\s+(?:und|and|&)\s+/i).map((name) => inSmallLetters(name.replace(/[*†]+$/u, "")));
  if (!found || !people.every(looksLikeName)) return undefined;
  const roleAtTime = role.join(", ");
  const authors = people.map((name) => ({ name, roleAtTime, portrait: null }));
  return { authors, credit: found[1] ? names : null };
}

/** "SABINE KRAUTWALD" is typography. */
const inSmallLetters = (name: string): string =>
  name === name.toUpperCase()
    ? name.replace(/(\p{Lu})(\p{Lu}+)/gu, (_, first: string, more: string) => first + more.toLowerCase())
    : name;

/**
 * An author block: a name, what they are, "Foto: privat" for the portrait. Answers how many lines it takes.
 * A name alone is none: a heading may look like one.
 */
export function authorBlock(
  lines: readonly string[],
  portraits: number,
): { author: Author; taken: number } | undefined {
  const [name = "", second = "", third = ""] = lines;
  const [alone = "", ...office] = name.split(/\s*,\s*/);
  if (office.length > 0 && looksLikeName(alone) && looksLikeRole(office.join(", ")))
    return withPortrait(alone, office.join(", "), second, 1, portraits);
  if (!looksLikeName(name)) return undefined;
  const isSigned = creditLine(third) !== undefined && second.length <= 140 && !/[.!?]$/.test(second);
  if (looksLikeRole(second) || isSigned) return withPortrait(name, second, third, 2, portraits);
  return creditLine(second) ? withPortrait(name, "", second, 1, portraits) : undefined;
}

function withPortrait(
  name: string,
  roleAtTime: string,
  next: string,
  taken: number,
  portraits: number,
): { author: Author; taken: number } {
  const credit = creditLine(next);
  if (!credit || credit.all) return { author: { name, roleAtTime, portrait: null }, taken };
  const file = portraits === 0 ? "portrait" : `portrait-${portraits + 1}`;
  const portrait = { ...signed(credit.credit, file), alt: null, caption: [] };
  return { author: { name, roleAtTime, portrait }, taken: taken + 1 };
}
