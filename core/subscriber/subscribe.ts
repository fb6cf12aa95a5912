import type { SignUp } from "./ask.ts";
import type { Confirmed, Pending, Subscriber } from "./subscriber.ts";

/** Unconfirmed sign-ups vanish after so many days, and so do the links in their mails. */
export const confirmDays = 7;
export const confirmBy = (at: string): string => new Date(Date.parse(at) + confirmDays * 86_400_000).toISOString();

/** A wish to read a publication, from a form. */
export type Wish = Pick<SignUp, "at" | "address" | "name" | "language" | "format"> & {
  readonly publication: string;
  readonly addressKey: string;
  readonly topics: readonly string[];
};

/**
 * What a wish makes of whoever stands there: a request that waits to be confirmed. Undefined where there is nothing to
 * confirm: they are a reader already, or left after they had asked.
 */
export function request(standing: Subscriber | undefined, wish: Wish, isSuppressed: boolean): Pending | undefined {
  throw new Error("to be written");
}

/** A reader, from now on. @param standing the row it takes the place of */
export function confirm(pending: Pending, standing: Subscriber | undefined, at: string): Confirmed {
  throw new Error("to be written");
}
