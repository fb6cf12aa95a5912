import { setImmediate } from "node:timers/promises";

/** A page must not wait longer than this for its turn. */
const mostMilliseconds = 10;
let lastTurn = performance.now();

/**
 * Lets others in: SQLite and the outbox answer at once, and a chain of promises that are all kept already would let
 * no request, no progress bar and no Ctrl-C through until an issue of ten thousand readers is delivered.
 */
export async function giveWay(): Promise<void> {
  if (performance.now() - lastTurn < mostMilliseconds) return;
  await setImmediate();
  lastTurn = performance.now();
}
