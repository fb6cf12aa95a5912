import type { Language } from "../words.ts";

/** First 22 characters of base64url(HMAC-SHA-256(address secret, normalised address)); the reader's id everywhere. */
export type AddressKey = string;
export const addressKeyLength = 22;

interface Row {
  readonly v: 1;
  readonly version: number;
  readonly publication: string;
  readonly addressKey: AddressKey;
  readonly language: Language;
}
interface Known extends Row {
  /** Normalised: NFC, trimmed, lower case, domain in punycode. */
  readonly address: string;
  readonly name: string;
  readonly topics: readonly string[];
  readonly format: "html" | "text";
  /** The keys of the addresses this one took the place of, the last one first. */
  readonly movedFrom?: readonly AddressKey[];
  /** Away: no issues until this instant. */
  readonly pausedUntil?: string;
}

/** Vanishes by itself, address and all, where nobody confirms. */
export type Pending = Known & {
  readonly state: "pending";
  readonly requestedAt: string;
  /** Address of the form's page. */
  readonly form: string;
  readonly expiresAt: string;
};
export type Confirmed = Known & {
  readonly state: "confirmed";
  readonly confirmedAt: string;
  readonly consentSource: string;
  /** Left, and took it back at once. */
  readonly returnedAt?: string;
};
export type Unsubscribed = Row & { readonly state: "unsubscribed"; readonly unsubscribedAt: string };
export type Moved = Row & { readonly state: "moved"; readonly movedTo: AddressKey };
export type Subscriber = Pending | Confirmed | Unsubscribed | Moved;

/** Why a reader of the publication is not in an issue's audience; the account names each. */
export type ExclusionReason = "pending" | "unsubscribed" | "moved" | "suppressed" | "away" | "topic" | "not-received";
