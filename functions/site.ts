import { type Context, Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { bodyLimit } from "hono/body-limit";
import { behindCloudFront } from "./cloud/behind-cloudfront.ts";
import type { Cloud } from "./cloud/cloud.ts";
import { cloudOnAws } from "./cloud/on-aws.ts";
import { findPublication } from "./records/publications.ts";
import { confirming } from "./site/confirm.ts";
import { owning } from "./site/data.ts";
import { mostBytes } from "./site/fields.ts";
import { leaving } from "./site/leave.ts";
import { ordering } from "./site/order.ts";
import { answer } from "./site/page.ts";
import { choosing } from "./site/preferences.ts";
import { submitting } from "./site/submit.ts";

/** What everything public answers with, as CloudFront adds it to pages (a test compares): no page can say it of itself. */
export const publicHeaders = {
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
  "Strict-Transport-Security": "max-age=31536000",
} as const;

/** What a page on the site answers with, besides its own policy: nothing of a reader's link may leak or be kept. */
const guarded = { ...publicHeaders, "X-Robots-Tag": "noindex, nofollow" };

/** Who asks, as the nearest proxy says; on one's own machine nobody can tell. */
const lastForwarded = (c: Context): string => c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
/** Who asks, as CloudFront says; `infra/parts/addresses.ts` sets it, whatever came along under that name. */
const seenByCloudFront = (c: Context): string => c.req.header("x-kurier-viewer") ?? "";

/** What readers ask and tell us. A GET never changes anything: link scanners follow every link. */
export function site(cloud: Cloud, ipOf = lastForwarded): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(guarded)) c.res.headers.set(name, value);
    // Only what is the same for everybody says of itself that it may be kept.
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
  });
  const small = bodyLimit({ maxSize: mostBytes, onError: (c) => c.text("413 Content Too Large", 413) });
  for (const letter of ["s", "e"]) app.use(`/:publication/${letter}/*`, small);
  for (const routes of [leaving, choosing, owning, confirming, submitting]) app.route("/", routes(cloud));
  app.route("/", ordering(cloud, ipOf));
  app.notFound((c) => answer(c, "unknown-link", {}, { publication: undefined, status: 404 }));
  app.onError(async (fault, c) => {
    // Never the path: it is the link.
    console.error({ function: "site", fault: fault.stack ?? String(fault) });
    const publication = await findPublication(cloud, c.req.path.split("/")[1] ?? "").catch(() => undefined);
    return answer(c, "fault", {}, { publication, status: 503 });
  });
  return app;
}

type LambdaHandler = (event: LambdaEvent, lambda?: LambdaContext) => Promise<unknown>;

let onAws: LambdaHandler | undefined;
export const handler: LambdaHandler = (event, lambda) => {
  onAws ??= start();
  return onAws(event, lambda);
};

function start(): LambdaHandler {
  const cloud = cloudOnAws();
  return behindCloudFront(() => cloud.secrets.read("origin"), handle(site(cloud, seenByCloudFront)));
}
