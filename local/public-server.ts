import { type Context, Hono } from "hono";
import type { Value } from "../functions/cloud/cloud.ts";
import { type Hung, isThisMachine, publicationAt } from "./base-url.ts";
import { type PublicFiles, publicFile } from "./public-files.ts";

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
  app.all("/*", (c) => pageOrForm(c, parts));
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

async function pageOrForm(c: Context<Env>, { hung, files, site }: PublicParts): Promise<Response> {
  const all = await hung();
  const place = publicationAt(c.req.path, all);
  if (!place)
    return c.req.path === "/" && all[0] && all.length === 1 ? c.redirect(`${all[0].path}/`, 302) : c.notFound();
  const { id, rest } = place;
  c.set("publication", id);
  if (formsOf(site).has(rest.split("/")[1] ?? "")) return site.fetch(asked(c, `/${id}${rest}`));
  if (c.req.method !== "GET" && c.req.method !== "HEAD") return c.text("405 Method Not Allowed", 405, { Allow: "GET" });
  return publicFile(c, files, `${id}${rest}`);
}

/** What stands behind the publication in the paths the site answers: "u", "e". */
const formsOf = (site: Hono): ReadonlySet<string> =>
  new Set(site.routes.filter(({ method }) => method !== "ALL").map(({ path }) => path.split("/")[2] ?? ""));

/** The same request below the publication's id, as the site knows it. */
function asked(c: Context, path: string): Request {
  const { method, headers, body } = c.req.raw;
  return new Request(new URL(path, "http://127.0.0.1"), { method, headers, body, ...(body && { duplex: "half" }) });
}
