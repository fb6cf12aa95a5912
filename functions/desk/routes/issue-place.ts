import type { Place } from "../../records/issue-control.ts";
import type { DeskContext } from "./desk-env.ts";

/** Which issue a route below `/issues/:issue` is about. */
export const placeOf = (c: DeskContext): Place => ({
  publication: c.var.publication.id,
  issue: c.req.param("issue") ?? "",
});

/** A page of the same issue: "/issues/2026-02/sending"; `isWhole`: with the publication before it. */
export const issuePath = (c: DeskContext, path: string, { isWhole = false } = {}): string =>
  `${isWhole ? `/${c.var.publication.id}` : ""}/issues/${encodeURIComponent(placeOf(c).issue)}${path}`;
