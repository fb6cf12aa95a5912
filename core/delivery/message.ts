import { type SlotName, type SlotValues, slotText, splitAtSlots } from "../edition/slots.ts";
import { readAddress } from "../email-address.ts";
import type { Publication } from "../publication.ts";
import { headersAfter, headersBefore, leaveHeader, toHeader } from "./headers.ts";
import { quotedPrintable } from "./quoted-printable.ts";

/**
 * A letter is put together in two steps. {@link prepare} runs once per issue and encodes everything that is the same
 * for all; {@link write} runs per reader and copies bytes, with the reader's few places between them.
 */

type Part = "html" | "text";
type Place = "to" | "leaveHeader" | `${Part}:${SlotName}`;

export interface Prepared {
  /** Fixed bytes and places in turn: a place follows every piece but the last. */
  readonly pieces: readonly { readonly bytes: Uint8Array; readonly place: Place | undefined }[];
  readonly fixedBytes: number;
}

export interface Writing {
  readonly publication: Publication;
  readonly language: string;
  readonly fingerprint: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Whom one letter is for. `name` and the values are plain text, cleaned by `readName`. */
export interface Addressee extends SlotValues {
  readonly address: string;
  readonly name: string;
}

/** The letter with both parts, text first (RFC 2046 5.1.4: the last part is the preferred one). */
export function prepare(writing: Writing): Prepared {
  const boundary = boundaryOf(writing.fingerprint);
  return joined([
    ...letterhead(writing),
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\n`,
    ...body("text", writing.text),
    `\r\n--${boundary}\r\n`,
    ...body("html", writing.html),
    `\r\n--${boundary}--\r\n`,
  ]);
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

function body(part: Part, content: string): Segment[] {
  const head = `Content-Type: text/${part === "text" ? "plain" : "html"}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  const pieces = splitAtSlots(content.toWellFormed().replace(/\r\n?/g, "\n"));
  return [
    head,
    ...pieces.map((piece, index) =>
      index % 2 ? { place: `${part}:${piece as SlotName}` as const } : quotedPrintable(piece),
    ),
  ];
}

/** Puts neighbouring fixed segments together, so that a letter is few copies. */
function joined(segments: readonly Segment[]): Prepared {
  const pieces: { bytes: Uint8Array; place: Place | undefined }[] = [];
  let fixed = "";
  for (const segment of segments) {
    if (typeof segment === "string") fixed += segment;
    else {
      pieces.push({ bytes: Buffer.from(fixed, "latin1"), place: segment.place });
      fixed = "";
    }
  }
  pieces.push({ bytes: Buffer.from(fixed, "latin1"), place: undefined });
  return { pieces, fixedBytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

/** Room for what is personal in one letter; larger values get a buffer of their own. */
const personalBytes = 16 * 1024;

/** A buffer letters of this issue fit into; it may be written again once the carrier has settled the last one. */
export const bufferFor = (prepared: Prepared): Buffer => Buffer.allocUnsafe(prepared.fixedBytes + personalBytes);

/**
 * One reader's letter, written into `buffer`.
 *
 * @throws Refusal `address-…` when the address is not one
 */
export function write(prepared: Prepared, addressee: Addressee, buffer: Buffer = bufferFor(prepared)): Buffer {
  const personal = personalOf(addressee);
  let at = 0;
  for (const { bytes, place } of prepared.pieces) {
    buffer.set(bytes, at);
    at += bytes.length;
    if (place) {
      const value = personal(place);
      if (buffer.write(value, at, "latin1") < value.length) throw new Error("a letter outgrew its buffer");
      at += value.length;
    }
  }
  return buffer.subarray(0, at);
}

/** What stands in each place; a link that is there twice is encoded once. */
function personalOf(addressee: Addressee): (place: Place) => string {
  const made: Partial<Record<Place, string>> = {};
  return (place) => {
    const value = made[place] ?? personalAt(place, addressee);
    made[place] = value;
    return value;
  };
}

function personalAt(place: Place, addressee: Addressee): string {
  if (place === "to") return toHeader(addressee.name, readAddress(addressee.address));
  if (place === "leaveHeader") return leaveHeader(readLink(addressee.leaveUrl));
  const [part, name] = place.split(":") as [Part, SlotName];
  return quotedPrintable(slotText(name, addressee, part));
}

/** Printable ASCII and none of the marks that end an address in angle brackets. */
function readLink(url: string): string {
  if (!/^https?:\/\/[\x21-\x3b\x3d\x3f-\x7e]{1,900}$/.test(url)) throw new Error("a leave link is malformed");
  return url;
}
