import type { Context, Hono } from "hono";
import { type Hung, publicationAt } from "./hung.ts";
import { type PublicFiles, publicFile } from "./public-file.ts";

export interface Public {
  /** What hangs where the request came to. */
  readonly hung: readonly Hung[];
  readonly files: PublicFiles;
  /** Answers the links of letters. */
  readonly site: Hono;
  /** Told whose page or form it is. */
  readonly tell?: (publication: string) => void;
}

/** Everything public under one address: what readers ask and tell us goes to the site, the rest are files. */
export async function pageOrForm(c: Context, { hung, files, site, tell }: Public): Promise<Response> {
  const place = publicationAt(c.req.path, hung);
  if (!place)
    return c.req.path === "/" && hung[0] && hung.length === 1 ? c.redirect(`${hung[0].path}/`, 302) : c.notFound();
  const { id, rest } = place;
  tell?.(id);
  if (formsOf(site).has(rest.split("/")[1] ?? "")) return site.fetch(asked(c, `/${id}${rest}`), c.env);
  if (c.req.method !== "GET" && c.req.method !== "HEAD") return c.text("405 Method Not Allowed", 405, { Allow: "GET" });
  return publicFile(c, files, `${id}${rest}`);
}

/** What stands behind the publication in the paths the site answers: "u", "e". */
const formsOf = (site: Hono): ReadonlySet<string> =>
  new Set(site.routes.filter(({ method }) => method !== "ALL").map(({ path }) => path.split("/")[2] ?? ""));

/** The same request below the publication's id, as the site knows it. */
function asked(c: Context, path: string): Request {
  const { method, headers, body } = c.req.raw;
  const url = new URL(path, "http://127.0.0.1");
  url.search = new URL(c.req.url).search;
  return new Request(url, { method, headers, body, ...(body && { duplex: "half" }) });
}
