import { Hono } from "hono";
import { firstTask } from "../../../core/desk/first-steps.ts";
import { issueTasks } from "../../../core/desk/start.ts";
import type { Publication } from "../../../core/publication.ts";
import { may } from "../../../core/rights.ts";
import type { AddressKey } from "../../../core/subscriber/subscriber.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { findFounder } from "../../records/founders.ts";
import { latestIssues } from "../../records/issues.ts";
import { findPerson } from "../../records/people.ts";
import { listPublications, requirePublication } from "../../records/publications.ts";
import { firstThings } from "../first-things.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/** The front step: to the publication somebody works for, or a choice where there are several. */
export function starting(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { session } = c.var;
    if (!session) return c.redirect("/session", 303);
    const theirs = await publicationsOf(cloud, session.addressKey);
    const [only] = theirs;
    const isFounder = (await findFounder(cloud, session.addressKey)) !== undefined;
    if (isFounder && !only) return c.redirect("/founding", 303);
    if (only && theirs.length === 1 && !isFounder) return c.redirect(`/${only.id}/`, 303);
    return show(c, "choose", {
      isFounder,
      publications: theirs.map(({ id, titleParts: [bold, light], subtitle }) => ({
        ...{ url: `/${id}/`, bold, light, subtitle },
      })),
    });
  });
  return app;
}

/** Issues beyond these have been out for long, or were forgotten: the room of issues has them. */
const issuesLookedAt = 20;

/** What is asked of somebody now. */
export function entering(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { publication, person, language } = c.var;
    const greeting = fill(words(language).desk.start.title, { name: person.name });
    const thing = { publication: publication.id, kind: "publication", id: publication.id } as const;
    const issues = may(person, "read-issues", thing)
      ? (await latestIssues(cloud, publication.id, { limit: issuesLookedAt })).issues
      : [];
    const tasks = [
      ...(issues.length <= 1 ? await firstTasks(cloud, c) : []),
      ...issueTasks(issues, { publication, person, language }),
    ];
    return show(c, "start", { greeting, tasks }, { details: { name: person.name } });
  });
  return app;
}

/** Whoever makes issues is led to the first one. */
async function firstTasks(cloud: Cloud, { var: { language, person, publication } }: DeskContext): Promise<object[]> {
  const thing = { publication: publication.id, kind: "publication", id: publication.id } as const;
  if (!may(person, "draft", thing)) return [];
  const task = firstTask(language, publication.id, await firstThings(cloud, publication.id));
  return task ? [task] : [];
}

/** Where somebody is known. */
export async function publicationsOf(cloud: Cloud, addressKey: AddressKey): Promise<Publication[]> {
  const ids = await listPublications(cloud);
  const known = await Promise.all(ids.map((id) => findPerson(cloud, id, addressKey)));
  return Promise.all(ids.filter((_, index) => known[index]).map((id) => requirePublication(cloud, id)));
}
