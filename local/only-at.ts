import { type Context, Hono } from "hono";
import { isThisMachine } from "./base-url.ts";

/** Answers to one host's name and to no other that points here; `/health` also to this machine. */
export function onlyAt({ hostname }: URL, app: Hono): Hono {
  const asked = (c: Context): string => new URL(c.req.url).hostname;
  const guarded = new Hono();
  guarded.get("/health", (c) =>
    isThisMachine(asked(c)) || asked(c) === hostname ? c.text("ok") : c.text("421 Misdirected Request", 421),
  );
  guarded.use(async (c, next) => {
    if (asked(c) !== hostname) return c.text("421 Misdirected Request", 421);
    await next();
    return undefined;
  });
  return guarded.route("/", app);
}
