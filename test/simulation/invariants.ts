import { brokenBooks, brokenBooksAtRest } from "./books.ts";
import { readerId } from "./observed.ts";
import { tooFast } from "./rate.ts";
import type { World } from "./world.ts";

/** A promise that was not kept, and the sentence that says whose. */
export interface Broken {
  readonly promise:
    | "sentTwice"
    | "lostInSilence"
    | "afterUnsubscribe"
    | "afterPause"
    | "quotaOvershoot"
    /** Somebody who never asked for it, or another issue's words. */
    | "uninvited"
    /** The ledger and the carrier's own list do not agree, or the two equations do not hold. */
    | "books"
    | "notAtRest"
    | "strange";
  readonly says: string;
}

const consentMilliseconds = 5000;

/** What must be true at every moment: the promises of delivery, held against the carrier's own list. */
export async function brokenNow(world: World): Promise<Broken[]> {
  return [
    ...twice(world),
    ...afterLeaving(world),
    ...whilePaused(world),
    ...uninvited(world),
    ...(await brokenBooks(world)),
  ];
}

/** What must be true when the issues have come to rest, and they must have. */
export async function brokenAtRest(world: World): Promise<Broken[]> {
  return [...(await brokenNow(world)), ...tooFast(world), ...(await brokenBooksAtRest(world))];
}

function twice({ carrier }: World): Broken[] {
  const counts = new Map<string, number>();
  for (const { to, issue, acceptedAt } of carrier.handed) {
    const one = `${to} got ${issue}`;
    if (acceptedAt !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].flatMap(([one, count]) =>
    count > 1 ? [{ promise: "sentTwice" as const, says: `${one} ${count} times` }] : [],
  );
}

/** Nobody who was told that they have left, and nobody who is suppressed, is written to five seconds later. */
function afterLeaving({ carrier, observed }: World): Broken[] {
  return carrier.handed.flatMap(({ to, addressKey, issue, begunAt }) => {
    const leftAt = observed.leftAt.get(readerId(publicationOf(issue), addressKey)) ?? Number.POSITIVE_INFINITY;
    const after = begunAt - Math.min(leftAt, observed.suppressedAt.get(addressKey) ?? Number.POSITIVE_INFINITY);
    const says = `${to} was written to ${after / 1000} s after they had left`;
    return after > consentMilliseconds ? [{ promise: "afterUnsubscribe" as const, says }] : [];
  });
}

const publicationOf = (issue: string): string => issue.slice(0, -"-2026-01".length);

/** A second, and the calls in flight: for how long those may take nobody can promise when they stall. */
function whilePaused({ carrier, observed, faults, slowness }: World): Broken[] {
  if (faults.counts.has("call was slow")) return [];
  const pauseMilliseconds = 1000 + 20 * slowness;
  return observed.pauses.flatMap(({ issue, from, to }) => {
    const late = carrier.handed.filter(
      (letter) => letter.issue === issue && letter.begunAt > from + pauseMilliseconds && letter.begunAt < to,
    );
    return late.map((letter) => ({
      promise: "afterPause" as const,
      says: `${letter.to} was written to ${(letter.begunAt - from) / 1000} s after ${issue} was paused`,
    }));
  });
}

/** Nobody is mailed who had not confirmed, had left, was suppressed or away before, nor gets another issue's words. */
function uninvited({ carrier, readers }: World): Broken[] {
  const strangers = new Map(
    [...readers].flatMap(([publication, list]) =>
      list.flatMap(({ start, addressKey }) =>
        start === "confirmed" ? [] : [[readerId(publication, addressKey), start] as const],
      ),
    ),
  );
  return carrier.handed.flatMap(({ to, addressKey, issue, isStrange }) => {
    const start = strangers.get(readerId(publicationOf(issue), addressKey));
    const says = [
      ...(start ? [`${to} was ${start} and was written to`] : []),
      ...(isStrange ? [`${to} got words of another issue, or another reader's links`] : []),
    ];
    return says.map((one) => ({ promise: "uninvited" as const, says: one }));
  });
}
