import { Hono } from "hono";
import type { Publication } from "../../../core/publication.ts";
import type { AddressKey } from "../../../core/subscriber/subscriber.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { findPerson } from "../../records/people.ts";
import { listPublications, requirePublication } from "../../records/publications.ts";
import type { DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/** The front step: to the publication somebody works for, or a choice where there are several. */
export function starting(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { session } = c.var;
    if (!session) return c.redirect("/session", 303);
    const theirs = await publicationsOf(cloud, session.addressKey);
    const [only] = theirs;
    if (only && theirs.length === 1) return c.redirect(`/${only.id}/`, 303);
    return show(c, "choose", {
      publications: theirs.map(({ id, titleParts: [bold, light], subtitle }) => ({
        ...{ url: `/${id}/`, bold, light, subtitle },
      })),
    });
  });
  return app;
}

/** What is asked of somebody now. */
export function entering(_: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => {
    const greeting = fill(words(c.var.language).desk.start.title, { name: c.var.person.name });
    return show(c, "start", { greeting, tasks: [] }, { details: { name: c.var.person.name } });
  });
  return app;
}

/** Where somebody is known. */
export async function publicationsOf(cloud: Cloud, addressKey: AddressKey): Promise<Publication[]> {
  const ids = await listPublications(cloud);
  const known = await Promise.all(ids.map((id) => findPerson(cloud, id, addressKey)));
  return Promise.all(ids.filter((_, index) => known[index]).map((id) => requirePublication(cloud, id)));
}
