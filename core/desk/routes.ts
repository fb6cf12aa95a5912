import type { ActName } from "../rights.ts";

/**
 * Every route of the desk below a publication, and the right it asks for; one that is not here is nobody's. An author's
 * right to what is theirs opens the door, the verb behind it looks whose the thing is. A test tries every role at each.
 */
export const routeRights = {
  "GET /:publication/": "any",
  "GET /:publication/subscribers": "read-subscribers",
  "POST /:publication/subscribers/search": "read-subscribers",
  "POST /:publication/subscribers/count": "read-subscribers",
  "GET /:publication/subscribers/imports": "import-subscribers",
  "POST /:publication/subscribers/imports": "import-subscribers",
  "GET /:publication/subscribers/imports/:id": "import-subscribers",
  "POST /:publication/subscribers/imports/:id/reading": "import-subscribers",
  "POST /:publication/subscribers/imports/:id/pieces": "import-subscribers",
  "POST /:publication/subscribers/imports/:id/taking": "import-subscribers",
  "POST /:publication/subscribers/imports/:id/end": "import-subscribers",
  "GET /:publication/subscribers/:key": "read-subscribers",
  "POST /:publication/subscribers/:key/suppression": "suppress",
  "POST /:publication/subscribers/:key/suppression/lifting": "unsuppress",
  "GET /:publication/subscribers/:key/erasure": "erase",
  "POST /:publication/subscribers/:key/erasure": "erase",
  "GET /:publication/suppressions": "read-subscribers",
  "POST /:publication/suppressions": "suppress",
  "GET /:publication/issues/:issue/corrections": "read-issues",
  "POST /:publication/issues/:issue/corrections": "correct",
  "POST /:publication/issues/:issue/corrections/publication": "correct",
  "POST /:publication/issues/:issue/corrections/erratum": "draft",
  "POST /:publication/issues/:issue/corrections/withdrawals": "withdraw",
  "POST /:publication/issues/:issue/corrections/returns": "withdraw",
  "POST /:publication/issues/:issue/corrections/downloads": "correct",
  "GET /:publication/issues/:issue/corrections/downloads/:id": "correct",
  "POST /:publication/issues/:issue/corrections/downloads/:id": "correct",
  "GET /:publication/first-steps": "read-issues",
  "GET /:publication/settings": "change-publication",
  "GET /:publication/settings/colour/:colour": "change-publication",
  "GET /:publication/settings/:section": "change-publication",
  "POST /:publication/settings/:section": "change-publication",
} as const satisfies Readonly<Record<`${"GET" | "POST"} /:publication/${string}`, ActName | "any">>;

/** Of a method and a route as it is registered; undefined for one nobody may ask for. */
export const rightOf = (method: string, route: string): ActName | "any" | undefined =>
  (routeRights as Readonly<Record<string, ActName | "any">>)[`${method === "HEAD" ? "GET" : method} ${route}`];

/** Routes that ask for a sign-in younger than ten minutes: what they lead to cannot be taken back for ever. */
export const freshRoutes: ReadonlySet<string> = new Set<string>([]);
/** The age of a sign-in that still counts there. */
export const freshMinutes = 10;
