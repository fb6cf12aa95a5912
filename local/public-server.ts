import { type Context, Hono } from "hono";
import type { Value } from "../functions/cloud/cloud.ts";
import type { Hung } from "../functions/site/hung.ts";
import { pageOrForm } from "../functions/site/page-or-form.ts";
import type { PublicFiles } from "../functions/site/public-file.ts";
import { isThisMachine } from "./base-url.ts";

/** What the world sees of one machine, through a reverse proxy: pages, the archive and what readers tell us. Nothing else. */

export interface PublicParts {
  /** Where the world finds us; links say so too, whatever name a request comes with. */
  readonly base: URL;
  readonly hung: () => Promise<readonly Hung[]>;
  readonly files: PublicFiles;
  /** Answers the links of letters. */
  readonly site: Hono;
  /** What every answer carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** One entry an answer: never a path, that of a leave link is the link; never who asked. */
  readonly note: (entry: Readonly<Record<string, Value>>) => void;
}

interface Env {
  readonly Variables: { publication?: string };
}

export function publicSite(parts: PublicParts): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/health", (c) =>
    isThisMachine(hostOf(c)) || hostOf(c) === parts.base.hostname ? c.text("ok") : c.text("", 421),
  );
  app.use(noted(parts));
  app.use(onlyAt(parts.base));
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(parts.headers)) c.res.headers.set(name, value);
  });
  app.all("/*", async (c) =>
    pageOrForm(c, { ...parts, hung: await parts.hung(), tell: (publication) => c.set("publication", publication) }),
  );
  app.notFound((c) => c.text("404 Not Found", 404));
  app.onError((fault, c) => {
    console.error({ function: "serve", fault: fault.stack ?? String(fault) });
    return c.text("503 Service Unavailable", 503);
  });
  return app;
}

const hostOf = (c: Context): string => new URL(c.req.url).hostname;

/** Whoever points another name at this machine sees nothing (DNS rebinding, stray hosts of the proxy). */
const onlyAt =
  ({ hostname }: URL) =>
  async (c: Context, next: () => Promise<void>): Promise<Response | undefined> => {
    if (hostOf(c) !== hostname) return c.text("421 Misdirected Request", 421);
    await next();
    return undefined;
  };

const noted =
  ({ note }: PublicParts) =>
  async (c: Context<Env>, next: () => Promise<void>): Promise<void> => {
    const begun = performance.now();
    await next();
    const milliseconds = Math.round(performance.now() - begun);
    const { method } = c.req;
    note({ method, status: c.res.status, publication: c.get("publication") ?? null, milliseconds });
  };
