import type { Note, Refusal } from "../core/refusal.ts";
import { type Row, readReaders } from "../core/subscriber/import.ts";
import type { Language } from "../core/words.ts";

/** A short list of readers, read whole. */
export interface ReaderList {
  readonly rows: readonly Row[];
  readonly problems: readonly { readonly line: number; readonly refusal: Refusal }[];
  readonly notes: readonly Note[];
}

export async function readReaderList(bytes: Uint8Array, language: Language): Promise<ReaderList> {
  const lines = await Array.fromAsync(readReaders([bytes], language));
  return {
    rows: lines.flatMap(({ row }) => row ?? []),
    problems: lines.flatMap(({ line, refusal }) => (refusal ? { line, refusal } : [])),
    notes: lines.flatMap(({ notes }) => notes),
  };
}
