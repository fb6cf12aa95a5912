import { isAscii } from "node:buffer";
import type { Letter } from "../../functions/cloud/cloud.ts";

/** RFC 5322 2.1.1, in octets, without CRLF. */
const maxLineBytes = 998;
/** SES: 10 MB after base64. */
const maxBytes = (10 * 1024 * 1024 * 3) / 4;
const tagPattern = /^[A-Za-z0-9_-]{1,256}$/;
/** One address and nothing else; SES v1 knows no SMTPUTF8. */
const addressPattern = /^[\x21-\x7e]+@[A-Za-z0-9.-]+$/;

/** Why the carrier would refuse this letter; undefined when it takes it. The reason never holds an address. */
export function whyRejected({ from, to, tags }: Letter, raw: Uint8Array, head: string): string | undefined {
  if (/[,;<>\\]/.test(to) || !addressPattern.test(to)) return "the recipient is not one address";
  if (!/^[\x20-\x7e]+$/.test(from) || !/@[A-Za-z0-9.-]+>?$/.test(from)) return "the sender is not an address";
  for (const [name, value] of Object.entries(tags))
    if (!tagPattern.test(name) || !tagPattern.test(value)) return "a tag has characters it must not have";
  if (raw.length > maxBytes) return "the letter is too large";
  if (!isAscii(raw)) return "the letter is not 7-bit";
  if (hasLongLine(raw)) return "a line is longer than 998 octets";
  if (!/^from:/im.test(head)) return "the letter has no From header";
  if (/^(date|message-id):/im.test(head)) return "the carrier writes Date and Message-ID";
  return undefined;
}

/** The header with its last line break; empty when nothing ends it. */
export function headOf(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = bytes.indexOf("\r\n\r\n");
  return end < 0 ? "" : bytes.toString("latin1", 0, end + 2);
}

/** Unfolded. */
export const subjectOf = (head: string): string =>
  (/^subject:[ \t]*((?:.*\r\n[ \t])*.*)\r\n/im.exec(head)?.[1] ?? "").replace(/\r\n(?=[ \t])/g, "");

/** Leaps from the last line break within reach to the next instead of reading every line. */
function hasLongLine(raw: Uint8Array): boolean {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  for (let start = 0; start + maxLineBytes < bytes.length; ) {
    const lineEnd = bytes.lastIndexOf(0x0a, start + maxLineBytes + 1);
    if (lineEnd < start) return true;
    start = lineEnd + 1;
  }
  return false;
}
