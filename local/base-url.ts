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

/** A publication as it hangs below the server's address. */
export interface Hung {
  readonly id: string;
  /** "/blatt", or "" for a publication at the root. */
  readonly path: string;
}

/** Undefined for a publication that lives elsewhere. */
export function hungBelow(base: URL, { id, baseUrl }: { id: string; baseUrl: string }): Hung | undefined {
  const url = new URL(baseUrl);
  const [root, path] = [base, url].map(({ pathname }) => pathname.replace(/\/$/, ""));
  if (url.origin !== base.origin || root === undefined || path === undefined) return undefined;
  return path === root || path.startsWith(`${root}/`) ? { id, path } : undefined;
}

/** The publication a path belongs to, the one that hangs deepest first, and the rest of the path. */
export function publicationAt(path: string, hung: readonly Hung[]): { id: string; rest: string } | undefined {
  const [deepest] = hung
    .filter((one) => path === one.path || path.startsWith(`${one.path}/`))
    .sort((one, other) => other.path.length - one.path.length);
  return deepest && { id: deepest.id, rest: path.slice(deepest.path.length) };
}
