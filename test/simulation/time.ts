/** Virtual time: it stands still while code runs, then jumps to whatever comes next. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** Does something in so many milliseconds. What falls on the same instant happens in the order it was said. */
  after(milliseconds: number, act: () => void): void;
  /** Lets events happen until none is left before `until`, or it is over. */
  run(until: number, isOver?: () => boolean): Promise<void>;
}

interface Event {
  readonly at: number;
  readonly act: () => void;
}

export function virtualTime(start: number): Time {
  let now = start;
  /** Latest first, so that the next one is taken from the end. */
  const events: Event[] = [];
  return {
    now: () => now,
    after(milliseconds, act) {
      const at = now + Math.max(0, milliseconds);
      events.splice(placeOf(events, at), 0, { at, act });
    },
    async run(until, isOver = () => false) {
      for (;;) {
        await codeAtRest();
        const next = events.at(-1);
        if (!next || next.at > until || isOver()) break;
        events.pop();
        now = next.at;
        next.act();
      }
      if (!isOver()) now = Math.max(now, until);
    },
  };
}

/** Everything that can go on without time passing has gone on: a tick comes when all promises have settled. */
const codeAtRest = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Before all that happen at the same instant: they were said first and lie nearer to the end. */
function placeOf(events: readonly Event[], at: number): number {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((events[middle]?.at ?? 0) > at) from = middle + 1;
    else to = middle;
  }
  return from;
}
