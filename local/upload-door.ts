import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { DeskContext, DeskEnv } from "../functions/desk/routes/desk-env.ts";
import { guarded } from "../functions/desk/routes/guard.ts";
import { show } from "../functions/desk/routes/show.ts";
import { languageOf } from "../functions/site/page.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { uploadPath } from "./cloud/uploads.ts";

/** Where browsers post files on one machine, as they post them to S3 on AWS: the same fields, the same answers. */

/** A photo in print quality and what a form wraps around it; what one file may have is said by its own form. */
const mostBytes = 130_000_000;

type Taking = Pick<LocalCloud, "acceptUpload">;

/** Answers 303 to the page the form names, or 204; else with a page that says what S3 would not. */
export function uploadDoor(cloud: Taking, baseUrl: URL): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.use(uploadPath, guarded({ baseUrl }), asNobody(baseUrl));
  const limit = bodyLimit({ maxSize: mostBytes, onError: (c) => refused(c, 413) });
  app.post(uploadPath, limit, (c) => take(cloud, c));
  return app;
}

/** Who posts a file is known by its form alone. */
const asNobody =
  (baseUrl: URL) =>
  async (c: DeskContext, next: () => Promise<void>): Promise<void> => {
    c.set("baseUrl", baseUrl);
    c.set("language", languageOf(c));
    c.set("token", "");
    await next();
  };

/** @param backTo as the form says: nobody has signed it here, so it leads nowhere but to the desk */
function refused(c: DeskContext, status: 400 | 403 | 413, backTo = ""): Response | Promise<Response> {
  const isOurs = URL.canParse(backTo) && new URL(backTo).origin === c.var.baseUrl.origin;
  return show(c, "upload-refused", { back: isOurs ? backTo : null }, { status });
}

async function take(cloud: Taking, c: DeskContext): Promise<Response> {
  const { file, ...fields } = await c.req.parseBody();
  const given = textsOf(fields);
  if (!(file instanceof File)) return refused(c, 400, given.success_action_redirect);
  try {
    const posted = { name: file.name, body: new Uint8Array(await file.arrayBuffer()) };
    const { key, backTo } = await cloud.acceptUpload(given, posted);
    return backTo === undefined ? c.body(null, 204) : c.redirect(pageWith(backTo, key), 303);
  } catch (fault) {
    // Not its name: it is the author's.
    console.info({ upload: "refused", because: String(fault) });
    return refused(c, 403, given.success_action_redirect);
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
