/** Where publications hang: the host of a site, and the path their pages begin with. */

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
