import type { DeskContext } from "./desk-env.ts";

/**
 * A letter or a page as readers will see it, for a frame of the desk: an origin of its own, no script, no form, nothing
 * asked of anybody but our own pictures and fonts. From no port can it reach the desk.
 */
export const framed = (c: DeskContext, html: string): Response | Promise<Response> =>
  c.html(html, 200, { "Content-Security-Policy": framePolicy(new URL(c.var.publication.baseUrl).origin) });

const framePolicy = (ours: string): string =>
  [
    "sandbox",
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: ${ours}`,
    `font-src 'self' ${ours}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
