import { Resolver } from "node:dns/promises";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP } from "node:net";
import type { Silence, Visit } from "../../core/check/visits.ts";
import type { Web } from "./cloud.ts";
import { isPublicAddress } from "./public-address.ts";

/**
 * Follows links of strangers' texts from inside our own network, so every step is bounded: http and https on their own
 * ports, addresses judged after DNS and connected to as judged, on every redirect anew; no cookies, no credentials, no body.
 */

export const mostRedirects = 5;
const visitSeconds = 5;
/** Of an answer's head, in bytes; its body is never read. */
const mostHeaderBytes = 64 * 1024;
const userAgent = "Kurier-Linkcheck/1 (checks the links of an issue before it is sent)";

/** What stands between us and the wire. Tests lead public addresses to a server of their own. */
export interface Wire {
  /** Every address of a name. @throws with `code` "ENOTFOUND" where there is none */
  resolve(host: string): Promise<readonly string[]>;
  /** Where to knock for an address that was judged. */
  route(address: string, port: number): { readonly host: string; readonly port: number };
  /** A certificate to trust beside the usual ones. */
  readonly ca?: string;
}

const realWire: Wire = {
  resolve: (host) => addressesOf(host),
  route: (address, port) => ({ host: address, port }),
};

/**
 * Every address of a name, asked of the name servers alone. Not `lookup`: it waits in one of four threads that read files
 * for everybody, as long as a name server pleases; four names of a wicked text would stop them all.
 *
 * @param servers in place of the machine's own
 * @throws with `code` "ENOTFOUND" where there is none
 */
export async function addressesOf(host: string, servers: readonly string[] = []): Promise<string[]> {
  const resolver = new Resolver({ timeout: nameMilliseconds, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  if (found.length > 0) return found;
  // One kind of address may be missing; what counts is why there is none of either.
  const [trouble] = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as Error] : []));
  const { code = "" } = trouble as { code?: string };
  throw code === "ENODATA" ? Object.assign(new Error("no address"), { code: "ENOTFOUND" }) : trouble;
}
/** Twice it has to fit into a visit. */
const nameMilliseconds = 2000;

export const openWeb = (wire: Wire = realWire): Web => ({
  visit: async (url) => {
    const signal = AbortSignal.timeout(visitSeconds * 1000);
    try {
      return await Promise.race([follow(wire, url, signal), ended(signal)]);
    } catch (trouble) {
      return trouble instanceof Inward ? { kind: "inward" } : { kind: "silent", reason: reasonOf(trouble, signal) };
    }
  },
});

/** A name that resolves, or redirects, into a private network. */
class Inward extends Error {}
class Silent extends Error {
  readonly reason: Silence;
  constructor(reason: Silence) {
    super(reason);
    this.reason = reason;
  }
}

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Silent("too-slow"))));

async function follow(wire: Wire, first: string, signal: AbortSignal): Promise<Visit> {
  let [url, isMoved] = [new URL(first), false];
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { status, location } = await knock(wire, url, signal);
    if (location === undefined || status < 300 || status > 399)
      return { kind: "answered", status, url: url.href, isMoved };
    isMoved = redirects === 0 ? isPermanent(status) : isMoved && isPermanent(status);
    url = new URL(location, url);
  }
  throw new Silent("too-many-redirects");
}

const isPermanent = (status: number): boolean => status === 301 || status === 308;

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

/** HEAD; whoever does not like it, or hangs up on it, is asked by GET, and not listened to. */
async function knock(wire: Wire, url: URL, signal: AbortSignal): Promise<Answer> {
  const address = await judged(wire, url);
  const answer = await ask(wire, url, { address, method: "HEAD", signal }).catch(() => undefined);
  return answer && answer.status < 400 ? answer : ask(wire, url, { address, method: "GET", signal });
}

/** The address to connect to. All of a name's must be public: which one answers is not ours to choose. */
async function judged(wire: Wire, url: URL): Promise<string> {
  const isWeb = (url.protocol === "http:" || url.protocol === "https:") && url.port === "";
  if (!isWeb || url.username || url.password) throw new Silent("not-visitable");
  const host = nameIn(url);
  const addresses = isIP(host) ? [host] : await wire.resolve(host);
  if (!addresses.every(isPublicAddress)) throw new Inward();
  // Many networks speak no IPv6 yet.
  const address = addresses.find((each) => isIP(each) === 4) ?? addresses[0];
  if (address === undefined) throw new Silent("unknown-host");
  return address;
}

/** Without the brackets of an IPv6 address. */
const nameIn = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

interface Knock {
  readonly address: string;
  readonly method: "HEAD" | "GET";
  readonly signal: AbortSignal;
}

function ask(wire: Wire, url: URL, { address, method, signal }: Knock): Promise<Answer> {
  const isSecure = url.protocol === "https:";
  const name = isIP(nameIn(url)) ? {} : { servername: url.hostname };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = (isSecure ? requestSecure : requestPlain)({
    ...wire.route(address, isSecure ? 443 : 80),
    ...(isSecure ? { ...name, ...(wire.ca ? { ca: wire.ca } : {}) } : {}),
    ...{ method, path: `${url.pathname}${url.search}`, signal, agent: false, maxHeaderSize: mostHeaderBytes },
    headers: { host: url.host, "user-agent": userAgent, accept: "text/html,*/*;q=0.5" },
  });
  asked.once("error", reject);
  asked.once("response", (response: IncomingMessage) => {
    resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    response.on("error", () => {}); // ended on purpose
    asked.destroy();
  });
  asked.end();
  return promise;
}

function reasonOf(trouble: unknown, signal: AbortSignal): Silence {
  if (trouble instanceof Silent) return trouble.reason;
  if (signal.aborted) return "too-slow";
  const { code = "" } = trouble as { code?: string };
  if (code === "ENOTFOUND") return "unknown-host";
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code) ? "certificate" : "no-answer";
}
