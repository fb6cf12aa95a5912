import { plain } from "../plain.ts";
import type { Item, Words } from "./items.ts";
import type { Losses } from "./losses.ts";
import { brokenLines } from "./soft-breaks.ts";

/**
 * A mail pasted into a document brings its head along, its greeting and its signature: addresses of people who wrote to
 * the desk, not to readers. Without a head nothing is taken for a mail.
 */

const headLine = /^(?:Von|From|Gesendet|Datum|Sent|Date|An|To|Cc|Kopie|Betreff|Subject|Anlagen?|Attachments?):\s*\S/i;
const fewestHeadLines = 3;
const salutation = /^(?:Hallo|Hi|Moin|Liebe[rs]?|Sehr geehrte[rs]?|Guten (?:Tag|Morgen|Abend)|Dear)\b[^.]{0,80}$/i;
const closing =
  /^(?:(?:Mit )?(?:Viele|Liebe|Beste|Herzliche|Schöne|Freundliche|Sonnige)[nrs]?\s(?:Grü(?:ß|ss)en?|Gruß)|Herzlichst|(?:Kind|Best) regards)\b/i;
const longestCovering = 120;

export function withoutMail(items: readonly Item[], losses: Losses): Item[] {
  const start = items.findIndex((item) => !isHead(item));
  const lines = items.slice(0, Math.max(start, 0)).flatMap((item) => linesOf(item as Words));
  if (lines.length < fewestHeadLines || !/^(?:Von|From):/i.test(lines[0] ?? "")) return [...items];
  const from = start + coveringLines(items.slice(start));
  const end = items.findLastIndex((item) => item.kind === "words" && closing.test(item.text));
  const kept = items.slice(from, end < from ? items.length : end);
  // A mail's words are its sender's: no place in them is told.
  for (let count = items.length - kept.length; count > 0; count -= 1) losses.say("word-mail", "");
  return kept;
}

const isHead = (item: Item): boolean => item.kind === "words" && linesOf(item).every((line) => headLine.test(line));

/** "Hallo Frau Weiß, hier der Text für die nächste Ausgabe:" */
function coveringLines([first, second]: readonly Item[]): number {
  if (first?.kind !== "words" || !salutation.test(first.text)) return 0;
  const isCovering = second?.kind === "words" && second.text.endsWith(":") && second.text.length <= longestCovering;
  return isCovering ? 2 : 1;
}

const linesOf = ({ content }: Words): string[] =>
  brokenLines(content)
    .map((line) => plain(line).trim())
    .filter(Boolean);
