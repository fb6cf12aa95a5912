import { type Change, Conflict, type Outcome, type Value } from "../../functions/cloud/cloud.ts";
import { keyOf } from "./memory-table.ts";
import type { Run } from "./world.ts";

/** What a bystander at the table writes down, to be held against the books in the end. */
export interface Observed {
  /** Which run claimed with an attempt. */
  readonly attempts: Map<string, Run>;
  /** When readers were told that they had left, by address key. */
  readonly leftAt: Map<string, number>;
  /** Who was suppressed or left on the way, told or not. */
  readonly gone: Set<string>;
  readonly complaints: string[];
  /** While the issue was paused, in milliseconds since 1970. */
  readonly pauses: { readonly from: number; to: number }[];
  /** Told of every reader whose letter is about to leave. */
  onClaim: (addressKey: string) => void;
  see(run: Run, change: Change, outcome: Outcome): void;
}

export function observer(now: () => number): Observed {
  const attempts = new Map<string, Run>();
  const complaints: string[] = [];
  const pauses: { from: number; to: number }[] = [];
  /** By round: the turns that were taken and not given back. */
  const taken = new Map<string, Set<number>>();

  const seeRound = (round: string, turn: number, isTaking: boolean): void => {
    const turns = taken.get(round) ?? new Set();
    taken.set(round, turns);
    if (isTaking && turns.has(turn)) complaints.push(`${round}: turn ${turn} was taken twice`);
    if (isTaking) turns.add(turn);
    else for (const one of turns) if (one > turn) turns.delete(one);
  };

  const seeControl = (state: Value | undefined): void => {
    const last = pauses.at(-1);
    if (state === "paused") pauses.push({ from: now(), to: Number.POSITIVE_INFINITY });
    else if (last && state !== undefined) last.to = Math.min(last.to, now());
  };

  const observed: Observed = {
    attempts,
    ...{ leftAt: new Map(), gone: new Set(), complaints, pauses, onClaim: () => {} },
    see(run, change, outcome) {
      const { sk } = keyOf(change);
      if ("put" in change && sk.startsWith("delivery#") && change.put.state === "sending") {
        if (typeof change.put.attempt === "string") attempts.set(change.put.attempt, run);
        if (outcome === "done") observed.onClaim(sk.slice("delivery#".length));
      }
      if (outcome instanceof Conflict || !("patch" in change)) return;
      if (sk === "control") seeControl(change.set.state);
      if (!sk.startsWith("round#")) return;
      const { turn, heldUntil } = change.set;
      if (typeof turn === "number") seeRound(sk, turn, heldUntil !== null);
    },
  };
  return observed;
}
