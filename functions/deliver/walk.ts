import type { Rejected as RejectedDelivery } from "../../core/delivery/delivery.ts";
import { claimSize, lettersPerSecond } from "../../core/delivery/rate.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type Control, readControl } from "../records/issue-control.ts";
import { type Round, readRounds } from "../records/rounds.ts";
import type { Letters } from "./letters.ts";

/** Why a walk ends before its round does. */
export type Stop = "time" | "throttled" | "closed" | "all-rejected" | "held back" | "turn lost";

/** One walk through a round: what it was given, and what it learns on its way. */
export interface Walk {
  readonly cloud: Cloud;
  readonly control: Control;
  readonly round: Round;
  readonly letters: Letters;
  readonly deadline: Date;
  /** When the rate has a place for the next letter, in milliseconds. */
  nextPlaceAt(): number;
  /** Waits until that place is near: whoever is claimed earlier would have to be asked again. */
  approach(): Promise<void>;
  /** Waits for this letter's place in the rate. */
  pace(): Promise<void>;
  /** How many readers to claim at once. */
  claimSize(): number;
  /** Whether the issue is still being sent; at most a second old. */
  isOpen(): Promise<boolean>;
  /** Rejections since a letter was last accepted. */
  readonly rejectedInARow: RejectedDelivery[];
}

/** A worker begins nothing new when less than this is left: a batch must end before the runtime does. */
const reserveMilliseconds = 20_000;
/** So long after its deadline an attempt can only be dead: nobody declares a living one dead. */
export const leaseMilliseconds = 60_000;

/** Nothing new is begun when the next letter would come too near to the deadline. */
export const isOutOfTime = ({ cloud, deadline, nextPlaceAt }: Walk): boolean =>
  Math.max(cloud.clock.now().getTime(), nextPlaceAt()) > deadline.getTime() - reserveMilliseconds;

/** Until when a claim made now may belong to a living run. */
export const leaseUntil = (deadline: Date): string => new Date(deadline.getTime() + leaseMilliseconds).toISOString();

/** Asks for the rate and begins to watch the control row. */
export async function startWalk(
  cloud: Cloud,
  control: Control,
  round: Round,
  letters: Letters,
  deadline: Date,
): Promise<Walk> {
  const rate = await steadyRate(cloud, control);
  return { cloud, control, round, letters, deadline, ...rate, isOpen: openness(cloud, control), rejectedInARow: [] };
}

/** A control row may be this old when a letter begins. */
const controlMilliseconds = 1000;

function openness(cloud: Cloud, control: Control): () => Promise<boolean> {
  let readAt = Number.NEGATIVE_INFINITY;
  let isOpen: Promise<boolean> = Promise.resolve(true);
  return () => {
    const now = cloud.clock.now().getTime();
    if (now - readAt >= controlMilliseconds) {
      readAt = now;
      isOpen = readControl(cloud, control).then((row) => row?.state === "sending");
    }
    return isOpen;
  };
}

/** A wait shorter than this is not worth a timer. */
const shortestWait = 5;
/** A claim goes before its first letter by so much at most: far less than consent may be old. */
const nearMilliseconds = 1000;

/**
 * The walk's share of the carrier's rate, divided by the rounds walked at this moment. The one place a rate row shared
 * by everything this deployment sends would go.
 */
async function steadyRate(
  cloud: Cloud,
  control: Control,
): Promise<Pick<Walk, "pace" | "claimSize" | "nextPlaceAt" | "approach">> {
  const quota = await cloud.mail.quota();
  const now = cloud.clock.now().toISOString();
  const held = (await readRounds(cloud, control)).filter(({ heldUntil }) => heldUntil !== null && heldUntil > now);
  const perSecond = lettersPerSecond(quota, held.length);
  let free = cloud.clock.now().getTime();
  return {
    claimSize: () => claimSize(perSecond),
    nextPlaceAt: () => free,
    async approach() {
      const wait = free - nearMilliseconds - cloud.clock.now().getTime();
      if (wait >= shortestWait) await cloud.clock.sleep(wait);
    },
    async pace() {
      const wait = free - cloud.clock.now().getTime();
      free = Math.max(free, cloud.clock.now().getTime()) + 1000 / perSecond;
      if (wait >= shortestWait) await cloud.clock.sleep(wait);
    },
  };
}
