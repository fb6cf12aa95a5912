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
  "POST /:publication/subscribers/export": "read-subscribers",
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
  "GET /:publication/articles": "read-library",
  "GET /:publication/articles/:article": "read-submission",
  "GET /:publication/articles/:article/preview/:kind": "read-submission",
  "GET /:publication/articles/:article/revisions": "read-submission",
  "GET /:publication/articles/:article/words": "edit-article",
  "POST /:publication/articles/:article/words": "edit-article",
  "POST /:publication/articles/:article/draft": "edit-article",
  "POST /:publication/articles/:article/pictures": "edit-article",
  "POST /:publication/articles/:article/offer": "edit-article",
  "POST /:publication/articles/:article/restoration": "edit-article",
  "POST /:publication/articles/:article/reviews": "ask-review",
  "GET /:publication/issues": "read-issues",
  "POST /:publication/issues": "draft",
  "GET /:publication/issues/:issue": "read-issues",
  "POST /:publication/issues/:issue/head": "draft",
  "POST /:publication/issues/:issue/number": "draft",
  "POST /:publication/issues/:issue/sections": "draft",
  "GET /:publication/issues/:issue/articles": "draft",
  "POST /:publication/issues/:issue/articles": "draft",
  "POST /:publication/issues/:issue/choices": "draft",
  "POST /:publication/issues/:issue/teasers": "draft",
  "GET /:publication/issues/:issue/readers": "read-issues",
  "POST /:publication/issues/:issue/readers": "read-issues",
  "GET /:publication/issues/:issue/sending": "read-issues",
  "GET /:publication/issues/:issue/progress": "read-issues",
  "POST /:publication/issues/:issue/proofs": "proof",
  "POST /:publication/issues/:issue/approval-requests": "ask-approval",
  "GET /:publication/issues/:issue/approval": "read-issues",
  "POST /:publication/issues/:issue/approval": "approve",
  "GET /:publication/issues/:issue/build/mail": "read-issues",
  "GET /:publication/issues/:issue/build/page": "read-issues",
  "GET /:publication/issues/:issue/differences": "read-issues",
  "POST /:publication/issues/:issue/time": "schedule",
  "GET /:publication/issues/:issue/schedule": "schedule",
  "POST /:publication/issues/:issue/schedule": "schedule",
  "POST /:publication/issues/:issue/schedule/end": "take-back",
  "GET /:publication/issues/:issue/report": "read-issues",
  "POST /:publication/issues/:issue/report": "read-subscribers",
  "POST /:publication/issues/:issue/report/deliveries": "read-subscribers",
  "GET /:publication/issues/:issue/pause": "pause",
  "POST /:publication/issues/:issue/pause": "pause",
  "GET /:publication/issues/:issue/resumption": "resume",
  "POST /:publication/issues/:issue/resumption": "resume",
  "GET /:publication/issues/:issue/cancellation": "cancel",
  "POST /:publication/issues/:issue/cancellation": "cancel",
  "GET /:publication/issues/:issue/rest": "send-rest",
  "POST /:publication/issues/:issue/rest": "send-rest",
  "GET /:publication/submissions": "read-submission",
  "POST /:publication/submissions": "submit",
  "GET /:publication/submissions/new": "submit",
  "GET /:publication/submissions/:submission": "read-submission",
  "POST /:publication/submissions/:submission/text": "submit",
  "POST /:publication/submissions/:submission/uploads": "submit",
  "POST /:publication/submissions/:submission/removals": "submit",
  "POST /:publication/submissions/:submission/pictures": "edit-article",
  "GET /:publication/commissions/new": "commission",
  "POST /:publication/commissions": "commission",
  "POST /:publication/commissions/:submission": "commission",
  "POST /:publication/commissions/:submission/revocation": "revoke-commission",
  "GET /:publication/acts": "read-acts",
  "GET /:publication/people": "read-people",
  "POST /:publication/people": "invite-person",
  "GET /:publication/people/:person": "read-people",
  "POST /:publication/people/:person": "change-person",
  "POST /:publication/people/:person/invitation": "invite-person",
  "GET /:publication/people/:person/removal": "remove-person",
  "POST /:publication/people/:person/removal": "remove-person",
  "GET /:publication/issues/:issue/preview": "read-issues",
  "GET /:publication/issues/:issue/preview/stamp": "read-issues",
  "GET /:publication/issues/:issue/preview/mail": "read-issues",
  "GET /:publication/issues/:issue/preview/text": "read-issues",
  "GET /:publication/issues/:issue/preview/page": "read-issues",
  "GET /:publication/issues/:issue/check": "check",
  "POST /:publication/issues/:issue/check": "check",
  "POST /:publication/issues/:issue/build": "build",
} as const satisfies Readonly<Record<`${"GET" | "POST"} /:publication/${string}`, ActName | "any">>;

/** Of a method and a route as it is registered; undefined for one nobody may ask for. */
export const rightOf = (method: string, route: string): ActName | "any" | undefined =>
  (routeRights as Readonly<Record<string, ActName | "any">>)[`${method === "HEAD" ? "GET" : method} ${route}`];

/** Routes that ask for a sign-in younger than ten minutes: what they lead to cannot be taken back for ever. */
export const freshRoutes: ReadonlySet<string> = new Set<string>([
  "GET /:publication/issues/:issue/schedule",
  "POST /:publication/issues/:issue/schedule",
  "GET /:publication/issues/:issue/resumption",
  "POST /:publication/issues/:issue/resumption",
  "GET /:publication/issues/:issue/rest",
  "POST /:publication/issues/:issue/rest",
]);
/** The age of a sign-in that still counts there. */
export const freshMinutes = 10;

/** Whether an address is one of the desk's pages, and none of readers'; "/elblandbote/" is both, and so neither. */
export function isDeskPath(address: string): boolean {
  const [path = ""] = address.split(/[?#&]/);
  if (/^\/(r|session)(\/|$)/.test(path)) return true;
  const segments = path.split("/");
  return Object.keys(routeRights).some((route) => {
    const wanted = route.startsWith("GET ") ? route.slice("GET ".length).split("/") : [];
    const isSame = (one: string, index: number): boolean => one.startsWith(":") || one === segments[index];
    return route !== "GET /:publication/" && wanted.length === segments.length && wanted.every(isSame);
  });
}
