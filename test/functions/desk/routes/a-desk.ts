import type { Hono } from "hono";
import type { KnownPerson } from "../../../../core/person.ts";
import type { Role } from "../../../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../../../core/subscriber/link.ts";
import type { Cloud } from "../../../../functions/cloud/cloud.ts";
import type { DeskEnv } from "../../../../functions/desk/routes/desk-env.ts";
import { formToken } from "../../../../functions/desk/routes/guard.ts";
import { desk } from "../../../../functions/desk.ts";
import { newPersonChanges } from "../../../../functions/records/people.ts";
import { savePublication } from "../../../../functions/records/publications.ts";
import { openSession } from "../../../../functions/records/sessions.ts";
import { type TestCloud, testCloud } from "../../../cloud/test-cloud.ts";
import { aPublication } from "../../../people-and-papers.ts";

/** The desk of the ELBLANDbote in a test, and people signed in at it. */

export const deskUrl = new URL("https://redaktion.elbland.example");
export const publication = aPublication().id;

export interface ADesk {
  readonly cloud: TestCloud;
  readonly app: Hono<DeskEnv>;
  /** Somebody with these roles, signed in just now. */
  as(...roles: readonly Role[]): Promise<Visitor>;
}
export interface Visitor {
  readonly person: KnownPerson;
  readonly cookie: string;
  /** Of forms. */
  readonly token: string;
  /** `path` begins behind the publication: "/articles". */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** Posts a form of one of our own pages, with its token. */
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Response>;
}

export async function aDesk(cloud: TestCloud = testCloud()): Promise<ADesk> {
  await savePublication(cloud, aPublication());
  const app = desk(cloud, { baseUrl: deskUrl });
  return { cloud, app, as: (...roles) => visitor(cloud, app, roles) };
}

let people = 0;

async function visitor(cloud: Cloud, app: Hono<DeskEnv>, roles: readonly Role[]): Promise<Visitor> {
  people += 1;
  const person = await aPerson(cloud, `${roles.join("-")}-${people}`, roles);
  const signedInAt = cloud.clock.now().toISOString();
  const session = await openSession(cloud, { addressKey: person.addressKey, signedInAt });
  return visitorWith(app, person, session);
}

/** Somebody the publication knows; not signed in. */
export async function aPerson(cloud: Cloud, id: string, roles: readonly Role[]): Promise<KnownPerson> {
  const address = `${id}@elbland.example`;
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  const person: KnownPerson = { v: 1, id, name: `Person ${id}`, address, addressKey, roles };
  await cloud.table.write(newPersonChanges(publication, person));
  return person;
}

export function visitorWith(app: Hono<DeskEnv>, person: KnownPerson, session: string): Visitor {
  const cookie = `__Host-kurier-desk=${session}`;
  const token = formToken(session);
  const at = (path: string): string => new URL(`/${publication}${path}`, deskUrl).href;
  return {
    ...{ person, cookie, token },
    get: async (path, init) => app.request(at(path), { ...init, headers: { cookie, ...init?.headers } }),
    post: async (path, fields = {}) =>
      app.request(at(path), {
        method: "POST",
        body: formOf({ token, ...fields }),
        headers: { cookie, "sec-fetch-site": "same-origin", origin: deskUrl.origin },
      }),
  };
}

/** Asks as somebody who reads German. */
export const german = { headers: { "accept-language": "de" } };

/** What a field of a form holds, unseen; "" where there is none. */
export const fieldIn = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

function formOf(fields: Readonly<Record<string, string | readonly string[]>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value);
  return form;
}
