import { type IssuerSettings, issuerSchema } from "../core/desk/issuer.ts";
import { Refusal } from "../core/refusal.ts";
import { fill } from "../core/words.ts";
import { readBaseUrl } from "./base-url.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { type Call, option } from "./commands/command.ts";
import { portOf } from "./commands/port.ts";
import { deskHere } from "./desk.ts";
import { deskUrlSetting } from "./desk-url.ts";
import { listenAt, type Served } from "./listen.ts";
import { onlyAt } from "./only-at.ts";

/** The desk of a server, behind the reverse proxy: an origin of its own, and an issuer of the house. */

/** Who says who somebody is: each setting once, by what `IssuerSettings` calls it. */
const issuerSettings = {
  issuer: { name: "KURIER_ISSUER", isNeeded: true },
  clientId: { name: "KURIER_CLIENT_ID", isNeeded: true },
  clientSecret: { name: "KURIER_CLIENT_SECRET", isNeeded: false },
  trustsAddresses: { name: "KURIER_ISSUER_TRUSTED", isNeeded: false },
} as const;

/** Beside the site's 8080. */
const usualPort = 8081;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Opens the desk where its settings say so; undefined where there are none.
 *
 * @param base where the public site stands
 * @throws Refusal `desk-settings-missing`, `issuer-malformed`, `desk-at-site`, `desk-below`, `port-taken`
 */
export async function deskDoorFor(call: Call, cloud: LocalCloud, base: URL): Promise<Served | undefined> {
  const settings = readDeskSettings(option(call, "desk-url"), process.env);
  if (!settings) return undefined;
  const { baseUrl, issuer } = settings;
  demandOwnOrigin(baseUrl, base);
  const pages = await deskHere(cloud, { baseUrl, issuer, site: base });
  const port = portOf(call, "desk-port") ?? usualPort;
  return listenAt(onlyAt(baseUrl, pages), { host: option(call, "host") ?? "127.0.0.1", port });
}

/** @throws Refusal `desk-settings-missing` naming all that is, `issuer-malformed` */
export function readDeskSettings(
  typed: string | undefined,
  environment: Environment,
): { readonly baseUrl: URL; readonly issuer: IssuerSettings } | undefined {
  const url = typed ?? environment[deskUrlSetting];
  const missing = [
    ...(url ? [] : [`${deskUrlSetting} (--desk-url)`]),
    ...Object.values(issuerSettings).flatMap(({ name, isNeeded }) => (isNeeded && !environment[name] ? [name] : [])),
  ];
  const isWanted = url || Object.values(issuerSettings).some(({ name }) => environment[name]);
  if (!isWanted) return undefined;
  if (missing.length > 0 || !url) throw new Refusal("desk-settings-missing", { settings: missing.join(", ") });
  return { baseUrl: readBaseUrl(url), issuer: readIssuer(environment) };
}

function readIssuer(environment: Environment): IssuerSettings {
  const of = (setting: keyof typeof issuerSettings) => environment[issuerSettings[setting].name] || undefined;
  const read = issuerSchema.safeParse({
    ...{ issuer: of("issuer"), clientId: of("clientId"), clientSecret: of("clientSecret") },
    trustsAddresses: of("trustsAddresses") === "yes",
  });
  if (!read.success)
    throw new Refusal("issuer-malformed", { setting: issuerSettings.issuer.name, given: of("issuer") ?? "" });
  return read.data;
}

/** Cookies know no ports, and a page of readers must not stand where somebody is signed in. */
function demandOwnOrigin(desk: URL, base: URL): void {
  if (desk.pathname !== "/") throw new Refusal("desk-below", { desk: desk.href });
  if (desk.hostname === base.hostname) throw new Refusal("desk-at-site", { desk: desk.href, base: base.href });
}

/** What is said of it at the start. */
export const deskLines = ({ say }: Call, door: Served | undefined): string[] =>
  door ? [fill(say.serve.desk, { at: door.origin })] : [say.serve.noDesk];
