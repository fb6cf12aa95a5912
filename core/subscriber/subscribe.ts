import type { SignUp } from "./ask.ts";
import type { AddressKey, Confirmed, Pending, Subscriber } from "./subscriber.ts";

/** Unconfirmed sign-ups vanish after so many days, and so do the links in their mails. */
export const confirmDays = 7;
export const confirmBy = (at: string): string => new Date(Date.parse(at) + confirmDays * 86_400_000).toISOString();

/** Who is at an address, for one publication. */
export interface AtAddress {
  /** What outlasts a request that nobody confirms: who left before has still left. */
  readonly settled: Exclude<Subscriber, Pending> | undefined;
  readonly waiting: Pending | undefined;
  readonly isSuppressed: boolean;
}

/** A wish to read a publication, from a form. */
export type Wish = Pick<SignUp, "at" | "address" | "name" | "language" | "format" | "form"> & {
  readonly publication: string;
  readonly addressKey: AddressKey;
  readonly topics: readonly string[];
};

/**
 * The request that waits to be confirmed from now on. Undefined where there is nothing to confirm: they are a reader
 * already, or left after they had asked. A suppressed address is asked too: whoever confirms has a working mailbox, and
 * wants our letters.
 */
export function request({ settled, waiting, isSuppressed }: AtAddress, wish: Wish): Pending | undefined {
  if (settled?.state === "confirmed" && !isSuppressed) return undefined;
  if (isSettledSince(settled, wish.at)) return undefined;
  if (waiting && waiting.requestedAt >= wish.at) return waiting;
  const { at, publication, addressKey, address, name, language, format, form, topics } = wish;
  return {
    ...{ v: 1, version: (waiting?.version ?? 0) + 1, publication, addressKey, address, name, language, format },
    ...{ topics, state: "pending", requestedAt: at, form, expiresAt: confirmBy(at) },
  };
}

/**
 * A reader from now on. Undefined where nothing waits, or they left after they had asked: a withdrawal outweighs every
 * older link.
 *
 * @param requestedAt the request the link answers
 */
export function confirm({ settled, waiting }: AtAddress, requestedAt: string, at: string): Confirmed | undefined {
  if (!waiting || isSettledSince(settled, requestedAt)) return undefined;
  const { requestedAt: _, expiresAt: __, state: ___, form, ...known } = waiting;
  return {
    ...known,
    ...(settled?.state === "confirmed" && stays(settled)),
    ...{ version: (settled ?? waiting).version + 1, state: "confirmed", confirmedAt: at, consentSource: form },
  };
}

/** What a reader keeps who asks again because their address was suppressed. */
const stays = ({ movedFrom, pausedUntil }: Confirmed): Pick<Confirmed, "movedFrom" | "pausedUntil"> => ({
  ...(movedFrom !== undefined && { movedFrom }),
  ...(pausedUntil !== undefined && { pausedUntil }),
});

function isSettledSince(settled: AtAddress["settled"], at: string): boolean {
  if (settled?.state === "unsubscribed") return settled.unsubscribedAt >= at;
  return settled?.state === "confirmed" && settled.confirmedAt >= at;
}
