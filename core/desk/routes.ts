import type { ActName } from "../rights.ts";

/**
 * Every route of the desk below a publication, and the right it asks for; one that is not here is nobody's. An author's
 * right to what is theirs opens the door, the verb behind it looks whose the thing is. A test tries every role at each.
 */
export const routeRights = {
  "GET /:publication/": "any",
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
