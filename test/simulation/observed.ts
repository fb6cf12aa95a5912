import { type Change, Conflict, type Item, type Outcome, type Value } from "../../functions/cloud/cloud.ts";
import { keyOf } from "./memory-table.ts";
import { fieldOfNextVersion } from "./next-version.ts";
import type { Run } from "./world.ts";

/** What a bystander at the table writes down, to be held against the books in the end. */
export interface Observed {
  /** Which run claimed with an attempt. */
  readonly attempts: Map<string, Run>;
  /** When readers were told that they had left, by `readerId`. */
  readonly leftAt: Map<string, number>;
  /** Since when an address is suppressed, by address key. */
  readonly suppressedAt: Map<string, number>;
  /** Who left on the way, told or not, by `readerId`. */
  readonly gone: Set<string>;
  readonly complaints: string[];
  /** While an issue was paused, in milliseconds since 1970. */
  readonly pauses: { readonly issue: string; readonly from: number; to: number }[];
  /** Until when an issue waits for a quota or a warm-up, in milliseconds since 1970. */
  waitedUntil: number;
  /** Told of every reader whose letter is about to leave. */
  onClaim: (addressKey: string) => void;
  /** @param before the row that stood there */
  see(run: Run, change: Change, outcome: Outcome, before: Item | undefined): void;
}

/** A reader of one publication. */
export const readerId = (publication: string, addressKey: string): string => `${publication} ${addressKey}`;

const eventMilliseconds = 15 * 60_000;

/** @param slack by so much, in milliseconds, clocks may differ */
export function observer(now: () => number, slack: number): Observed {
  const attempts = new Map<string, Run>();
  const complaints: string[] = [];
  const pauses: { issue: string; from: number; to: number }[] = [];
  /** By round: the turns that were taken and not given back. */
  const taken = new Map<string, Set<number>>();

  const seeRound = (round: string, turn: number, isTaking: boolean): void => {
    const turns = taken.get(round) ?? new Set();
    taken.set(round, turns);
    if (isTaking && turns.has(turn)) complaints.push(`${round}: turn ${turn} was taken twice`);
    if (isTaking) turns.add(turn);
    else for (const one of turns) if (one > turn) turns.delete(one);
  };

  const seeControl = (issue: string, state: Value | undefined): void => {
    const last = pauses.findLast((pause) => pause.issue === issue);
    if (last && state !== undefined) last.to = Math.min(last.to, now());
    if (state === "paused") pauses.push({ issue, from: now(), to: Number.POSITIVE_INFINITY });
  };

  /** Nobody declares a living attempt dead, nor a doubtful letter unresolved before events had their time. */
  const hasteOf = (next: Item, before: Item | undefined): string | undefined => {
    const isExpired = before?.state === "sending" && next.state === "uncertain" && next.reason === "lease expired";
    if (isExpired && slack < eventMilliseconds / 3 && attempts.get(String(before.attempt))?.state === "alive")
      return "is declared dead and alive";
    if (before?.state !== "uncertain" || next.state !== "unresolved") return undefined;
    const age = now() - Date.parse(String(before.uncertainSince));
    return age < eventMilliseconds - slack ? `is given up after ${age / 1000} s` : undefined;
  };

  const observed: Observed = {
    ...{ attempts, complaints, pauses },
    ...{ leftAt: new Map(), suppressedAt: new Map(), gone: new Set(), waitedUntil: 0, onClaim: () => {} },
    see(run, change, outcome, before) {
      const { pk, sk } = keyOf(change);
      if ("put" in change && sk.startsWith("delivery#") && change.put.state === "sending") {
        if (typeof change.put.attempt === "string") attempts.set(change.put.attempt, run);
        if (outcome === "done") observed.onClaim(sk.slice("delivery#".length));
      }
      if (outcome instanceof Conflict) return;
      if ("put" in change && sk === "suppression" && !observed.suppressedAt.has(pk.slice("address#".length)))
        observed.suppressedAt.set(pk.slice("address#".length), now());
      const haste = "put" in change ? hasteOf(change.put, before) : undefined;
      if (haste) complaints.push(`${run.name}: ${sk} ${haste}`);
      if (isForgetful(change, before)) complaints.push(`${run.name} lost what the next version wrote to ${pk} ${sk}`);
      if (!("patch" in change)) return;
      if (sk === "control") seeControl(pk.slice("issue#".length), change.set.state);
      if (!sk.startsWith("round#")) return;
      const { turn, heldUntil } = change.set;
      if (typeof turn === "number") seeRound(`${pk} ${sk}`, turn, heldUntil !== null);
    },
  };
  return observed;
}

/** A row is written again and a field that this version does not know is gone. */
const isForgetful = (change: Change, before: Item | undefined): boolean =>
  "put" in change && before?.[fieldOfNextVersion] !== undefined && change.put[fieldOfNextVersion] === undefined;
