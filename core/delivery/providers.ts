/** Who carries a mailbox, by the domain of its address: people know the house, which has many domains. */

const houses: Readonly<Record<string, readonly string[]>> = {
  GMX: ["gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "gmx.org"],
  "WEB.DE": ["web.de", "email.de"],
  Gmail: ["gmail.com", "googlemail.com"],
  "T-Online": ["t-online.de", "magenta.de"],
  Outlook: ["outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.com", "live.de", "msn.com"],
  iCloud: ["icloud.com", "me.com", "mac.com"],
  Yahoo: ["yahoo.com", "yahoo.de", "ymail.com"],
  freenet: ["freenet.de"],
  "mailbox.org": ["mailbox.org"],
  Posteo: ["posteo.de", "posteo.net"],
  Vodafone: ["vodafone.de", "arcor.de", "kabelmail.de"],
};
const byDomain: ReadonlyMap<string, string> = new Map(
  Object.entries(houses).flatMap(([house, domains]) => domains.map((domain) => [domain, house])),
);

export const providerOf = (domain: string): string => byDomain.get(domain) ?? domain;

/** What became of the letters to one house. */
export interface ProviderCounts {
  readonly letters: number;
  readonly bounced: number;
  readonly complained: number;
}
export interface Provider extends ProviderCounts {
  /** null: all that are too small to be named. */
  readonly name: string | null;
}

/** A domain with fewer readers may be somebody's own name. */
const leastReaders = 5;
const mostNamed = 12;

/** The largest by name, the others together and last: what is kept of a report names no single reader. */
export function largest(counts: ReadonlyMap<string, ProviderCounts>): Provider[] {
  const sorted = [...counts].sort(([, one], [, other]) => other.letters - one.letters);
  const isNamed = ([name, { letters }]: (typeof sorted)[number], index: number): boolean =>
    index < mostNamed && (letters >= leastReaders || name in houses);
  const named = sorted.filter(isNamed);
  const rest = sorted.filter((one, index) => !isNamed(one, index)).map(([, one]) => one);
  const all = rest.reduce(plusCounts, nothingYet);
  return [...named.map(([name, one]) => ({ name, ...one })), ...(rest.length > 0 ? [{ name: null, ...all }] : [])];
}

export const nothingYet: ProviderCounts = { letters: 0, bounced: 0, complained: 0 };
export const plusCounts = (one: ProviderCounts, other: ProviderCounts): ProviderCounts => ({
  letters: one.letters + other.letters,
  bounced: one.bounced + other.bounced,
  complained: one.complained + other.complained,
});
