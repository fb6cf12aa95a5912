import { Refusal } from "../core/refusal.ts";

/** Where a server stands in the net, seen from outside: the reverse proxy's address, not ours. */

const thisMachine: readonly string[] = ["127.0.0.1", "localhost"];

export const isThisMachine = (hostname: string): boolean => thisMachine.includes(hostname);

/** @throws Refusal `base-url-malformed`, `base-url-plain` */
export function readBaseUrl(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isAddress = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (!isAddress || url.search || url.hash) throw new Refusal("base-url-malformed", { given: written });
  if (url.protocol === "http:" && !isThisMachine(url.hostname)) throw new Refusal("base-url-plain", { given: written });
  return url;
}
