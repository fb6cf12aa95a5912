import type { Message, Prepared } from "./message.ts";

/**
 * A message as a value of a web form (`application/x-www-form-urlencoded`): base64, then percent-encoded. Base64 makes
 * four signs of three bytes, so a piece looks different by where in its three it begins: what letters share is encoded
 * once for each of the three beginnings, and per reader only what lies between.
 */

/** A shared piece behind some open bytes: what fills up their three, whole threes as signs, what is left open. */
interface Encoded {
  readonly head: string;
  readonly signs: Uint8Array;
  readonly rest: string;
}
interface Ready {
  /** By the number of bytes left open before it: 0, 1 or 2. */
  readonly pieces: readonly (readonly [Encoded, Encoded, Encoded])[];
  readonly mostSigns: number;
}

const ready = new WeakMap<Prepared, Ready>();

/** How many signs a message becomes, at most. */
export function mostSigns({ shared, own }: Message): number {
  return own.reduce((sum, value) => sum + mostSignsOf(value.length), readyOf(shared).mostSigns);
}

/** Writes the message's signs into `buffer` and answers where they end. */
export function writeSigns({ shared, own }: Message, buffer: Buffer, start: number): number {
  let at = start;
  let open = "";
  readyOf(shared).pieces.forEach((beginnings, index) => {
    const { head, signs, rest } = beginnings[(open.length % 3) as 0 | 1 | 2];
    open += head;
    if (signs.length > 0) {
      at += buffer.write(signsOf(open), at, "latin1");
      buffer.set(signs, at);
      at += signs.length;
      open = rest;
    }
    open += own[index] ?? "";
  });
  return at + buffer.write(signsOf(open), at, "latin1");
}

function readyOf(shared: Prepared): Ready {
  const known = ready.get(shared);
  if (known) return known;
  const pieces = shared.pieces.map((bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    return [encoded(text, 0), encoded(text, 1), encoded(text, 2)] as const;
  });
  const most = pieces.map((all) => Math.max(...all.map(({ head, signs }) => signs.length + mostSignsOf(head.length))));
  const made = { pieces, mostSigns: most.reduce((sum, signs) => sum + signs, mostSignsOf(0)) };
  ready.set(shared, made);
  return made;
}

/** A piece too short for a whole three stays open. */
function encoded(piece: string, openBytes: number): Encoded {
  const from = (3 - openBytes) % 3;
  const to = piece.length - ((piece.length - from) % 3);
  if (to <= from) return { head: piece, signs: new Uint8Array(0), rest: "" };
  const signs = Buffer.from(signsOf(piece.slice(from, to)), "latin1");
  return { head: piece.slice(0, from), signs, rest: piece.slice(to) };
}

/** Each sign may be percent-encoded, which makes three of it; a beginning and an end may be open. */
const mostSignsOf = (bytes: number): number => 12 * (Math.ceil(bytes / 3) + 2);

const signsOf = (bytes: string): string =>
  btoa(bytes).replace(/[+/=]/g, (sign) => (sign === "+" ? "%2B" : sign === "/" ? "%2F" : "%3D"));
