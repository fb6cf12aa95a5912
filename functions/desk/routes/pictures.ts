import { Hono } from "hono";
import { publicationId } from "../../../core/publication.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { foreverCache } from "../../records/editions.ts";
import { publicFile } from "../../records/keys.ts";
import type { DeskEnv } from "./desk-env.ts";
import { forFrames } from "./look.ts";

/**
 * Pictures as the site shows them, named by their content. They are public wherever somebody knows the name, so nobody
 * is asked who they are: a preview in its sandbox could not say.
 */
export function shownPictures(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:publication/:file", async (c) => {
    const { publication, file } = c.req.param();
    const isOurs = publicationId.safeParse(publication).success && variant.test(file);
    const found = isOurs ? await cloud.files.read(publicFile(publication, `bilder/${file}`)) : undefined;
    if (!found) return c.text("404 Not Found", 404);
    const body = new Uint8Array(Buffer.from(found.body));
    return c.body(body, 200, { "Content-Type": typeOf(file), "Cache-Control": foreverCache, ...forFrames });
  });
  return app;
}

const variant = /^[0-9a-f]{64}-[a-z0-9-]{1,24}\.(?:jpg|webp|png)$/;
const types: Readonly<Record<string, string>> = { jpg: "image/jpeg", webp: "image/webp", png: "image/png" };
const typeOf = (file: string): string => types[file.split(".").at(-1) ?? ""] ?? "";
