import { type Note, note, Refusal } from "../refusal.ts";

/** Bytes of a text file become clean Unicode. Whatever can be mended is mended, and the author is told. */

/** About 150,000 words; a long article has 3,000. */
export const maxTextBytes = 1_000_000;

/** @throws Refusal `empty-file`, `text-too-large`, `not-a-text` */
export function decodeText(name: string, bytes: Uint8Array): { text: string; notes: Note[] } {
  demandTextSize(name, bytes.length);
  const encoding = encodingOf(bytes);
  const source = encoding === undefined ? "\0" : new TextDecoder(encoding).decode(bytes);
  if (looksBinary(source)) throw new Refusal("not-a-text", { name });
  const { text, notes } = clean(source);
  if (text.trim() === "") throw new Refusal("empty-file", { name });
  const mended = encoding === "utf-8" || encoding === undefined ? [] : [encodingNote(name, encoding)];
  return { text, notes: [...mended, ...notes] };
}

/** @throws Refusal `text-too-large` */
export function demandTextSize(name: string, bytes: number): void {
  if (bytes > maxTextBytes) throw new Refusal("text-too-large", { name, megabytes: Math.ceil(bytes / 1e6) });
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
const encodingNote = (name: string, encoding: Encoding): Note =>
  note("encoding-mended", { name, encoding: encoding === "windows-1252" ? "Latin-1 (Windows-1252)" : "UTF-16" });

/** The words of a text file as they stand there; {@link decodeText} mends them and says whether it is a text at all. */
export const decoded = (bytes: Uint8Array): string =>
  new TextDecoder(encodingOf(bytes) ?? "windows-1252").decode(bytes);

/** Undefined for bytes no text is made of. */
export function encodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const [even, odd] = zeros(bytes);
  // Western text in UTF-16 has a zero in nearly every second byte, and none in the others.
  if (odd > bytes.length / 4 && even < odd / 10) return "utf-16le";
  if (even > bytes.length / 4 && odd < even / 10) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : even + odd > 0 ? undefined : "windows-1252";
}

function zeros(bytes: Uint8Array): [even: number, odd: number] {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  return [even, odd];
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A stray control sign is mended; a file with more than one in a hundred of them is no text, nor is a PDF or RTF. */
function looksBinary(text: string): boolean {
  if (/^(%PDF-|\{\\rtf|PK\x03\x04)/.test(text)) return true;
  const odd = text.match(/[\x00-\x08\x0e-\x1f\ufffd]/g)?.length ?? 0;
  return odd > 3 && odd > text.length / 100;
}

/**
 * Clean text: NFC, "\n" line ends, no control signs, noncharacters, bidi overrides or soft hyphens.
 * A form feed stays: it is a page break to the reader of plain text.
 */
export function clean(text: string): { text: string; notes: Note[] } {
  const notes: Note[] = [];
  const mended = mend(text);
  const controls = mended.match(controlSigns)?.length ?? 0;
  if (controls > 0) notes.push(note("control-signs", { count: controls }));
  const turned = mended.match(bidiOverrides)?.length ?? 0;
  if (turned > 0) notes.push(note("bidi-overrides", { count: turned }));
  if (mended.includes("\ufffd")) notes.push(note("unreadable-signs", { count: mended.split("\ufffd").length - 1 }));
  return { text: mended.replace(controlSigns, "").replace(bidiOverrides, "").normalize("NFC"), notes };
}

/** One string as the model may hold it: no line ends, no form feeds either. */
export const cleanLine = (text: string): string => clean(text).text.replace(/[\n\f]/g, " ");

/** Control signs, and the noncharacters of every plane: with them a slot could be forged (core/edition/slots.ts). */
const controlSigns =
  /[\0-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;
/** Signs that turn the direction of what follows: with them a link can be made to read as another. */
const bidiOverrides = /[\u202a-\u202e\u2066-\u2069]/g;

/** What print programs leave behind, mended without a word. */
const mend = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\v\x85\u2028\u2029]/g, "\n")
    .replace(/\u00ad[ \t]*\n[ \t]*|[\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/[\x80-\x9f]/g, (sign) => windows1252.decode(Uint8Array.of(sign.charCodeAt(0))))
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize("NFKC"))
    .replace(/[\uf0b7\uf0a7\uf076\uf0d8]/g, "•"); // bullets of the fonts Symbol and Wingdings

const windows1252 = new TextDecoder("windows-1252");
