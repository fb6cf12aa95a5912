import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { type Context, Hono } from "hono";
import { isFileKey } from "../functions/cloud/file-key.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";

/** What the world sees, as CloudFront and the public bucket would answer. */

export interface PublicFile {
  readonly body: Uint8Array;
  readonly type: string;
  readonly etag: string;
  readonly cache: string;
}
/** A file by its path, first the publication: "elblandbote/ausgaben/2026-01/index.html". */
export type PublicFiles = (path: string) => Promise<PublicFile | undefined>;

const pageCache = "no-cache";

/**
 * What a local cloud has published.
 *
 * @param keeping whether browsers may keep pages for a while, as published, or ask each time
 */
export const publishedIn =
  (cloud: LocalCloud, keeping: "as published" | "only what never changes" = "only what never changes"): PublicFiles =>
  async (path) => {
    const file = await cloud.files.read(`public/${path}`);
    if (!file) return undefined;
    // Whoever builds and looks, builds again and looks again, must see the new page.
    const isKept = keeping === "as published" || file.cache?.includes("immutable");
    const cache = (isKept && file.cache) || pageCache;
    return { body: file.body, type: file.type, etag: `"${file.etag.replaceAll('"', "")}"`, cache };
  };

/** A web edition as a press wrote it: one publication's, whatever its name in the address. */
export const publishedInFolder =
  (folder: string): PublicFiles =>
  async (path) => {
    const place = join(folder, ...path.split("/").slice(1));
    const body = await readFile(place).catch(() => undefined);
    if (!body || !(await stat(place)).isFile()) return undefined;
    const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
    return { body, type: typeOf(place), etag, cache: pageCache };
  };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".pdf": "application/pdf",
  ".epub": "application/epub+zip",
};
const feedTypes: Readonly<Record<string, string>> = {
  "atom.xml": "application/atom+xml; charset=utf-8",
  "rss.xml": "application/rss+xml; charset=utf-8",
  "feed.json": "application/feed+json; charset=utf-8",
};
const typeOf = (path: string): string =>
  feedTypes[path.split(/[/\\]/).at(-1) ?? ""] ?? types[extname(path).toLowerCase()] ?? "application/octet-stream";

const security = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
} as const;

/** Every publication below its own id. */
export function publicFiles(files: PublicFiles): Hono {
  const app = new Hono();
  app.get("/:publication/*", (c) => publicFile(c, files, c.req.path.slice(1)));
  app.get("/:publication", (c) => publicFile(c, files, c.req.path.slice(1)));
  return app;
}

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
  if (file) return answer(c, file, 200);
  if (!path.endsWith("/") && (await read(`${path}/index.html`))) return c.redirect(`${c.req.path}/`, 308);
  const ownPage = await read(`${path.split("/")[0]}/404.html`).catch(() => undefined);
  return ownPage ? answer(c, ownPage, 404) : c.notFound();
}

/** "" for what nobody can decode, which is no file of ours. */
function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}

function answer(c: Context, { body, type, etag, cache }: PublicFile, status: 200 | 404): Response {
  const headers = { ...security, "Content-Type": type, "Cache-Control": cache, ETag: etag };
  const known = c.req.header("If-None-Match")?.split(",") ?? [];
  const isKnown = known.some((one) => one.trim().replace(/^W\//, "") === etag);
  if (status === 200 && isKnown) return c.body(null, 304, headers);
  return c.body(new Uint8Array(body), status, headers);
}
