import type { Language } from "../words.ts";

/**
 * "Zur Durchsicht": somebody is shown an article as it will appear and says whether it may. Their word is bound to the
 * revision they saw.
 */
export interface Review {
  readonly v: 1;
  /** Counts every change. */
  readonly version: number;
  readonly id: string;
  readonly publication: string;
  readonly article: string;
  /** A person's id; whoever the publication does not know stands here by the name an editor gave. No address. */
  readonly of: { readonly person: string } | { readonly name: string };
  readonly askedBy: string;
  /** The language they used the desk in: they are told of the answer in it. */
  readonly askedIn?: Language;
  readonly askedAt: string;
  /** The revision that counted when they were asked. */
  readonly revision: number;
  /** What they are asked to look at above all; "" where nobody said. */
  readonly words: string;
  /** An instant: then the link leads nowhere. */
  readonly until: string;
  readonly answer?: ReviewAnswer;
}

export interface ReviewAnswer {
  readonly agrees: boolean;
  readonly words: string;
  readonly at: string;
  readonly revision: number;
}

/** Long enough for somebody on holiday, short enough that a forgotten mail opens nothing for ever. */
const reviewDays = 30;
export const reviewUntil = (at: string): string => new Date(Date.parse(at) + reviewDays * 86_400_000).toISOString();

/** So long it is worth knowing who has seen an article; then the row goes, name and all. */
const keptDays = 365;
export const reviewKeptUntil = (at: string): string => new Date(Date.parse(at) + keptDays * 86_400_000).toISOString();

/** "void": they spoke of other words than those that stand there now. */
export type ReviewState = "waiting" | "lapsed" | "agreed" | "wishes" | "void";

/** @param isSame whether the words they answered to are those that stand there now */
export function stateOfReview({ answer, until }: Review, isSame: boolean, now: string): ReviewState {
  if (!answer) return until <= now ? "lapsed" : "waiting";
  if (!isSame) return "void";
  return answer.agrees ? "agreed" : "wishes";
}
