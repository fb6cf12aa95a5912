import { type SlotName, type SlotValues, slotText, splitAtSlots } from "../edition/slots.ts";
import { readAddress } from "../email-address.ts";
import type { Publication } from "../publication.ts";
import { answerHeaders, headersAfter, headersBefore, leaveHeader, type Reply, toHeader } from "./headers.ts";
import { quotedPrintable } from "./quoted-printable.ts";

/**
 * A letter is put together in two steps. {@link prepare} runs once per issue and encodes everything that is the same
 * for all; {@link write} runs per reader and encodes the reader's few places. A carrier puts both together in the form
 * it needs.
 */

type Part = "html" | "text";
type Place = "to" | "leaveHeader" | readonly [Part, SlotName];

export interface Prepared {
  /** What is the same for all. */
  readonly pieces: readonly Uint8Array[];
  /** One after every piece but the last. */
  readonly places: readonly Place[];
  readonly bytes: number;
}

export interface Writing {
  readonly publication: Publication;
  readonly language: string;
  readonly fingerprint: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Of an answer to a mail. */
  readonly reply?: Reply;
}

/** Whom one letter is for. `name` and the values are plain text, cleaned by `readName`. */
export interface Addressee extends SlotValues {
  readonly address: string;
  readonly name: string;
}

/** The letter with both parts. */
export const prepare = (writing: Writing): Prepared => joined([...letterhead(writing), ...bothParts(writing)]);

/** An answer to what one person asked for on our site. They are on no list yet, so there is no way off one. */
export const prepareAnswer = (writing: Writing): Prepared => joined([...answerhead(writing), ...bothParts(writing)]);

/** Text first: the last part is the preferred one (RFC 2046 5.1.4). */
function bothParts(writing: Writing): Segment[] {
  const boundary = boundaryOf(writing.fingerprint);
  return [
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\n`,
    ...body("text", writing.text),
    `\r\n--${boundary}\r\n`,
    ...body("html", writing.html),
    `\r\n--${boundary}--\r\n`,
  ];
}

/** For readers who chose text: the text part alone. */
export const prepareText = (writing: Writing): Prepared =>
  joined([...letterhead(writing), ...body("text", writing.text)]);

/** Quoted-printable never writes "=_", so no text can contain it (RFC 2045 6.7, example of RFC 2046 5.1.1). */
const boundaryOf = (fingerprint: string): string => `=_kurier_${fingerprint.replace(/[^A-Za-z0-9]/g, "").slice(0, 32)}`;

type Segment = string | { readonly place: Place };

const letterhead = ({ publication, language, subject }: Writing): Segment[] => [
  headersBefore(publication),
  { place: "to" },
  headersAfter(publication, language, subject),
  { place: "leaveHeader" },
];

const answerhead = ({ publication, language, subject, reply }: Writing): Segment[] => [
  headersBefore(publication),
  { place: "to" },
  answerHeaders(publication, language, subject, reply),
];

function body(part: Part, content: string): Segment[] {
  const head = `Content-Type: text/${part === "text" ? "plain" : "html"}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  const pieces = splitAtSlots(content.toWellFormed().replace(/\r\n?/g, "\n"));
  return [
    head,
    ...pieces.map((piece, index) =>
      index % 2 ? { place: [part, piece as SlotName] as const } : quotedPrintable(piece),
    ),
  ];
}

/** Puts neighbouring fixed segments together, so that a letter is few copies. */
function joined(segments: readonly Segment[]): Prepared {
  const [fixed, places]: [string[], Place[]] = [[""], []];
  for (const segment of segments) {
    if (typeof segment === "string") fixed.push(`${fixed.pop()}${segment}`);
    else {
      places.push(segment.place);
      fixed.push("");
    }
  }
  const pieces = fixed.map((piece) => Buffer.from(piece, "latin1"));
  return { pieces, places, bytes: pieces.reduce((sum, { length }) => sum + length, 0) };
}

/** An RFC 5322 message, 7-bit: the pieces it shares with others, and what is one reader's own after each but the last. */
export interface Message {
  readonly shared: Prepared;
  readonly own: readonly string[];
}

/**
 * One reader's letter.
 *
 * @throws Refusal `address-…` when the address is not one
 */
export function write(shared: Prepared, addressee: Addressee): Message {
  return { shared, own: shared.places.map(personalOf(addressee)) };
}

/** A message that shares nothing. */
export const messageOf = (bytes: Uint8Array): Message => ({
  shared: { pieces: [bytes], places: [], bytes: bytes.length },
  own: [],
});

/** The whole message, into `buffer` where one is given: whoever gives it keeps it still while the bytes are read. */
export function bytesOf({ shared, own }: Message, buffer?: Buffer): Buffer {
  const bytes = own.reduce((sum, value) => sum + value.length, shared.bytes);
  const into = buffer && buffer.length >= bytes ? buffer : Buffer.allocUnsafe(bytes);
  let at = 0;
  shared.pieces.forEach((piece, index) => {
    into.set(piece, at);
    at += piece.length;
    const value = own[index];
    if (value) at += into.write(value, at, "latin1");
  });
  return into.subarray(0, bytes);
}

/** What stands in each place; a link that is there twice, or reads alike in both parts, is encoded once. */
function personalOf(addressee: Addressee): (place: Place) => string {
  const made: Partial<Record<SlotName, { readonly text: string; readonly encoded: string }>> = {};
  const once = (name: SlotName, text: string): string => {
    const known = made[name];
    if (known?.text === text) return known.encoded;
    const encoded = quotedPrintable(text);
    made[name] = { text, encoded };
    return encoded;
  };
  return (place) => {
    if (place === "to") return toHeader(addressee.name, readAddress(addressee.address));
    if (place === "leaveHeader") return leaveHeader(readLink(addressee.leaveUrl));
    const [part, name] = place;
    return once(name, slotText(name, addressee, part));
  };
}

/** Printable ASCII and none of the marks that end an address in angle brackets. */
function readLink(url: string): string {
  if (!/^https?:\/\/[\x21-\x3b\x3d\x3f-\x7e]{1,900}$/.test(url)) throw new Error("a leave link is malformed");
  return url;
}
