import { rounds } from "../delivery/delivery.ts";
import { type AddressKey, addressKeyLength } from "./subscriber.ts";

/** A walk over all readers of a publication, a piece at a time: round by round, in each by the key. */

/** Goes on in this round, behind this key; "" from its beginning. */
export interface WalkPosition {
  readonly round: string;
  readonly after: AddressKey | "";
}
export const startOfWalk: WalkPosition = { round: rounds[0] ?? "0", after: "" };

/** The round behind another; undefined after the last. */
export const roundAfter = (round: string): string | undefined => rounds[rounds.indexOf(round) + 1];

/** Where a walk goes on behind a key of a round, or in the next one where that was the last; undefined at its end. */
export function nextInWalk(round: string, last: AddressKey | undefined): WalkPosition | undefined {
  if (last !== undefined) return { round, after: last };
  const next = roundAfter(round);
  return next === undefined ? undefined : { round: next, after: "" };
}

/** As it stands in an address: "3", "3.AbC…". */
export const writePosition = ({ round, after }: WalkPosition): string => (after === "" ? round : `${round}.${after}`);

/** Anything else than a position begins anew. */
export function readPosition(text: string | undefined): WalkPosition {
  const [round = "", after = ""] = (text ?? "").split(".");
  const isKey = after === "" || (after.length === addressKeyLength && /^[\w-]+$/.test(after));
  return rounds.includes(round) && isKey ? { round, after } : startOfWalk;
}

/** In the order of the table: by bytes. */
const signs = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Which share of all readers lies before a position, from 0 to 1: keys are hashes and lie evenly, so that nobody has to
 * count. A round has the four first signs its four bits leave open.
 */
export function shareBefore({ round, after }: WalkPosition): number {
  const index = rounds.indexOf(round);
  const [first = "", second = ""] = after;
  if (first === "") return index / rounds.length;
  const firsts = [...alphabet.slice(4 * index, 4 * index + 4)].sort();
  const within = (firsts.indexOf(first) + signs.indexOf(second) / signs.length) / firsts.length;
  return (index + Math.max(0, within)) / rounds.length;
}
