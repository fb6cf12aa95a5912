import type { Note } from "../../refusal.ts";
import type { LinkBox } from "../article.ts";
import { kindOfLink, labelOfUrl, literalAddress, mendUrl } from "../link.ts";
import { plain } from "../plain.ts";
import { inlineText } from "./inline-text.ts";
import { endsSentence, joinLines, type Passage } from "./passages.ts";

/** The lines of addresses a text ends with become its link box. */

const boxTitle =
  /^(?:Kontakt(?: und Links)?|Ansprechpartner(?:in|:in|innen)?|Weitere Informationen|Weiterführende Links|Mehr (?:dazu|Informationen)|Informationen|Links?|Info|Contact(?: and links)?|Further information|More information)\s*:?$/i;
const markdownLink = /\[([^\][]+)\]\(([^()\s]*)\)/;
const telephone = /(?:Tel(?:efon)?\.?|Fon|Phone|Mobil|Fax)\s*:?\s*(\+?[\d\s/()–-]{6,})$/i;

const calledBy = /^(?:Tel(?:efon)?\.?|Fon|Phone)\s*:?\s*/i;

export interface Tail {
  readonly rest: readonly Passage[];
  readonly linkBox: LinkBox | null;
  readonly notes: readonly Note[];
}

/** Parts a link box off the end of a text; null where none stands there. */
export function splitTail(passages: readonly Passage[]): Tail {
  const titled = passages.findLastIndex(({ lines }) => boxTitle.test(lines[0] ?? ""));
  const from =
    titled > 0 &&
    passages.slice(titled).every(isCard) &&
    passages.slice(titled).some(({ lines }) => lines.some(holdsAddress))
      ? titled
      : firstOfAddresses(passages);
  const lines = passages.slice(from).flatMap((passage) => passage.lines);
  if (lines.length === 0) return { rest: passages, linkBox: null, notes: [] };
  const isTitled = boxTitle.test(lines[0] ?? "");
  const notes: Note[] = [];
  const entries = lines.slice(isTitled ? 1 : 0).map((line) => entryOf(line, notes));
  const title = isTitled ? (lines[0] ?? "").replace(/:$/, "") : "";
  return entries.length > 0
    ? { rest: passages.slice(0, from), linkBox: { title, entries }, notes }
    : { rest: passages, linkBox: null, notes: [] };
}

/** The last passages whose every line holds an address. */
function firstOfAddresses(passages: readonly Passage[]): number {
  let from = passages.length;
  while (from > 1 && passages[from - 1]?.lines.every(isAddressLine)) from -= 1;
  const before = passages[from - 1];
  const isTitled =
    from < passages.length && from > 1 && before?.lines.length === 1 && boxTitle.test(before.lines[0] ?? "");
  return isTitled ? from - 1 : from;
}

const holdsAddress = (line: string): boolean =>
  markdownLink.test(line) || telephone.test(line) || line.match(literalAddress) !== null;
const isAddressLine = (line: string): boolean =>
  line.length <= 240 && holdsAddress(line) && !endsSentence(line.replace(literalAddress, "x"));
/** Short lines, as on a visiting card. */
const isCard = ({ lines }: Passage): boolean =>
  lines.every((line) => isAddressLine(line) || (line.length <= 90 && !/[.!?]\s+\p{Lu}.*[.!?]$/u.test(line))) &&
  joinLines(lines).length < 600;

function entryOf(line: string, notes: Note[]): LinkBox["entries"][number] {
  const number = telephone.exec(line)?.[1];
  const inlines = inlineText(line, notes);
  const link = inlines.find((inline) => inline.type === "link");
  const url = link?.url ?? (number ? (mendUrl(`tel:${number.replace(/[^\d+]/g, "")}`) ?? null) : null);
  // The kind is printed before it: "Telefon: 03737 4420-17", not "Telefon: Telefon …".
  const words = number && !link ? plain(inlines).replace(calledBy, "") : plain(inlines);
  return { kind: kindOfLink(url), label: labelOf(words, link?.url, plain(link?.content ?? [])), url };
}

/** "Digital-Lotsen: https://…" is called "Digital-Lotsen"; an address alone is called by itself. */
function labelOf(line: string, url: string | undefined, shown: string): string {
  if (url === undefined || line.match(literalAddress) === null) return line.trim();
  const name = line
    .replace(shown, "")
    .replace(/[\s:–-]+$/u, "")
    .trim();
  return name || labelOfUrl(url);
}
