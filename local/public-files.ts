import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { Hono } from "hono";
import { goneCache } from "../functions/records/editions.ts";
import { type PublicFiles, publicFile, published } from "../functions/site/public-file.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";

/** What the world sees, as CloudFront and the public bucket would answer. */

const pageCache = "no-cache";

/**
 * What a local cloud has published.
 *
 * @param keeping whether browsers may keep pages for a while, as published, or ask each time
 */
export const publishedIn =
  (cloud: LocalCloud, keeping: "as published" | "only what never changes" = "only what never changes"): PublicFiles =>
  async (path) => {
    const file = await published(cloud)(path);
    // Whoever builds and looks, builds again and looks again, must see the new page.
    const isKept = keeping === "as published" || file?.cache.includes("immutable");
    if (!file || isKept) return file;
    return { ...file, cache: file.cache === goneCache ? `${pageCache}, gone` : pageCache };
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

/** Every publication below its own id. */
export function publicFiles(files: PublicFiles): Hono {
  const app = new Hono();
  app.get("/:publication/*", (c) => publicFile(c, files, c.req.path.slice(1)));
  app.get("/:publication", (c) => publicFile(c, files, c.req.path.slice(1)));
  return app;
}
