import type { MoveAsk, SignUp } from "../../core/subscriber/ask.ts";
import type { Evidence } from "../../core/subscriber/consent.ts";
import type { Choice } from "../../core/subscriber/preferences.ts";
import type { AddressKey, Confirmed, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Cloud } from "../cloud/cloud.ts";

/** What asking left behind. */
export interface Asked {
  readonly addressKey: AddressKey;
  /** Publications that wait to be confirmed; none: there is nothing to confirm, no mail goes out. */
  readonly publications: readonly string[];
  readonly wording: string;
  readonly requestedAt: string;
}

/**
 * Takes a sign-up: evidence and a request for each publication that waits to be confirmed. The same message twice is one.
 *
 * @throws Refusal `wording-unknown` where nobody was ever shown these words for these publications
 */
export async function askFor(cloud: Cloud, ask: SignUp): Promise<Asked> {
  throw new Error("to be written");
}

/** The confirm mail left: part of the evidence. */
export async function noteMail(
  cloud: Cloud,
  asked: Asked,
  mail: { readonly id: string; readonly acceptedAt: string },
): Promise<void> {
  throw new Error("to be written");
}

/** The reader pressed the button of their confirm mail. Undefined: no such link, or nothing waits any more. */
export async function confirmReader(
  cloud: Cloud,
  token: string,
): Promise<{ readonly publications: readonly string[]; readonly addressKey: AddressKey } | "used" | undefined> {
  throw new Error("to be written");
}

/** Answers the reader as they are now; undefined when they are none. @throws Refusal `away-…` */
export async function savePreferences(
  cloud: Cloud,
  publication: string,
  addressKey: AddressKey,
  choice: Choice,
): Promise<Confirmed | undefined> {
  throw new Error("to be written");
}

/** A new address waits to be confirmed there. Answers its key; undefined when there is nobody to move, or nothing to change. */
export async function askToMove(cloud: Cloud, ask: MoveAsk): Promise<AddressKey | undefined> {
  throw new Error("to be written");
}

/** The reader pressed the button of the mail to their new address. */
export async function moveReader(
  cloud: Cloud,
  token: string,
): Promise<{ readonly publication: string; readonly addressKey: AddressKey } | "used" | undefined> {
  throw new Error("to be written");
}

/** "That was a mistake", for ten minutes after leaving. Answers whether they are a reader again. */
export async function undoLeaving(cloud: Cloud, publication: string, addressKey: AddressKey): Promise<boolean> {
  throw new Error("to be written");
}

/** Everything we hold under an address, for whoever owns it (GDPR 15 and 20). */
export interface ReaderData {
  readonly addressKey: AddressKey;
  readonly subscriptions: readonly Subscriber[];
  /** Requests and new addresses that wait to be confirmed. */
  readonly waiting: readonly Readonly<Record<string, unknown>>[];
  readonly suppression: { readonly reason: string; readonly at: string } | undefined;
  readonly evidence: readonly Evidence[];
  /** The words that were agreed to, by hash. */
  readonly wordings: Readonly<Record<string, string>>;
}
export async function dataOf(cloud: Cloud, addressKey: AddressKey): Promise<ReaderData> {
  throw new Error("to be written");
}

/** Forgets a reader in every publication (GDPR 17): the key and the evidence stay, and hold no address. */
export async function eraseReader(cloud: Cloud, addressKey: AddressKey): Promise<void> {
  throw new Error("to be written");
}
