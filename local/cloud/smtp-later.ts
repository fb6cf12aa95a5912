import { type Clock, Closed, Rejected, Throttled } from "../../functions/cloud/cloud.ts";

const minute = 60_000;
/** A relay may say "later" for so long. Then it means everybody, where it took no letter since; or this one address. */
const longest = { toEverybody: 10 * minute, toOneMailbox: 2 * minute, toOneLetter: 60 * minute };
/** What was said before so long a silence counts no more. */
const silence = 10 * minute;

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

  const saidSince = (to: string, now: number): number => {
    const before = said.get(to);
    const first = before && now - before.last < silence ? before.first : now;
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
        const isOne = to !== everybody && lastTaken >= since;
        const most = !isOne
          ? longest.toEverybody
          : isAboutMailbox(trouble)
            ? longest.toOneMailbox
            : longest.toOneLetter;
        if (now - since < most) throw trouble;
        said.delete(to);
        throw isOne ? new Rejected(trouble.message) : new Closed(trouble.message);
      },
  };
}

/** RFC 3463: X.1 is the address, X.2 the mailbox. A rate that is too high may meet the same letter again and again. */
const isAboutMailbox = ({ message }: Throttled): boolean => /^4\d\d 4\.[12]\./.test(message);
