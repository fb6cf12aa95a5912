import type { Delivery } from "./delivery.ts";

/**
 * Who may still get an issue once it was sent or cancelled; each group is a yes of its own.
 * never-begun: planned, and nobody tried · joined: confirmed since the freeze · moved: the letter never reached the old
 * address, there is a new one · unresolved: nobody can tell, so some of these may have it already.
 */
export const restGroups = ["never-begun", "joined", "moved", "unresolved"] as const;
export type RestGroup = (typeof restGroups)[number];

/** The pass an issue is in: how often "send to the rest" was said, and whom it meant. */
export interface Pass {
  readonly resend: number;
  readonly rest: readonly RestGroup[];
}

/** Whether this delivery is tried once more in this pass: somebody said yes to doubling it, and only under a new number. */
export const isTriedAgain = (delivery: Delivery, { resend, rest }: Pass): boolean =>
  delivery.state === "unresolved" && rest.includes("unresolved") && delivery.attemptNo <= resend;

/** Whether a planned reader without a delivery is written to in this pass. @param isNew frozen for this very pass */
export const isWanted = ({ resend, rest }: Pass, isNew: boolean): boolean =>
  resend === 0 || isNew || rest.includes("never-begun");
