import { Refusal } from "../../refusal.ts";
import type { Container } from "./container.ts";

/** What a file that calls itself a Word document is in truth. */

const starts = (bytes: Uint8Array, signs: readonly number[]): boolean =>
  signs.every((sign, index) => bytes[index] === sign);

/**
 * Before it is opened as a zip.
 *
 * @throws Refusal `empty-file`, `word-encrypted`, `word-old`, `word-other`, `word-archive`
 */
export function demandZip(name: string, bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Refusal("empty-file", { name });
  if (starts(bytes, [0x50, 0x4b])) return;
  if (starts(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new Refusal(isEncrypted(bytes) ? "word-encrypted" : "word-old", { name });
  throw otherRefusal(name, kindOfBytes(bytes));
}

/** Office wraps a document with a password in the container its old formats used; the streams in it have names in UTF-16. */
function isEncrypted(bytes: Uint8Array): boolean {
  const directory = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return directory.includes(Buffer.from("EncryptedPackage", "utf16le"));
}

const otherRefusal = (name: string, kind: string | undefined): Refusal =>
  kind === undefined ? new Refusal("word-archive", { name }) : new Refusal("word-other", { name, kind });

function kindOfBytes(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1000));
  if (head.startsWith("{\\rtf")) return "RTF";
  if (head.startsWith("%PDF-")) return "PDF";
  return /<html|<!doctype html/i.test(head) ? "HTML" : undefined;
}

const macroParts = /(?:^|\/)vbaProject\.bin$/i;

/**
 * Once its names are known.
 *
 * @throws Refusal `word-macros`, `word-other`, `word-archive`
 */
export function demandWord(name: string, container: Container, contentTypes: string): void {
  if (container.paths.some((path) => macroParts.test(path)) || /macroEnabled/i.test(contentTypes))
    throw new Refusal("word-macros", { name });
  const isWord = /wordprocessingml\.(?:document|template)\.main\+xml/i.test(contentTypes);
  if (!isWord) throw otherRefusal(name, kindOfZip(container));
}

const kinds: readonly (readonly [kind: string, sign: RegExp])[] = [
  ["Excel", /^xl\//],
  ["PowerPoint", /^ppt\//],
  ["Pages", /^Index(?:\.zip|\/.*\.iwa)$|\.iwa$/],
  ["OpenDocument", /^META-INF\/manifest\.xml$|^content\.xml$/],
  ["EPUB", /^META-INF\/container\.xml$/],
];

/** Undefined for an archive of anything. */
const kindOfZip = ({ paths }: Container): string | undefined =>
  kinds.find(([, sign]) => paths.some((path) => sign.test(path)))?.[0];
