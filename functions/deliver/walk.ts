import type { Rejections } from "../../core/delivery/rejections.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type Control, readControl } from "../records/issue-control.ts";
import { readRejections } from "../records/rejections.ts";
import type { Round } from "../records/rounds.ts";
import type { Letters } from "./letters.ts";
import { type Places, places } from "./places.ts";

/** Why a walk ends before its round does. */
export type Stop =
  | {
      readonly is:
        | "time"
        | "throttled"
        | "closed"
        | "all-rejected"
        | "doubtful"
        | "held-back"
        | "too-late"
        | "turn-lost";
    }
  /** The carrier's next place is too far away to wait for it in paid time. */
  | { readonly is: "too-soon"; readonly at: number; readonly perSecond: number }
  | { readonly is: "waits"; readonly waits: NonNullable<Control["waits"]> };

/** One walk through a round: what it was given, and what it learns on its way. */
export interface Walk {
  readonly cloud: Cloud;
  readonly control: Control;
  readonly round: Round;
  readonly letters: Letters;
  readonly deadline: Date;
  readonly places: Places;
  /** Why no letter may begin now; at most a second old. */
  hindrance(): Promise<Stop | undefined>;
  /** Rejections of the issue in a row, as old. */
  rejections(): Rejections | undefined;
  /** Letters in a row nobody knows the fate of, and how many of them are too many. */
  readonly doubts: { inARow: number; readonly most: number };
}

/** A worker begins nothing new when less than this is left: a batch must end before the runtime does. */
const reserveMilliseconds = 20_000;

/** Nothing new is begun when it could come too near to the deadline. */
export const isOutOfTime = ({ cloud, deadline }: Walk): boolean =>
  cloud.clock.now().getTime() > deadline.getTime() - reserveMilliseconds;

/** Until when a claim made now may belong to a living run. */
export const leaseUntil = ({ grace }: Cloud, deadline: Date): string =>
  new Date(deadline.getTime() + grace.leaseSeconds * 1000).toISOString();

/** Begins to watch the control row. */
export function startWalk(cloud: Cloud, control: Control, round: Round, letters: Letters, deadline: Date): Walk {
  const warmsUp = cloud.mail.isJudged && !letters.isKnown ? letters.domain : undefined;
  const given = { cloud, control, round, letters, deadline };
  const doubts = { inARow: 0, most: mostDoubts(cloud, control) };
  return { ...given, places: places(cloud, control, warmsUp), ...watching(cloud, control), doubts };
}

const mostDoubtsInARow = 3;
/** So soon after a carrier was in trouble one letter tells whether it still is. */
const probeMilliseconds = 5 * 60_000;

function mostDoubts({ clock }: Cloud, { waits }: Control): number {
  const isProbing = waits?.for === "carrier" && Date.parse(waits.until) > clock.now().getTime() - probeMilliseconds;
  return isProbing ? 1 : mostDoubtsInARow;
}

/** A control row may be this old when a letter begins. */
const controlMilliseconds = 1000;

function watching(cloud: Cloud, control: Control): Pick<Walk, "hindrance" | "rejections"> {
  let readAt = Number.NEGATIVE_INFINITY;
  let hindrance: Promise<Stop | undefined> = Promise.resolve(undefined);
  let rejections: Rejections | undefined;
  const look = async (): Promise<Stop | undefined> => {
    const [row, seen] = await Promise.all([readControl(cloud, control), readRejections(cloud, control)]);
    rejections = seen;
    // Cancelled and sent to others meanwhile: that is another walk's.
    if (row?.resend !== control.resend) return { is: "held-back" };
    return hindranceIn(forWhoHasPlaces(row), cloud.clock.now().toISOString());
  };
  return {
    rejections: () => rejections,
    hindrance() {
      const now = cloud.clock.now().getTime();
      if (now - readAt >= controlMilliseconds) {
        readAt = now;
        hindrance = look();
      }
      return hindrance;
    },
  };
}

/** A full day keeps walks from taking places; the places they have are within it. */
const forWhoHasPlaces = (control: Control): Control =>
  control.waits?.for === "carrier" ? control : { ...control, waits: null };

/** Why an issue with this control row sends nothing now. */
export function hindranceIn(control: Control | undefined, now: string): Stop | undefined {
  if (control?.state !== "sending") return { is: "held-back" };
  if (control.waits && control.waits.until > now) return { is: "waits", waits: control.waits };
  return control.notAfter !== null && control.notAfter < now ? { is: "too-late" } : undefined;
}
