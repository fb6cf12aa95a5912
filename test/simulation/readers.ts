import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Confirmed, Subscriber } from "../../core/subscriber/subscriber.ts";
import type { SecretName, Table } from "../../functions/cloud/cloud.ts";
import { suppressionKey } from "../../functions/records/keys.ts";
import { rowOfSubscriber } from "../../functions/records/subscribers.ts";
import type { Lots } from "./lots.ts";

/** A reader of a publication before its issue goes out. */
export interface Reader {
  readonly address: string;
  readonly addressKey: string;
  readonly start: "confirmed" | "pending" | "unsubscribed" | "moved" | "suppressed" | "away";
  /** What the carrier does with every letter to this address: takes it, names it, or breaks over it. */
  readonly fate: "taken" | "refused" | "poison";
}

const secret = Buffer.alloc(32, 7).toString("base64url");
export const secretText: Readonly<Record<SecretName, string>> = {
  address: secret,
  links: JSON.stringify([{ kid: "a1", key: Buffer.alloc(32, 9).toString("base64url") }]),
  // Nobody comes to the desk.
  "sign-in": "",
};
const addresses = addressSecret(secret);

const addressKeys = new Map<string, string>();
/** The same few addresses in every seed: their keys are reckoned once. */
function keyOf(address: string): string {
  const key = addressKeys.get(address) ?? addressKeyOf(addresses, address);
  addressKeys.set(address, key);
  return key;
}

/** 20 to 200 in all; in some seeds most of them in a few rounds, so that a round has several batches. Some read several titles. */
export function someReaders(lots: Lots, publications: readonly string[]): Map<string, Reader[]> {
  const count = Math.ceil((20 + lots.below(181)) / publications.length);
  const isCrowded = lots.chance(0.3);
  return new Map(
    publications.map((publication) => {
      const readers: Reader[] = [];
      for (let number = 0; readers.length < count; number++) {
        const reader = readerOf(`leserin${number}@auenrode.example`, lots);
        if (!isCrowded || /^[A-L]/.test(reader.addressKey) || lots.chance(0.1)) readers.push(reader);
      }
      return [publication, readers];
    }),
  );
}

export const readerOf = (address: string, lots: Lots): Reader => ({
  ...{ address, addressKey: keyOf(address) },
  start: lots.chance(0.8)
    ? "confirmed"
    : lots.pick(["pending", "unsubscribed", "moved", "suppressed", "away"] as const),
  fate: fateOf(address),
});

/** The same address meets the same fate, whatever it reads: one in fifty is refused, one in forty breaks something. */
const fateOf = (address: string): Reader["fate"] =>
  (({ 7: "refused", 11: "poison", 57: "refused" }) as const)[Number(/\d+/.exec(address)?.[0] ?? 0) % 80] ?? "taken";

export async function takeIn(table: Table, publication: string, readers: readonly Reader[]): Promise<void> {
  await table.each(readers.map((reader) => ({ put: rowOfSubscriber(subscriberOf(publication, reader)) })));
  const suppressed = readers.filter(({ start }) => start === "suppressed");
  await table.each(suppressed.map(({ addressKey }) => suppression(addressKey)));
}

export const suppression = (addressKey: string) => ({
  put: { ...suppressionKey(addressKey), v: 1, addressKey, reason: "manual", at: "2026-11-23T08:00:00.000Z" },
});

function subscriberOf(publication: string, { address, addressKey, start }: Reader): Subscriber {
  const at = "2026-05-04T08:00:00.000Z";
  const row = { v: 1, version: 1, publication, addressKey, language: "de" } as const;
  if (start === "unsubscribed") return { ...row, state: "unsubscribed", unsubscribedAt: at };
  if (start === "moved") return { ...row, state: "moved", movedTo: "Z".repeat(22) };
  const known = { ...row, address, name: `Jördis ${address}`, topics: [], format: "html" } as const;
  if (start === "pending")
    return { ...known, state: "pending", requestedAt: at, form: "", expiresAt: "2027-01-01T00:00:00.000Z" };
  const confirmed: Confirmed = { ...known, state: "confirmed", confirmedAt: at, consentSource: "Bestellkarten 2025" };
  return start === "away" ? { ...confirmed, pausedUntil: "2027-01-01T00:00:00.000Z" } : confirmed;
}
