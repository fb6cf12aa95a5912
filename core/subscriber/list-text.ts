import { encodingOf } from "../article/encoding.ts";

/** A file as it is read, piece by piece; one that is in memory anyway is a single piece. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * The words of a list, piece by piece, in UTF-8, UTF-16 or Latin-1. Plain ASCII reads the same in all but UTF-16: which
 * it is, is judged by the first piece that has more.
 */
export async function* textOf(pieces: Pieces): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const piece of pieces) {
    decoder ??= hasMore(piece) ? new TextDecoder(judged(piece)) : undefined;
    yield decoder ? decoder.decode(piece, { stream: true }) : new TextDecoder().decode(piece);
  }
  if (decoder) yield decoder.decode();
}

/** Signs beyond ASCII, or the zeros of UTF-16. */
const hasMore = (piece: Uint8Array): boolean => piece.some((byte) => byte === 0 || byte > 0x7f);

const lineBreak = 0x0a;

/** By its whole lines: a piece may end within a letter. */
function judged(piece: Uint8Array): NonNullable<ReturnType<typeof encodingOf>> {
  const lines = piece.subarray(0, piece.lastIndexOf(lineBreak) + 1);
  return encodingOf(hasMore(lines) ? lines : piece) ?? "windows-1252";
}
