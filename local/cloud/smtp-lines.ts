import { Throttled } from "../../functions/cloud/cloud.ts";
import type { Line } from "./smtp-line.ts";

/** A few lines to one relay, each carrying one letter after the other. */
export interface Lines {
  /** @throws Throttled when none is free in time, and whatever opening one throws */
  use(carry: (line: Line) => Promise<void>): Promise<void>;
  hangUp(): void;
}

/** What a relay gives one customer without asking why. */
const mostLines = 5;
/** Relays end a line after so many letters or more. */
const lettersPerLine = 50;

/**
 * A line may be used again without doubt, unlike a socket to SES: before a letter leaves, the relay has answered to its
 * sender, its recipient and to DATA. Whatever goes wrong ends the line; nothing is tried a second time here.
 */
export function openLines(open: () => Promise<Line>, { wait, idle }: { wait: number; idle: number }): Lines {
  const free: { line: Line; letters: number; ends: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let inHand = 0;

  const hand = async (): Promise<void> => {
    if (inHand < mostLines) {
      inHand++;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.push(resolve);
    const giveUp = setTimeout(() => {
      waiting.splice(waiting.indexOf(resolve), 1);
      reject(new Throttled("no line free"));
    }, wait);
    await promise.finally(() => clearTimeout(giveUp));
  };
  /** The hand goes to whoever waits longest. */
  const rest = (): void => {
    const next = waiting.shift();
    if (next) next();
    else inHand--;
  };
  const keep = (line: Line, letters: number): void => {
    if (line.isUp() && letters < lettersPerLine) {
      const kept = { line, letters, ends: setTimeout(() => end(kept), idle) };
      free.push(kept);
    } else line.hangUp();
  };
  const end = (kept: (typeof free)[number]): void => {
    clearTimeout(kept.ends);
    const at = free.indexOf(kept);
    if (at >= 0) free.splice(at, 1);
    kept.line.hangUp();
  };
  /** The line used last: the others may rest and end. */
  const taken = async (): Promise<{ line: Line; letters: number }> => {
    for (let kept = free.pop(); kept; kept = free.pop()) {
      clearTimeout(kept.ends);
      if (kept.line.isUp()) return kept;
      kept.line.hangUp();
    }
    return { line: await open(), letters: 0 };
  };

  return {
    async use(carry) {
      const since = performance.now();
      await hand();
      try {
        const { line, letters } = await taken();
        // The reader may have left meanwhile; the next letter finds this line ready.
        if (performance.now() - since > wait) {
          keep(line, letters);
          throw new Throttled("the relay was slow to answer");
        }
        try {
          await carry(line);
        } catch (trouble) {
          line.hangUp();
          throw trouble;
        }
        keep(line, letters + 1);
      } finally {
        rest();
      }
    },
    hangUp() {
      for (const kept of [...free]) end(kept);
    },
  };
}
