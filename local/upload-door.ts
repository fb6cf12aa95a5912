import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { uploadPath } from "./cloud/uploads.ts";

/** Where browsers post files on one machine, as they post them to S3 on AWS: the same fields, the same answers. */

/** A photo in print quality and what a form wraps around it; what one file may have is said by its own form. */
const mostBytes = 130_000_000;

/** Answers 303 to the page the form names, or 204; 403 says as little as S3 does. */
export function uploadDoor(cloud: Pick<LocalCloud, "acceptUpload">): Hono {
  const app = new Hono();
  const limit = bodyLimit({ maxSize: mostBytes, onError: (c) => c.text("413 Content Too Large", 413) });
  app.post(uploadPath, limit, (c) => take(cloud, c));
  return app;
}

async function take(cloud: Pick<LocalCloud, "acceptUpload">, c: Context): Promise<Response> {
  const { file, ...fields } = await c.req.parseBody();
  if (!(file instanceof File)) return c.text("400 Bad Request", 400);
  try {
    const posted = { name: file.name, body: new Uint8Array(await file.arrayBuffer()) };
    const { key, backTo } = await cloud.acceptUpload(textsOf(fields), posted);
    return backTo === undefined ? c.body(null, 204) : c.redirect(pageWith(backTo, key), 303);
  } catch (fault) {
    // Not its name: it is the author's.
    console.info({ upload: "refused", because: String(fault) });
    return c.text("403 Forbidden", 403);
  }
}

const textsOf = (fields: Readonly<Record<string, string | File>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );

function pageWith(backTo: string, key: string): string {
  const page = new URL(backTo);
  page.searchParams.set("key", key);
  return page.href;
}
