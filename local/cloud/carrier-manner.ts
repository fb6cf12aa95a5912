import { hash } from "node:crypto";
import { Refusal } from "../../core/refusal.ts";
import type { Letter } from "../../functions/cloud/cloud.ts";

/** What the setting may name; its own words, so that nobody has to look elsewhere. */
const declared = {
  perSecond: { kind: "count", usual: Number.POSITIVE_INFINITY, example: 14, meaning: "letters taken in a second" },
  perDay: { kind: "count", usual: Number.POSITIVE_INFINITY, example: 50_000, meaning: "letters taken in 24 hours" },
  throttled: { kind: "share", usual: 0, example: 0.02, meaning: "refused as too fast, though they are not" },
  doubtful: { kind: "share", usual: 0, example: 0.01, meaning: "their answer is lost; half of them were taken" },
  eventSeconds: { kind: "seconds", usual: 1, example: 5, meaning: "until it tells what became of a letter" },
  bounced: { kind: "share", usual: 0, example: 0.01, meaning: "addresses that do not exist" },
  softBounced: { kind: "share", usual: 0, example: 0.01, meaning: "mailboxes that are full" },
  complained: { kind: "share", usual: 0, example: 0.001, meaning: "readers who report the letter as spam" },
  delayed: { kind: "share", usual: 0, example: 0.01, meaning: "providers that answer late" },
  rejected: { kind: "share", usual: 0, example: 0.001, meaning: "letters found bad after they were taken" },
} as const satisfies Record<string, { kind: keyof typeof fits; usual: number; example: number; meaning: string }>;

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
