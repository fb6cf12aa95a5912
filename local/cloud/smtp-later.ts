import { type Clock, Closed, Rejected, Throttled } from "../../functions/cloud/cloud.ts";

/** A relay may say "later" for so long. Then it means this address, when it took others meanwhile; or everybody. */
const longestMilliseconds = 10 * 60_000;

/** Keeps an address the relay never takes from holding up its round for ever, and a relay that is ill from being asked for days. */
export interface Later {
  taken(to: string): void;
  /** Throws what a trouble means by now. Without an address it is about everybody. */
  judge(to?: string): (trouble: unknown) => never;
}

export function believedLater(clock: Clock): Later {
  const said = new Map<string, { first: number; last: number }>();
  let lastTaken = Number.NEGATIVE_INFINITY;
  const everybody = "";

  /** When it was first said, without a long silence since. */
  const saidSince = (to: string, now: number): number => {
    const before = said.get(to);
    const first = before && now - before.last < longestMilliseconds ? before.first : now;
    said.set(to, { first, last: now });
    return first;
  };

  return {
    taken(to) {
      lastTaken = clock.now().getTime();
      said.delete(to);
      said.delete(everybody);
    },
    judge:
      (to = everybody) =>
      (trouble) => {
        if (!(trouble instanceof Throttled)) throw trouble;
        const now = clock.now().getTime();
        const since = saidSince(to, now);
        if (now - since < longestMilliseconds) throw trouble;
        said.delete(to);
        throw lastTaken >= since && to !== everybody ? new Rejected(trouble.message) : new Closed(trouble.message);
      },
  };
}
