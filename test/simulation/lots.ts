/** Chance out of a seed: the same seed draws the same lots. */
export interface Lots {
  /** True so often: 0 never, 1 always. */
  chance(share: number): boolean;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** 128 bits, base64url. */
  id(): string;
}

export function lots(seed: number): Lots {
  const next = mulberry32(Math.imul(seed + 1, 0x9e3779b1));
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    between: (from, to) => from + next() * (to - from),
    pick: <T>(list: readonly T[]): T => {
      const index = below(list.length);
      if (index >= list.length) throw new Error("nothing to pick from");
      return list[index] as T;
    },
    id: () => Buffer.from(Array.from({ length: 16 }, () => below(256))).toString("base64url"),
  };
}

/** Numbers from 0 to below 1. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
