import { type Context, Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { renderSitePage, type SitePageName } from "../core/edition/site-page.ts";
import { halfHidden } from "../core/email-address.ts";
import type { Publication } from "../core/publication.ts";
import { type LinkPurpose, linkRing, readLinkToken } from "../core/subscriber/link.ts";
import type { Subscriber } from "../core/subscriber/subscriber.ts";
import type { Language } from "../core/words.ts";
import { behindCloudFront } from "./cloud/behind-cloudfront.ts";
import type { Cloud } from "./cloud/cloud.ts";
import { cloudOnAws } from "./cloud/on-aws.ts";
import { house } from "./house.ts";
import { findPublication } from "./records/publications.ts";
import { leave, readSubscriber } from "./records/subscribers.ts";

/** What everything public answers with, as CloudFront adds it to pages (a test compares): no page can say it of itself. */
export const publicHeaders = {
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
  "Strict-Transport-Security": "max-age=31536000",
} as const;

/** What a page on the site answers with, besides its own policy: nothing of a reader's link may leak or be kept. */
const guarded = { ...publicHeaders, "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store" };

/** Where each kind of link stands below a publication, final from the first mail on. */
const links: readonly { readonly path: string; readonly purpose: LinkPurpose }[] = [
  { path: "/:publication/u/:token", purpose: "leave" },
  // Until there is more to choose: what we hold, and the way out.
  { path: "/:publication/e/:token", purpose: "preferences" },
];

/**
 * What readers ask and tell us. A GET never changes anything, link scanners follow every link; a POST leaves at once,
 * by our button or by a mail program's one click (RFC 8058), without cookie, question or redirect.
 */
export function site(cloud: Cloud): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(guarded)) c.res.headers.set(name, value);
  });
  for (const { path, purpose } of links) {
    app.get(path, async (c) => {
      const { publication, subscriber, isOurs } = await findReader(cloud, c, purpose);
      if (!isOurs) return page(c, "unknown-link", publication);
      return page(c, isGone(subscriber) ? "left" : "leave", publication, subscriber);
    });
    app.post(path, async (c) => {
      const { publication, subscriber, addressKey, isOurs } = await findReader(cloud, c, purpose);
      if (!isOurs) return page(c, "unknown-link", publication);
      await leave(cloud, publication.id, addressKey);
      return page(c, "left", publication, subscriber);
    });
  }
  app.notFound((c) => page(c, "unknown-link", undefined, undefined, 404));
  app.onError(async (fault, c) => {
    // Never the path: it is the link.
    console.error({ function: "site", fault: fault.stack ?? String(fault) });
    const publication = await findPublication(cloud, c.req.path.split("/")[1] ?? "").catch(() => undefined);
    return page(c, "fault", publication, undefined, 503);
  });
  return app;
}

type Found =
  | {
      readonly isOurs: false;
      readonly publication: Publication | undefined;
      readonly subscriber?: undefined;
      readonly addressKey?: undefined;
    }
  | {
      readonly isOurs: true;
      readonly publication: Publication;
      readonly addressKey: string;
      readonly subscriber: Subscriber | undefined;
    };

async function findReader(cloud: Cloud, c: Context, purpose: LinkPurpose): Promise<Found> {
  const publication = await findPublication(cloud, c.req.param("publication") ?? "");
  if (!publication) return { isOurs: false, publication };
  const ring = linkRing(await cloud.secrets.read("links"));
  const addressKey = readLinkToken(ring, purpose, publication.id, c.req.param("token") ?? "");
  if (!addressKey) return { isOurs: false, publication };
  return { isOurs: true, publication, addressKey, subscriber: await readSubscriber(cloud, publication.id, addressKey) };
}

/** Nothing is left to leave. Who moved still has a way out here. */
const isGone = (subscriber: Subscriber | undefined): boolean => !subscriber || subscriber.state === "unsubscribed";

function page(
  c: Context,
  name: SitePageName,
  publication: Publication | undefined,
  subscriber?: Subscriber,
  status: 200 | 404 | 503 = 200,
): Response | Promise<Response> {
  const language = subscriber?.language ?? publication?.language ?? spoken(c);
  const known = subscriber && "address" in subscriber ? { address: halfHidden(subscriber.address) } : {};
  return c.html(renderSitePage(house(), publication, name, known, language), status);
}

const spoken = (c: Context): Language => (/^\s*en\b/i.test(c.req.header("accept-language") ?? "") ? "en" : "de");

type LambdaHandler = (event: LambdaEvent, lambda?: LambdaContext) => Promise<unknown>;

let onAws: LambdaHandler | undefined;
export const handler: LambdaHandler = (event, lambda) => {
  onAws ??= start();
  return onAws(event, lambda);
};

function start(): LambdaHandler {
  const cloud = cloudOnAws();
  return behindCloudFront(() => cloud.secrets.read("origin"), handle(site(cloud)));
}
