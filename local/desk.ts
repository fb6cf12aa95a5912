import { Hono } from "hono";
import type { IssuerSettings } from "../core/desk/issuer.ts";
import { roles } from "../core/rights.ts";
import type { Language } from "../core/words.ts";
import type { LocalCloud } from "./cloud/local-cloud.ts";
import { downloadDoor } from "./download-door.ts";
import { openLocalIssuer } from "./issuer/open-issuer.ts";
import { peopleHere } from "./issuer/people-here.ts";
import { listen, type Served } from "./listen.ts";
import { onlyThisMachine } from "./only-this-machine.ts";

/** The desk on one machine. It has an origin of its own: no page of readers and no letter may reach it. */

export interface DeskParts {
  /** Where people find it. */
  readonly baseUrl: URL;
  /** Who says who they are. */
  readonly issuer: IssuerSettings;
  /** Where pages of readers hang. */
  readonly site?: URL;
  /** Whether one press makes anybody somebody else. */
  readonly isOpen?: boolean;
}

/** Its pages, and where browsers post and fetch files. Loaded when it is served: no other command waits for all it brings. */
export async function deskHere(cloud: LocalCloud, { baseUrl, issuer, site, isOpen = false }: DeskParts): Promise<Hono> {
  const [{ desk }, { uploadDoor }, { openIssuer }, { signingIn }] = await Promise.all([
    import("../functions/desk.ts"),
    import("./upload-door.ts"),
    import("../functions/desk/issuer.ts"),
    import("../functions/desk/routes/session.ts"),
  ]);
  const asked = openIssuer(issuer, new URL("/session/callback", baseUrl));
  const app = new Hono();
  app.route("/", uploadDoor(cloud, baseUrl));
  app.route("/", downloadDoor(cloud));
  const session = signingIn({ issuer: async () => asked });
  const pages = desk(cloud, {
    baseUrl,
    session,
    ...(site && { site }),
    ...(isOpen && { others: () => othersHere(cloud) }),
  });
  app.all("*", (c) => pages.fetch(c.req.raw));
  return app;
}

async function othersHere(cloud: LocalCloud) {
  // Whoever may found a publication works for none yet.
  const people = (await peopleHere(cloud)).filter(({ works }) => works.length > 0);
  return people.map(({ name, address, works }) => {
    const held = works.flatMap((work) => work.roles);
    return { name, address, roles: roles.filter((role) => held.includes(role)) };
  });
}

interface HereParts {
  readonly language: Language;
  readonly site?: URL;
  /** Where to begin looking for a free one. */
  readonly ports: { readonly desk: number; readonly issuer: number };
}

/** The desk with an issuer of this machine, for this machine alone: what `npm start` serves. */
export async function listenForDesk(cloud: LocalCloud, { language, site, ports }: HereParts): Promise<Served> {
  // Each has to know the other's address before it says anything.
  let app: Hono | undefined;
  const desk = await listen(
    { fetch: (request) => app?.fetch(request) ?? new Response("", { status: 503 }) },
    ports.desk,
  );
  const baseUrl = new URL(desk.origin);
  const callback = new URL("/session/callback", baseUrl);
  const issuer = await openLocalIssuer(cloud, { language, callback, port: ports.issuer });
  const pages = await deskHere(cloud, { baseUrl, issuer: issuer.settings, isOpen: true, ...(site && { site }) });
  app = new Hono().use(onlyThisMachine).route("/", pages);
  return { origin: desk.origin, close: async () => void (await Promise.all([desk.close(), issuer.close()])) };
}
