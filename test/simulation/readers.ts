import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Confirmed, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { SecretName, Table } from "../../functions/cloud/cloud.ts";
import { suppressionKey } from "../../functions/records/keys.ts";
import { rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { place } from "../functions/an-issue-to-send.ts";
import type { Lots } from "./lots.ts";

/** A reader of the ELBLANDbote before its issue goes out. */
export interface Reader {
  readonly address: string;
  readonly addressKey: string;
  readonly start: "confirmed" | "pending" | "unsubscribed" | "moved" | "suppressed" | "away";
  /** The carrier names this address every time. */
  readonly isRefused: boolean;
}

const secret = Buffer.alloc(32, 7).toString("base64url");
export const secretText: Readonly<Record<SecretName, string>> = {
  address: secret,
  links: JSON.stringify([{ kid: "a1", key: Buffer.alloc(32, 9).toString("base64url") }]),
};
const addresses = addressSecret(secret);

/** 20 to 200; in some seeds most of them in a few rounds, so that a round has several batches. */
export function someReaders(lots: Lots): Reader[] {
  const count = 20 + lots.below(181);
  const isCrowded = lots.chance(0.3);
  const readers: Reader[] = [];
  for (let number = 0; readers.length < count; number++) {
    const reader = readerOf(`leserin${number}@auenrode.example`, lots);
    if (!isCrowded || /^[A-L]/.test(reader.addressKey) || lots.chance(0.1)) readers.push(reader);
  }
  return readers;
}

export const readerOf = (address: string, lots: Lots): Reader => ({
  ...{ address, addressKey: addressKeyOf(addresses, address) },
  start: lots.chance(0.8)
    ? "confirmed"
    : lots.pick(["pending", "unsubscribed", "moved", "suppressed", "away"] as const),
  isRefused: lots.chance(0.02),
});

export async function takeIn(table: Table, readers: readonly Reader[]): Promise<void> {
  await table.each(readers.map((reader) => ({ put: rowOfSubscriber(subscriberOf(reader)) })));
  const suppressed = readers.filter(({ start }) => start === "suppressed");
  await table.each(suppressed.map(({ addressKey }) => suppression(addressKey)));
}

export const suppression = (addressKey: string) => ({
  put: { ...suppressionKey(addressKey), v: 1, addressKey, reason: "manual", at: "2026-11-23T08:00:00.000Z" },
});

function subscriberOf({ address, addressKey, start }: Reader): Subscriber {
  const at = "2026-05-04T08:00:00.000Z";
  const row = { v: 1, version: 1, publication: place.publication, addressKey, language: "de" } as const;
  if (start === "unsubscribed") return { ...row, state: "unsubscribed", unsubscribedAt: at };
  if (start === "moved") return { ...row, state: "moved", movedTo: "Z".repeat(22) };
  const known = { ...row, address, name: `Jördis ${address}`, topics: [], format: "html" } as const;
  if (start === "pending") return { ...known, state: "pending", requestedAt: at };
  const confirmed: Confirmed = { ...known, state: "confirmed", confirmedAt: at, consentSource: "Bestellkarten 2025" };
  return start === "away" ? { ...confirmed, pausedUntil: "2027-01-01T00:00:00.000Z" } : confirmed;
}
