import { crc32 } from "node:zlib";

/** Zips no honest program writes: every size can be a lie, entries may share their bytes. */

export interface ByHand {
  readonly path: string;
  /** As they lie in the zip. */
  readonly stored: Uint8Array;
  readonly method?: 0 | 8;
  /** What the directory says they inflate to. */
  readonly declared?: number;
  /** 1: encrypted. */
  readonly flags?: number;
  /** Lies where the entry of this path lies, and brings no bytes of its own. */
  readonly over?: string;
}

export function zipByHand(entries: readonly ByHand[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const starts = new Map<string, number>();
  let offset = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.path);
    const start = (entry.over === undefined ? undefined : starts.get(entry.over)) ?? offset;
    starts.set(entry.path, start);
    directory.push(header(0x02014b50, entry, name, start), name);
    if (entry.over !== undefined) continue;
    const local = header(0x04034b50, entry, name, 0);
    chunks.push(local, name, entry.stored);
    offset += local.length + name.length + entry.stored.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([...chunks, ...directory, end(entries.length, size, offset)]);
}

/** APPNOTE 4.3.7 and 4.3.12: the second is the first with more in it. */
function header(
  signature: number,
  { stored, method = 8, declared, flags = 0 }: ByHand,
  name: Uint8Array,
  start: number,
): Uint8Array {
  const isCentral = signature === 0x02014b50;
  const bytes = Buffer.alloc(isCentral ? 46 : 30);
  const shift = isCentral ? 2 : 0;
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt16LE(20, 4 + shift);
  bytes.writeUInt16LE(flags, 6 + shift);
  bytes.writeUInt16LE(method, 8 + shift);
  bytes.writeUInt32LE(crc32(stored), 14 + shift);
  bytes.writeUInt32LE(stored.length, 18 + shift);
  bytes.writeUInt32LE(declared ?? stored.length, 22 + shift);
  bytes.writeUInt16LE(name.length, 26 + shift);
  if (isCentral) bytes.writeUInt32LE(start, 42);
  return bytes;
}

function end(count: number, size: number, offset: number): Uint8Array {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(count, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(size, 12);
  bytes.writeUInt32LE(offset, 16);
  return bytes;
}
