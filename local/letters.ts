import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Address } from "postal-mime";
import type { Outbox } from "./cloud/outbox.ts";

/** What a list says of a letter. */
export interface LetterHead {
  readonly id: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** ISO 8601; "" where the letter names no time. */
  readonly at: string;
}

/** Where delivered letters lie. */
export interface LetterSource {
  /** Newest first; `next` is there while older ones follow. */
  list(page: { limit: number; after?: string }): Promise<{ letters: readonly LetterHead[]; next?: string }>;
  count(): Promise<number>;
  /** The message as it went over the wire; undefined when there is none. */
  read(id: string): Promise<Uint8Array | undefined>;
}

/** A letter's headers are well below this many bytes; only so much of a file is read for a list. */
const headBytes = 16_384;
const fileName = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/** The `.eml` files of a folder, as a press leaves them: their names begin with the time, so names are order. */
export function lettersInFolder(folder: string): LetterSource {
  const names = async (): Promise<string[]> =>
    (await listed(folder))
      .filter((name) => name.endsWith(".eml"))
      .map((name) => name.slice(0, -".eml".length))
      .filter((name) => fileName.test(name))
      .sort()
      .reverse();
  return {
    async list({ limit, after }) {
      const rest = (await names()).filter((name) => after === undefined || name < after);
      const page = rest.slice(0, limit);
      const letters = await Promise.all(
        page.map(async (id) => readHead(id, await beginningOf(join(folder, `${id}.eml`)))),
      );
      const last = page.at(-1);
      return rest.length > limit && last !== undefined ? { letters, next: last } : { letters };
    },
    count: async () => (await names()).length,
    read: async (id) => (fileName.test(id) ? await ifThere(readFile(join(folder, `${id}.eml`))) : undefined),
  };
}

/** The outbox of the embedded cloud. */
export const lettersInOutbox = (outbox: Outbox): LetterSource => ({
  async list({ limit, after }) {
    const { letters, next } = outbox.list({ limit, ...(after === undefined ? {} : { before: after }) });
    const heads = letters.map((letter) => readHead(letter.messageId, outbox.source(letter).subarray(0, headBytes)));
    return { letters: await Promise.all(heads), ...(next === undefined ? {} : { next }) };
  },
  count: async () => outbox.count(),
  async read(id) {
    const letter = outbox.find(id);
    return letter && outbox.source(letter);
  },
});

async function readHead(id: string, beginning: Uint8Array): Promise<LetterHead> {
  const bytes = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  const end = bytes.indexOf("\r\n\r\n");
  const { from, to, subject, date } = await PostalMime.parse(end < 0 ? bytes : bytes.subarray(0, end + 4));
  const at = new Date(date ?? "");
  return {
    id,
    from: nameOf(from),
    to: nameOf(to?.[0]),
    subject: subject ?? "",
    at: Number.isNaN(at.getTime()) ? "" : at.toISOString(),
  };
}

const nameOf = (address: Address | undefined): LetterHead["to"] => ({
  name: address?.name ?? "",
  address: address?.address ?? "",
});

async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const listed = async (folder: string): Promise<string[]> => (await ifThere(readdir(folder))) ?? [];

async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (trouble) {
    if ((trouble as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw trouble;
  }
}
