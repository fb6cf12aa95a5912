import type { Context } from "hono";
import { isThisMachine } from "./base-url.ts";

/** A page elsewhere that points its own name at this machine must read nothing here and sign nobody in (DNS rebinding). */
export async function onlyThisMachine(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
  if (!isThisMachine(new URL(c.req.url).hostname)) return c.text("421 Misdirected Request", 421);
  await next();
  return undefined;
}
