import { hash } from "node:crypto";

/** In which line of a list an address stood first. */
export interface FirstLines {
  /** The line it stood in before; undefined the first time, and then this line is remembered. */
  seen(address: string, line: number): number | undefined;
}

const digestWords = 4;
/** A digest, and its line; line 0 is a free place. */
const placeWords = digestWords + 1;

/**
 * A hash table of numbers alone, 20 bytes a place and at most three of four places taken: a million addresses are 42 MB
 * that the garbage collector never looks at. 128 bits of a digest are the address.
 */
export function firstLines(): FirstLines {
  let places = new Uint32Array(placeWords * 1024);
  let taken = 0;

  /** Where these four words stand, or may. */
  const placeOf = (words: Uint32Array, room: Uint32Array): number => {
    const count = room.length / placeWords;
    let place = (words[0] ?? 0) % count;
    while (room[place * placeWords + digestWords] !== 0 && !isAt(words, room, place)) place = (place + 1) % count;
    return place * placeWords;
  };

  const grow = (): void => {
    const room = new Uint32Array(places.length * 2);
    for (let at = 0; at < places.length; at += placeWords) {
      if (places[at + digestWords] === 0) continue;
      const place = places.subarray(at, at + placeWords);
      room.set(place, placeOf(place, room));
    }
    places = room;
  };

  return {
    seen(address, line) {
      const words = digestOf(address);
      const at = placeOf(words, places);
      const before = places[at + digestWords];
      if (before) return before;
      places.set(words, at);
      places[at + digestWords] = line;
      taken++;
      if (taken * placeWords * 4 > places.length * 3) grow();
      return undefined;
    },
  };
}

function digestOf(address: string): Uint32Array {
  const digest = hash("sha256", address, "buffer");
  return Uint32Array.from({ length: digestWords }, (_, word) => digest.readUInt32LE(word * 4));
}

function isAt(words: Uint32Array, room: Uint32Array, place: number): boolean {
  const at = place * placeWords;
  return room[at] === words[0] && room[at + 1] === words[1] && room[at + 2] === words[2] && room[at + 3] === words[3];
}
