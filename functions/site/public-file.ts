import type { Context } from "hono";
import type { Cloud } from "../cloud/cloud.ts";
import { isFileKey } from "../cloud/file-key.ts";

/** What the world sees of a publication, wherever no CloudFront stands before the public files. */

export interface PublicFile {
  readonly body: Uint8Array;
  readonly type: string;
  readonly etag: string;
  readonly cache: string;
}
/** A file by its path, first the publication: "elblandbote/ausgaben/2026-01/index.html". */
export type PublicFiles = (path: string) => Promise<PublicFile | undefined>;

/** What a cloud has published, kept by browsers for as long as it was published for. */
export const published =
  ({ files }: Cloud): PublicFiles =>
  async (path) => {
    const file = await files.read(`public/${path}`);
    if (!file) return undefined;
    return {
      body: file.body,
      type: file.type,
      etag: `"${file.etag.replaceAll('"', "")}"`,
      cache: file.cache ?? "no-cache",
    };
  };

/** The least that any page needs; each page allows itself less in its own head: only the order form has a script. */
const security = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
} as const;

/**
 * Pages end with a slash; a path without one that is a page is sent there.
 *
 * @param encoded first the publication, as it came over the wire: wherever it hangs outside
 */
export async function publicFile(c: Context, files: PublicFiles, encoded: string): Promise<Response> {
  // Decoded first: "x%2f.." is a way out of the folder.
  const read: PublicFiles = async (path) => (isFileKey(path) ? files(path) : undefined);
  const path = decoded(encoded);
  const file = await read(path.endsWith("/") ? `${path}index.html` : path);
  if (file) return answer(c, file, isGone(file) ? 410 : 200);
  if (!path.endsWith("/") && (await read(`${path}/index.html`))) return c.redirect(`${c.req.path}/`, 308);
  const ownPage = await read(`${path.split("/")[0]}/404.html`).catch(() => undefined);
  return ownPage ? answer(c, ownPage, 404) : c.notFound();
}

/** A page that says that what stood there was withdrawn: `goneCache`. */
const isGone = ({ cache }: PublicFile): boolean => cache.endsWith(", gone");

/** "" for what nobody can decode, which is no file of ours. */
function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}

function answer(c: Context, { body, type, etag, cache }: PublicFile, status: 200 | 404 | 410): Response {
  const headers = { ...security, "Content-Type": type, "Cache-Control": cache, ETag: etag };
  const known = c.req.header("If-None-Match")?.split(",") ?? [];
  const isKnown = known.some((one) => one.trim().replace(/^W\//, "") === etag);
  if (status === 200 && isKnown) return c.body(null, 304, headers);
  return c.body(new Uint8Array(body), status, headers);
}
