import type { DeskContext } from "./desk-env.ts";

/**
 * A letter or a page as readers will see it, for a frame of the desk: an origin of its own, no script, no form, nothing
 * asked of anybody but our own pictures and fonts. From no port can it reach the desk.
 */
export const framed = (
  c: DeskContext,
  html: string,
  { withPictures = true }: { withPictures?: boolean } = {},
): Response | Promise<Response> => {
  const ours = new URL(c.var.publication.baseUrl).origin;
  return c.html(html, 200, {
    "Content-Security-Policy": framePolicy(ours, withPictures ? `'self' data: ${ours}` : "'none'"),
  });
};

const framePolicy = (ours: string, pictures: string): string =>
  [
    "sandbox",
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline'",
    `img-src ${pictures}`,
    `font-src 'self' ${ours}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
