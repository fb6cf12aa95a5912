import { type Context, Hono } from "hono";
import { publicationId } from "../../../core/publication.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { foreverCache } from "../../records/editions.ts";
import { publicFile, withheldFile } from "../../records/paths.ts";
import { peopleAt } from "../../records/people.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { forFrames } from "./look.ts";

const path = "/:publication/:file";

/**
 * Pictures as the site shows them, named by their content. They are public wherever somebody knows the name, so nobody
 * is asked who they are: a preview in its sandbox could not say.
 */
export function shownPictures(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get(path, async (c, next) => (await pictureIn(cloud, c, publicFile, foreverCache)) ?? next());
  return app;
}

/** Those that were taken off the site, for whoever works at the publication and for nobody else. */
export function withheldPictures(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get(path, async (c) => {
    const found = (await worksThere(cloud, c)) && (await pictureIn(cloud, c, withheldFile, "private, no-store"));
    return found || c.text("404 Not Found", 404);
  });
  return app;
}

async function worksThere(cloud: Cloud, c: DeskContext): Promise<boolean> {
  const { session } = c.var;
  const works = session ? await peopleAt(cloud, session.addressKey) : [];
  return works.some(({ publication }) => publication === c.req.param("publication"));
}

async function pictureIn(
  cloud: Cloud,
  c: Context<DeskEnv, typeof path>,
  placed: typeof publicFile,
  cache: string,
): Promise<Response | undefined> {
  const { publication, file } = c.req.param();
  if (!publicationId.safeParse(publication).success || !variant.test(file)) return undefined;
  const found = await cloud.files.read(placed(publication, `bilder/${file}`));
  if (!found) return undefined;
  const body = new Uint8Array(Buffer.from(found.body));
  return c.body(body, 200, { "Content-Type": typeOf(file), "Cache-Control": cache, ...forFrames });
}

const variant = /^[0-9a-f]{64}-[a-z0-9-]{1,24}\.(?:jpg|webp|png)$/;
const types: Readonly<Record<string, string>> = { jpg: "image/jpeg", webp: "image/webp", png: "image/png" };
const typeOf = (file: string): string => types[file.split(".").at(-1) ?? ""] ?? "";
