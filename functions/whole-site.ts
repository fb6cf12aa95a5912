import { Hono } from "hono";
import { getConnInfo, handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import type { Publication } from "../core/publication.ts";
import type { Cloud } from "./cloud/cloud.ts";
import { cloudOnAws } from "./cloud/on-aws.ts";
import { listPublications, requirePublication } from "./records/publications.ts";
import { hungBelow } from "./site/hung.ts";
import { pageOrForm } from "./site/page-or-form.ts";
import { published } from "./site/public-file.ts";
import { publicHeaders, site } from "./site.ts";

/**
 * Pages and forms from one door, where nobody may stand before it: a stage without CloudFront. It believes the HTTP API
 * about who asks.
 */
export function wholeSite(cloud: Cloud): Hono {
  const [app, files] = [new Hono(), published(cloud)];
  const forms = site(cloud, (c) => getConnInfo(c).remote.address ?? "");
  const publications = remembered(cloud);
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(publicHeaders)) c.res.headers.set(name, value);
  });
  app.all("/*", async (c) => {
    const base = new URL("/", c.req.url);
    const hung = (await publications()).flatMap((one) => hungBelow(base, one) ?? []);
    return pageOrForm(c, { hung, files, site: forms });
  });
  app.notFound((c) => c.text("404 Not Found", 404));
  app.onError((fault, c) => {
    // Never the path: it may be a link.
    console.error({ function: "whole-site", fault: fault.stack ?? String(fault) });
    return c.text("503 Service Unavailable", 503, { "Cache-Control": "no-store" });
  });
  return app;
}

/** A publication founded meanwhile appears within so long. */
const rememberedMilliseconds = 60_000;

/** Every page asks which publications there are. */
function remembered(cloud: Cloud): () => Promise<Publication[]> {
  let known: { readonly all: Promise<Publication[]>; readonly until: number } | undefined;
  return () => {
    const now = cloud.clock.now().getTime();
    if (known && now < known.until) return known.all;
    const all = listPublications(cloud).then((ids) => Promise.all(ids.map((id) => requirePublication(cloud, id))));
    known = { all, until: now + rememberedMilliseconds };
    // A failed reading is not kept.
    all.catch(() => {
      known = undefined;
    });
    return all;
  };
}

type LambdaHandler = (event: LambdaEvent, lambda?: LambdaContext) => Promise<unknown>;

let onAws: LambdaHandler | undefined;
export const handler: LambdaHandler = (event, lambda) => {
  onAws ??= handle(wholeSite(cloudOnAws()));
  return onAws(event, lambda);
};
