import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { freshMinutes, freshRoutes, rightOf } from "../../../core/desk/routes.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { findPerson } from "../../records/people.ts";
import { findPublication } from "../../records/publications.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/**
 * Below a publication: only whoever is signed in, is one of its people, and has the right the route asks for. Whoever
 * is none of them cannot tell whether there is such a publication.
 */
export const admitted = (cloud: Cloud) =>
  createMiddleware<DeskEnv>(async (c, next) => {
    const { session } = c.var;
    if (!session) return toSession(c);
    const id = c.req.param("publication") ?? "";
    const [publication, person] = await Promise.all([
      findPublication(cloud, id),
      findPerson(cloud, id, session.addressKey),
    ]);
    if (!publication || !person) return show(c, "missing", {}, { status: 404 });
    c.set("publication", publication);
    c.set("person", person);
    // The first one answers, though another may fit: "/subscribers/imports" is no reader's key.
    const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
    const right = route && rightOf(c.req.method, route.path);
    if (!route || !right) return show(c, "missing", {}, { status: 404 });
    const thing = { publication: id, kind: "publication", id, by: person.id } as const;
    if (right !== "any" && !may(person, right, thing)) return show(c, "forbidden", {}, { status: 403 });
    const age = cloud.clock.now().getTime() - Date.parse(session.signedInAt);
    const isStale = freshRoutes.has(`${c.req.method} ${route.path}`) && age > freshMinutes * 60_000;
    // A form stands on the page of its own address, where there is one: back to it, and nothing was done.
    return isStale ? toSession(c, "again", rightOf("GET", route.path) ? c.req.path : undefined) : next();
  });

/** To sign in, and back to where they wanted to go; what was posted is not carried along. */
function toSession(c: DeskContext, why?: "again", page?: string): Response {
  const url = new URL("/session", c.var.baseUrl);
  const to = c.req.method === "GET" ? `${c.req.path}${new URL(c.req.url).search}` : page;
  if (to !== undefined) url.searchParams.set("to", to);
  if (why) url.searchParams.set("why", why);
  return c.redirect(`${url.pathname}${url.search}`, 303);
}
