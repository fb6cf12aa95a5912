import { type Note, note } from "../refusal.ts";

/** A mail's words without what mail programs put below them, each cut with a note. */

export interface OwnWords {
  readonly words: string;
  readonly notes: readonly Note[];
}

/** @param isForwarded then what stands below a head of addresses is what was handed in */
export function ownWords(text: string, isForwarded = false): OwnWords {
  const lines = text.replace(/\r\n?/g, "\n").replace(leftOut, "").split("\n");
  const quoteAt = isForwarded ? lines.length : quoteStart(lines);
  const signatureAt = signatureStart(lines.slice(0, quoteAt));
  const words = textOf(lines.slice(0, signatureAt));
  // Nothing but a quote was sent: then it is what was meant.
  if (words === "") return { words: textOf(lines), notes: [] };
  const cut = (code: "mail-signature-cut" | "mail-quote-cut", from: number, to: number): Note[] => {
    const count = lines.slice(from, to).filter((line) => /[\p{L}\p{N}]/u.test(line)).length;
    return count > 0 ? [note(code, { lines: count })] : [];
  };
  const notes = [...cut("mail-signature-cut", signatureAt, quoteAt), ...cut("mail-quote-cut", quoteAt, lines.length)];
  return { words, notes };
}

/** Where a picture stands in the mail's other version: "[cid:image001.png@01D…]", "[image: Der Schalter]". */
const leftOut = /\[(?:cid:[^\]\s]{1,200}|image: [^\]\n]{1,200})\]/g;

const textOf = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();

// ── quotes ───────────────────────────────────────────────────────────────────────────────────────

/** "Am 12.03.2026 um 14:05 schrieb Anna Weiß:", "On Mon, 5 Jan 2026 at 10:00, Anna wrote:", the break in them, too. */
const attribution = /^(?:Am|On|Le)\s.{4,200}\b(?:schrieb|wrote)\b.{0,120}:\s*$/i;
const divider = /^\s*-{2,}\s*(?:Urspr(?:ü|ue)ngliche Nachricht|Original(?:nachricht| Message))\s*-{2,}\s*$/i;
/** Outlook's head of the quoted mail. */
const headStart = /^\s*\*?(?:Von|From):\*?\s/i;
const headGoesOn = /^\s*\*?(?:Gesendet|Datum|Sent|Date|An|To|Betreff|Subject|Cc):\*?\s/i;

function quoteStart(lines: readonly string[]): number {
  const at = lines.findIndex(
    (line, index) => divider.test(line) || isAttribution(lines, index) || isHead(lines, index),
  );
  if (at < 0) return lines.length;
  // A rule of underlines above the head belongs to it.
  return /^\s*_{10,}\s*$/.test(lines[at - 1] ?? "") ? at - 1 : at;
}

/** With quoted lines below: an article may tell of somebody who wrote something. */
function isAttribution(lines: readonly string[], at: number): boolean {
  const heads = [lines[at] ?? "", `${lines[at]} ${lines[at + 1] ?? ""}`];
  const length = heads.findIndex((head) => attribution.test(head)) + 1;
  if (length === 0) return false;
  const below = lines[at + length]?.trim() ? at + length : at + length + 1;
  return /^\s*>/.test(lines[below] ?? "");
}

const isHead = (lines: readonly string[], at: number): boolean =>
  headStart.test(lines[at] ?? "") && lines.slice(at + 1, at + 5).filter((line) => headGoesOn.test(line)).length >= 2;

// ── signatures ───────────────────────────────────────────────────────────────────────────────────

/** RFC 3676 4.3; without its blank it may be a line drawn by hand. */
const signature = /^-- $/;
const bareSignature = /^--$/;
/** A signature is no longer than that. */
const mostSignatureLines = 20;
/** What telephones and free mailboxes add. */
const advertised =
  /^(?:Von meinem .{2,40} gesendet\.?|Gesendet (?:mit|von|über|aus) .{2,80}|Diese Nachricht wurde von meinem .{2,60} gesendet\.?|Sent (?:from|with|via) .{2,80}|Get Outlook for .{2,20}|Outlook für (?:iOS|Android) .{0,40})$/i;

function signatureStart(lines: readonly string[]): number {
  const marked = lines.findIndex(
    (line, index) =>
      signature.test(line) || (bareSignature.test(line) && lines.length - index <= mostSignatureLines && index > 0),
  );
  const end = marked < 0 ? lines.length : marked;
  const last = lines.slice(0, end).findLastIndex((line) => line.trim() !== "");
  return advertised.test(lines[last]?.trim() ?? "") ? last : end;
}
