import { readAddress } from "../email-address.ts";
import type { Publication } from "../publication.ts";

/** Headers as they stand in a letter: 7-bit, folded, and without any way for a value to start a line of its own. */

const longestLine = 76;
/** An encoded word may carry this many bytes: with its frame it stays under the 75 characters of RFC 2047 2. */
const longestWordBytes = 45;
const frame = "=?UTF-8?B??=".length;

/** Atoms and blanks, and the marks that are harmless inside quotation marks; no "?", so nothing looks encoded. */
const quotable = /^[A-Za-z0-9!#$%&'*+/=^_`{|}~.,:;()-][A-Za-z0-9!#$%&'*+/=^_`{|}~.,:;() -]*$/;
const looksEncoded = /=\?/;

/** `Name: value`, folded after the name where the value would not fit beside it. */
export function header(name: string, value: string): string {
  const firstFold = value.indexOf("\r\n");
  const firstLine = firstFold < 0 ? value.length : firstFold;
  return `${name}:${name.length + 2 + firstLine > longestLine ? "\r\n" : ""} ${value}\r\n`;
}

/** Free text such as a subject. @param column where it starts in its line */
function unstructured(text: string, column: number): string {
  const isPlain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !looksEncoded.test(text);
  return isPlain && column + text.length <= longestLine ? text : encodedWords(text, column);
}

/** A name before an address: in quotation marks where every sign is harmless, in encoded words otherwise. */
function phrase(name: string, column: number): string {
  const isQuotable = quotable.test(name) && !name.endsWith(" ");
  return isQuotable && column + name.length + 2 <= longestLine ? `"${name}"` : encodedWords(name, column);
}

/** `"Name" <address>`; an address that does not fit beside its name goes to the next line. */
export function mailbox(name: string, address: string, column: number): string {
  if (name === "") return address;
  const words = phrase(name, column);
  const lastLine = words.slice(words.lastIndexOf("\n") + 1);
  const used = lastLine.length + (lastLine === words ? column : 0);
  return `${words}${used + address.length + 3 > longestLine ? "\r\n" : ""} <${address}>`;
}

/** RFC 2047 words, one a line, never splitting a character. */
function encodedWords(text: string, column: number): string {
  if (Buffer.byteLength(text) <= wordBytes(column)) return encodedWord(text.toWellFormed());
  const words: string[] = [];
  let word = "";
  let bytes = 0;
  let most = wordBytes(column);
  for (const sign of text.toWellFormed()) {
    const more = Buffer.byteLength(sign);
    if (bytes + more > most) {
      words.push(word);
      [word, bytes, most] = ["", 0, longestWordBytes];
    }
    word += sign;
    bytes += more;
  }
  return [...words, word].map(encodedWord).join("\r\n ");
}

const encodedWord = (part: string): string => `=?UTF-8?B?${Buffer.from(part).toString("base64")}?=`;

const wordBytes = (column: number): number =>
  Math.max(3, Math.min(longestWordBytes, Math.floor((longestLine - column - frame) / 4) * 3));

/** What every letter of an issue says alike. The addressee and the way out are slots of the message. */
export function headersBefore(publication: Publication): string {
  const { from, name } = publication.sender;
  return header("From", mailbox(name, readAddress(from), "From: ".length));
}

/** What follows the addressee; `subject` is printed in one line. */
export function headersAfter(publication: Publication, language: string, subject: string): string {
  const { title, sender } = publication;
  const { replyTo, listId } = sender;
  return [
    header("Reply-To", readAddress(replyTo)),
    subjectHeader(subject),
    header("List-Id", mailbox(title, listId, "List-Id: ".length)),
    header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    header("Content-Language", language),
    header("MIME-Version", "1.0"),
  ].join("");
}

/** In every answer to a mail; a machine that answers all the same usually repeats it. */
export const loopHeader = "X-Loop";

/** The mail an answer answers. */
export interface Reply {
  /** Its `Message-ID`, as `readHead` found it fit to be repeated. */
  readonly inReplyTo: string | undefined;
  readonly replyTo: string;
}

/**
 * The same for an answer to a form or a mail: no list, and nobody's answering machine need answer it. RFC 3834 5:
 * "auto-replied" is what a program sends in reply to a mail, "auto-generated" what none asked for.
 */
export const answerHeaders = ({ sender }: Publication, language: string, subject: string, reply?: Reply): string =>
  [
    header("Reply-To", readAddress(reply?.replyTo ?? sender.replyTo)),
    subjectHeader(subject),
    header("Auto-Submitted", reply ? "auto-replied" : "auto-generated"),
    ...(reply ? replyHeaders(reply, sender.listId) : []),
    header("Content-Language", language),
    header("MIME-Version", "1.0"),
  ].join("");

/** Exchange heeds its own header only. */
const replyHeaders = ({ inReplyTo }: Reply, listId: string): string[] => [
  ...(inReplyTo ? [header("In-Reply-To", inReplyTo), header("References", inReplyTo)] : []),
  header("X-Auto-Response-Suppress", "All"),
  header(loopHeader, listId),
];

const subjectHeader = (subject: string): string =>
  header("Subject", unstructured(subject.replace(/\s+/g, " ").trim(), "Subject: ".length));

/** The addressee's line; the address has passed the strict parser, the name is a {@link phrase}. */
export const toHeader = (name: string, address: string): string => header("To", mailbox(name, address, "To: ".length));

/** RFC 2369 and RFC 8058: one header, https, exactly the final address. */
export const leaveHeader = (leaveUrl: string): string => `List-Unsubscribe: <${leaveUrl}>\r\n`;
