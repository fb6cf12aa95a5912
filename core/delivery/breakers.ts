/** When an issue stops by itself: whoever goes on mailing such a list is soon delivered nowhere. */

export interface Reactions {
  readonly accepted: number;
  readonly hardBounced: number;
  readonly complained: number;
}

/** Before so many nothing can be said. */
const fewestAccepted = 300;
/** AWS reviews an account at 5 % and pauses it at 10 % bounces; complaints at 0.1 % and 0.5 %. */
const limits = [
  { reason: "complaints", kind: "complained", fewest: 5, share: 0.001 },
  { reason: "bounces", kind: "hardBounced", fewest: 10, share: 0.03 },
] as const;
export type BreakerReason = (typeof limits)[number]["reason"];

/** Nobody has reacted. */
export const noReactions: Reactions = { accepted: 0, hardBounced: 0, complained: 0 };

/**
 * Why an issue must stop; undefined: go on.
 *
 * @param before what stood there when it stopped the last time and a person said: go on
 */
export function brokenBy(now: Reactions, before: Reactions = noReactions): BreakerReason | undefined {
  const accepted = now.accepted - before.accepted;
  if (accepted < fewestAccepted) return undefined;
  return limits.find(({ kind, fewest, share }) => {
    const count = now[kind] - before[kind];
    return count >= fewest && count >= share * accepted;
  })?.reason;
}

/** Whether there is enough trouble to look closer, whatever was accepted. */
export const mayBreak = (now: Omit<Reactions, "accepted">, before: Reactions = noReactions): boolean =>
  limits.some(({ kind, fewest }) => now[kind] - before[kind] >= fewest);

/** Whether all is well even if no more than so many were accepted. */
export const isSound = (atLeast: Reactions, before: Reactions = noReactions): boolean =>
  atLeast.accepted - before.accepted >= fewestAccepted && brokenBy(atLeast, before) === undefined;
