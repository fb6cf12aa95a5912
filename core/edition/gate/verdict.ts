import type { Note, Refusal } from "../../refusal.ts";

/** What stands between a build and its readers: refusals stop it, notes are told to the editor. */
export interface Verdict {
  readonly refusals: readonly Refusal[];
  readonly notes: readonly Note[];
}

export const nothing: Verdict = { refusals: [], notes: [] };

/** All refusals and all notes, in order. */
export const joinVerdicts = (verdicts: readonly Verdict[]): Verdict => ({
  refusals: verdicts.flatMap(({ refusals }) => refusals),
  notes: verdicts.flatMap(({ notes }) => notes),
});
