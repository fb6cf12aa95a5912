import { constants, inflateRawSync } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { Refusal } from "../../refusal.ts";

/** The zip a Word document is: nothing in it is believed before it was looked at, nothing is inflated before it is asked for. */
export interface Container {
  readonly paths: readonly string[];
  /** Declared, and held to: more is never inflated. */
  bytesOf(path: string): number;
  /**
   * Inflates one part, as it was stored. Undefined where there is none of that name.
   *
   * @throws Refusal `word-too-large`, `word-packed` where more comes out than was declared, `word-broken`
   */
  read(path: string, mostBytes: number): Uint8Array | undefined;
  /** The first bytes of one part, enough to tell what it is; the rest stays as it lies. */
  begin(path: string): Uint8Array | undefined;
}

interface Part {
  readonly entry: Entry;
  /** Where its bytes begin. */
  readonly start: number;
}

/** A long document with thirty photos has two hundred. */
const mostEntries = 2000;
/** Thirty photos of a phone; whoever has more hands them in beside the text. */
const mostBytes = 120_000_000;
/** XML of the most repetitive kind shrinks to a fiftieth. */
const mostRatio = 200;

/** @throws Refusal `word-broken`, `word-too-large`, `word-packed`, `word-encrypted`: bytes that are a zip, but none to be opened */
export async function openContainer(name: string, bytes: Uint8Array): Promise<Container> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = await partsOf(name, buffer);
  return {
    paths: [...parts.keys()],
    bytesOf: (path) => parts.get(path)?.entry.uncompressedSize ?? 0,
    read: (path, most) => {
      const part = parts.get(path);
      return part && inflate(name, buffer, part, most);
    },
    begin: (path) => {
      const part = parts.get(path);
      return part && beginningOf(name, buffer, part);
    },
  };
}

async function partsOf(name: string, buffer: Buffer): Promise<ReadonlyMap<string, Part>> {
  const { zip, entries } = await directoryOf(name, buffer);
  demandSizes(name, entries, buffer.length);
  const parts = new Map<string, Part>();
  for (const entry of entries) {
    const path = entry.fileName.replace(/^\//, "");
    if (parts.has(path)) throw new Refusal("word-broken", { name });
    parts.set(path, { entry, start: await startOf(name, zip, entry) });
  }
  demandOwnBytes(name, [...parts.values()]);
  return parts;
}

/** The names and declared sizes; yauzl refuses absolute paths and ways out ("..") by itself. */
async function directoryOf(name: string, buffer: Buffer): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const entries: Entry[] = [];
  try {
    const zip = await fromBufferPromise(buffer, { autoClose: false, validateEntrySizes: true });
    if (zip.entryCount > mostEntries) throw new Refusal("word-packed", { name });
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) entries.push(entry);
    return { zip, entries };
  } catch (error) {
    throw refusalOf(name, error);
  }
}

function demandSizes(name: string, entries: readonly Entry[], stored: number): void {
  if (entries.some((entry) => entry.isEncrypted())) throw new Refusal("word-encrypted", { name });
  if (entries.some(({ compressionMethod }) => compressionMethod !== 0 && compressionMethod !== 8))
    throw new Refusal("word-broken", { name });
  const declared = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (declared > mostBytes) throw tooLarge(name, mostBytes);
  if (declared > stored * mostRatio) throw new Refusal("word-packed", { name });
}

const tooLarge = (name: string, most: number): Refusal =>
  new Refusal("word-too-large", { name, megabytes: Math.floor(most / 1e6) });

async function startOf(name: string, zip: ZipFile, entry: Entry): Promise<number> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch (error) {
    throw refusalOf(name, error);
  }
}

/** A thousand entries over the same bytes: none is large, together they are. */
function demandOwnBytes(name: string, parts: readonly Part[]): void {
  let end = 0;
  for (const { start, entry } of parts.toSorted((left, right) => left.start - right.start)) {
    if (start < end) throw new Refusal("word-packed", { name });
    end = start + entry.compressedSize;
  }
}

function inflate(name: string, buffer: Buffer, { entry, start }: Part, most: number): Uint8Array {
  const stored = buffer.subarray(start, start + entry.compressedSize);
  const cap = Math.min(most, entry.uncompressedSize);
  if (entry.uncompressedSize > most) throw tooLarge(name, most);
  // A copy: whoever is handed a view is handed the whole document with it.
  if (entry.compressionMethod === 0) return Uint8Array.from(stored);
  try {
    return cap === 0 ? new Uint8Array() : bare(inflateRawSync(stored, { maxOutputLength: cap }));
  } catch (error) {
    throw refusalOf(name, error);
  }
}

const bare = ({ buffer, byteOffset, byteLength }: Buffer): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

const beginBytes = 1000;

function beginningOf(name: string, buffer: Buffer, { entry, start }: Part): Uint8Array {
  const stored = buffer.subarray(start, start + Math.min(entry.compressedSize, beginBytes));
  if (entry.compressionMethod === 0) return stored;
  try {
    return inflateRawSync(stored, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw refusalOf(name, error);
  }
}

/** What the zip's reader says of hostile and torn files alike; anything else is a fault of ours. */
function refusalOf(name: string, error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  if (error instanceof TypeError || error instanceof ReferenceError) return error;
  if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return new Refusal("word-packed", { name });
  return new Refusal(/encrypt/i.test(error.message) ? "word-encrypted" : "word-broken", { name });
}
