import type { Lane } from "../../core/delivery/rate.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { issueAccount } from "../records/account.ts";
import { readFeedbackCounts } from "../records/feedback.ts";
import type { Control } from "../records/issue-control.ts";
import { takePlaces } from "../records/rate.ts";
import { giveAllowanceBack, takeAllowance } from "../records/warm-up.ts";
import type { Stop } from "./walk.ts";

/** The places in the carrier's rate that a walk has taken and not used yet. */
export interface Places {
  /** Takes places for so many letters or fewer when none is left, and waits until the first is near. */
  ready(letters: number): Promise<Stop | undefined>;
  /** How many letters have a place. */
  count(): number;
  /** Waits for the next place. */
  next(): Promise<void>;
  /** No letter left from the place that was waited for. */
  unused(): void;
  /** The walk ends: what the day allowed and nobody used is there for others. */
  letGo(): Promise<void>;
}

const lane: Lane = "editions";
/** A wait shorter than this is not worth a timer. */
const shortestWait = 5;
/** A place may be used so late. Walks past letters that have left hold theirs for long, and would use them all at once. */
const longestLate = 250;

/** @param warmsUp the sender's domain where mailbox providers do not know it yet */
export function places(cloud: Cloud, control: Control, warmsUp: string | undefined): Places {
  let [left, nextAt, apart, unused] = [0, 0, 0, 0];
  const waitUntil = async (at: number): Promise<void> => {
    const wait = at - cloud.clock.now().getTime();
    if (wait >= shortestWait) await cloud.clock.sleep(wait);
  };
  return {
    count: () => left,

    async ready(letters) {
      if (left > 0 && cloud.clock.now().getTime() - nextAt <= longestLate) return undefined;
      const taking = await takePlaces(cloud, lane, letters);
      if (taking.is === "too-soon") return taking;
      if (taking.is === "day-full") return waits("quota", taking.until);
      let { count } = taking.places;
      if (warmsUp !== undefined) {
        const allowed = await takeAllowance(cloud, warmsUp, count, () => bounceShare(cloud, control));
        if ("until" in allowed) return waits("warm-up", allowed.until);
        count = allowed.count;
      }
      // Lanes that found nothing to send have waited for more places than there were.
      [left, nextAt, apart, unused] = [count, taking.places.first, taking.places.apart, unused + left];
      await waitUntil(nextAt);
      return undefined;
    },

    unused: () => void unused++,

    async letGo() {
      const free = left + unused;
      [left, unused] = [0, 0];
      if (free > 0 && warmsUp !== undefined) await giveAllowanceBack(cloud, warmsUp, free);
    },

    async next() {
      const at = nextAt;
      [left, nextAt] = [left - 1, nextAt + apart];
      await waitUntil(at);
    },
  };
}

const waits = (what: "quota" | "warm-up", until: number): Stop => ({
  is: "waits",
  waits: { for: what, until: new Date(until).toISOString() },
});

async function bounceShare(cloud: Cloud, control: Control): Promise<number> {
  const [{ hardBounced }, account] = await Promise.all([
    readFeedbackCounts(cloud, control),
    issueAccount(cloud, control.publication, control.issue),
  ]);
  return hardBounced / Math.max(1, account?.accepted ?? 0);
}
