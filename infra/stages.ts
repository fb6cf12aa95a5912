/** Where authors hand in by mail. */
export interface Receives {
  /** For each publication its address, as its settings name it (`submissions`); on a domain of a sender, or below one. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The account's active set of receipt rules, where it has one already. */
  readonly ruleSet?: string;
}

/** Another house says who somebody is: Keycloak, Entra ID, whoever speaks OpenID Connect. */
export interface Issuer {
  /** As its tokens name it: "https://login.example.org/realms/haus". */
  readonly url: string;
  /** Of a client made there for the desk; it comes back to `<desk>/session/callback`. */
  readonly clientId: string;
  /** The name of a secret in Secrets Manager that holds the client's secret, where it has one. */
  readonly clientSecret?: string;
  /** Believes addresses it does not call verified: only where whoever runs it gives them out. */
  readonly trustsAddresses?: boolean;
}

/** One deployment of Kurier: an account may hold several, each with its own table, buckets and senders. */
export interface Stage {
  /** Part of every name: `kurier-<name>-deliver`. */
  readonly name: string;
  readonly region: string;
  /** Pins the stage to one account; without it the credentials decide. */
  readonly account?: string;
  /**
   * Where each publication lives, as in its settings: `https://hefte.example.org/slk`, or a host of its own without a path.
   * Null: below the address CloudFront gives us, which needs neither certificate nor `Edge`.
   * The first one's page for what is missing answers for all.
   */
  readonly addresses: Readonly<Record<string, string | null>>;
  /** The name CloudFront finds our HTTP API under; nobody else uses it. Needed as soon as there are addresses, unless regional. */
  readonly originHost?: string;
  /**
   * No CloudFront, for whoever may let nothing leave the region: one HTTP API answers pages and forms, under its own name or
   * the hosts of the addresses. Nobody limits then how often one address asks, and a file is at most 4 MB.
   */
  readonly isRegional?: boolean;
  /** Domains that letters come from; bounces return to `mailFrom`, which must lie below the domain. */
  readonly senders: readonly { readonly domain: string; readonly mailFrom: string }[];
  /** The desk's own host, on no account one of the addresses'. Without it the desk stands below an address AWS gives us. */
  readonly deskHost?: string;
  /** Without it people sign in at a user pool of the stage's own, by a code in a mail or a passkey. */
  readonly issuer?: Issuer;
  /**
   * Who those codes come from, at a domain of a sender that SES has verified by then; so not at the first deployment.
   * Until then they come from Cognito's own address, fifty a day.
   */
  readonly signInFrom?: string;
  /** Without it no mail is taken in, and nothing is made for it. */
  readonly receives?: Receives;
  /** Who hears the alarms and the budget. */
  readonly alarmsTo: string;
  readonly budgetDollars: number;
  /** A table brought back from a backup, used instead of the stack's own; the runbook says how. */
  readonly restoredTable?: string;
  /** Which of the two origin secrets CloudFront shows; the site accepts both, so they can take turns. */
  readonly originKey: "a" | "b";
}

export const stages: readonly Stage[] = [
  {
    name: "test",
    region: "eu-central-1",
    addresses: { slk: null },
    senders: [{ domain: "probe.example.org", mailFrom: "post.probe.example.org" }],
    alarmsTo: "technik@example.org",
    budgetDollars: 10,
    originKey: "a",
  },
  {
    name: "live",
    region: "eu-central-1",
    addresses: { slk: "https://hefte.example.org/slk" },
    originHost: "origin.hefte.example.org",
    deskHost: "redaktion.example.org",
    signInFrom: "anmeldung@example.org",
    senders: [{ domain: "example.org", mailFrom: "post.example.org" }],
    receives: { addresses: { slk: "beitrag@hefte.example.org" } },
    alarmsTo: "technik@example.org",
    budgetDollars: 50,
    originKey: "a",
  },
  {
    name: "regional",
    region: "eu-central-1",
    addresses: { slk: "https://hefte.example.net/slk" },
    isRegional: true,
    senders: [{ domain: "example.net", mailFrom: "post.example.net" }],
    alarmsTo: "technik@example.net",
    budgetDollars: 50,
    originKey: "a",
  },
];

/** @throws when nobody declared it */
export function stageNamed(name: string, known: readonly Stage[] = stages): Stage {
  const stage = known.find((candidate) => candidate.name === name);
  if (!stage)
    throw new Error(`no stage "${name}" in infra/stages.ts; there are: ${known.map((one) => one.name).join(", ")}`);
  return stage;
}

/** The hosts the site answers under, each once. */
export const hostsOf = (stage: Stage): string[] => [...new Set(places(stage).map(({ url }) => url.host))];

/**
 * Where one publication hangs beside the other, so that whoever founds another knows its address; undefined where each
 * has a host of its own.
 *
 * @param own the address AWS gives us
 */
export function sharedSite(stage: Stage, own: string): string | undefined {
  if (Object.values(stage.addresses).includes(null)) return own;
  const shared = places(stage).find(({ url }) => url.pathname !== "/");
  return shared?.url.origin;
}

/** Hosts that belong to one publication alone, and which: their pages have no publication in the path. */
export const ownHosts = (stage: Stage): Record<string, string> =>
  Object.fromEntries(
    places(stage)
      .filter(({ url }) => url.pathname === "/")
      .map(({ url, publication }) => [url.host, publication]),
  );

/** @throws when a publication shares a host and its path is not its id: no page would be found there */
const places = ({ addresses }: Stage): { publication: string; url: URL }[] =>
  Object.entries(addresses).flatMap(([publication, address]) => {
    if (address === null) return [];
    const url = new URL(address);
    if (url.pathname !== "/" && url.pathname !== `/${publication}`)
      throw new Error(`${address} must end in /${publication}, or be a host without a path`);
    return [{ publication, url }];
  });
