import { Hono } from "hono";
import type { Cloud } from "../../cloud/cloud.ts";
import { findPublication } from "../../records/publications.ts";
import { assetNamed, lookOf, publicationOfStyle } from "../look.ts";
import type { DeskEnv } from "./desk-env.ts";

/** Style, type and scripts: the same for everybody, so that a browser may keep them. */
export function looks(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:name", async (c) => {
    const name = c.req.param("name");
    const asset = assetNamed(name) ?? (await styleNamed(cloud, name));
    if (!asset) return c.text("404 Not Found", 404);
    const body = typeof asset.body === "string" ? asset.body : new Uint8Array(Buffer.from(asset.body));
    return c.body(body, 200, {
      ...{ "Content-Type": asset.type, "Cache-Control": "private, max-age=31536000, immutable" },
      ...(asset.type === "font/woff2" && forFrames),
    });
  });
  return app;
}

/** A preview in its sandbox has no origin: what it shows is asked for as from elsewhere, and is no secret. */
export const forFrames = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
} as const;

/** Another process rendered the page: its style sheet is made here too. */
async function styleNamed(cloud: Cloud, name: string) {
  const id = publicationOfStyle(name);
  if (id === undefined) return undefined;
  lookOf(id === "kurier" ? undefined : await findPublication(cloud, id));
  return assetNamed(name);
}
