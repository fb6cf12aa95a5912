import { hash } from "node:crypto";
import { Refusal } from "../../core/refusal.ts";
import type { Letter } from "../../functions/cloud/cloud.ts";

/** What the setting may name. A share is of all letters, or of all addresses where it is about those. */
const declared = {
  /** Letters taken in a second. */
  perSecond: { kind: "count", usual: Number.POSITIVE_INFINITY, example: 14 },
  /** Letters taken in 24 hours. */
  perDay: { kind: "count", usual: Number.POSITIVE_INFINITY, example: 50_000 },
  /** Refused as too fast, though they are not. */
  throttled: { kind: "share", usual: 0, example: 0.02 },
  /** Their answer is lost; half of them were taken. */
  doubtful: { kind: "share", usual: 0, example: 0.01 },
  /** Until it tells what became of a letter. */
  eventSeconds: { kind: "seconds", usual: 1, example: 5 },
  /** Addresses that do not exist. */
  bounced: { kind: "share", usual: 0, example: 0.01 },
  /** Mailboxes that are full. */
  softBounced: { kind: "share", usual: 0, example: 0.01 },
  /** Readers who report the letter as spam. */
  complained: { kind: "share", usual: 0, example: 0.001 },
  /** Providers that answer late. */
  delayed: { kind: "share", usual: 0, example: 0.01 },
  /** Letters found bad after they were taken. */
  rejected: { kind: "share", usual: 0, example: 0.001 },
} as const satisfies Record<string, { kind: keyof typeof fits; usual: number; example: number }>;

const fits = {
  count: (value: number) => value > 0,
  share: (value: number) => value <= 1,
  seconds: () => true,
};

type Name = keyof typeof declared;

/** How the carrier of this machine behaves: by itself endless and fair, on demand like SES on a bad day. */
export type CarrierManner = Readonly<Record<Name, number>>;

export const carrierSetting = "KURIER_CARRIER";
const names = Object.keys(declared) as Name[];

export const usualManner = Object.fromEntries(names.map((name) => [name, declared[name].usual])) as CarrierManner;

/**
 * Reads "perSecond=14 throttled=0.02"; what is not named stays as usual.
 *
 * @throws Refusal `carrier-setting` naming everything that does not fit
 */
export function readManner(setting = ""): CarrierManner {
  const given = setting.split(/\s+/).filter(Boolean);
  const read = given.map((word) => ({ word, pair: pairOf(word) }));
  const wrong = read.filter(({ pair }, index) => !pair || read.findIndex((one) => one.pair?.[0] === pair[0]) !== index);
  if (wrong.length > 0)
    throw new Refusal("carrier-setting", {
      setting: carrierSetting,
      wrong: wrong.map(({ word }) => word).join(", "),
      known: names.map((name) => `${name}=${declared[name].example}`).join(" "),
    });
  return { ...usualManner, ...Object.fromEntries(read.flatMap(({ pair }) => (pair ? [pair] : []))) };
}

function pairOf(word: string): readonly [Name, number] | undefined {
  const [, written = "", number = ""] = /^(\w+)=(\d+(?:\.\d+)?)$/.exec(word) ?? [];
  const name = names.find((known) => known === written);
  return name && fits[declared[name].kind](Number(number)) ? [name, Number(number)] : undefined;
}

/** Throttled: not taken · lost: not taken, and nobody says so · taken, and nobody says so. */
export type Mishap = "throttled" | "lost" | "taken";

/** What happens to a letter at the door: drawn by its tags, so that another attempt has another lot. */
export function mishapOf({ tags }: Letter, { throttled, doubtful }: CarrierManner): Mishap | undefined {
  if (throttled + doubtful === 0) return undefined;
  return drawn(`door ${JSON.stringify(tags)}`, { throttled, lost: doubtful / 2, taken: doubtful / 2 });
}

/**
 * Draws a lot, the same for the same thing, and says into which of several shares of all lots it falls; undefined when
 * into none.
 */
export function drawn<Of extends string>(what: string, shares: Readonly<Record<Of, number>>): Of | undefined {
  let lot = Number.parseInt(hash("sha256", what).slice(0, 12), 16) / 2 ** 48;
  for (const name of Object.keys(shares) as Of[]) {
    if (lot < shares[name]) return name;
    lot -= shares[name];
  }
  return undefined;
}
