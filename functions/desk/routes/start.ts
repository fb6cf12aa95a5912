import { Hono } from "hono";
import { firstTask } from "../../../core/desk/first-steps.ts";
import { beginnings, issueTasks, type Task } from "../../../core/desk/start.ts";
import type { SubmissionLine } from "../../../core/desk/submissions.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import type { Publication } from "../../../core/publication.ts";
import { type ActName, may } from "../../../core/rights.ts";
import type { AddressKey } from "../../../core/subscriber/subscriber.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { findFounder } from "../../records/founders.ts";
import { latestIssues } from "../../records/issues.ts";
import { findPerson } from "../../records/people.ts";
import { listPublications, requirePublication } from "../../records/publications.ts";
import { pageOfSubmissions } from "../../records/submission-pages.ts";
import { firstThings } from "../first-things.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { ownTasks, stuck } from "./own-tasks.ts";
import { show } from "./show.ts";
import { linesOf } from "./submission-lines.ts";
import { wishTasks } from "./wish-tasks.ts";

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

/** What was handed in and cannot go on by itself: so many of the latest. */
const submissionsShown = 8;

/** What is asked of somebody now, and what they can begin. */
export function entering(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { publication, person, language } = c.var;
    const greeting = fill(words(language).desk.start.title, { name: person.name });
    const [issues, own, submissions] = await Promise.all([
      issuesFor(cloud, c),
      ownTasks(cloud, c),
      shownHere(cloud, c),
    ]);
    const wishes = mayHere(c, "ask-review") ? await wishTasks(cloud, c, issues) : [];
    const tasks = [
      ...(issues.length <= 1 ? await firstTasks(cloud, c) : []),
      ...wishes,
      ...own,
      ...issueTasks(issues, { publication, person, language }),
    ];
    const asked = new Set(tasks.map(({ url }) => url));
    const others = submissions.filter(({ url }) => !asked.has(url));
    const begins = beginnings(publication.id, language, { mayDo: (act) => mayHere(c, act), issues });
    return show(c, "start", { greeting, tasks, submissions: others, begins }, { details: { name: person.name } });
  });
  return app;
}

const mayHere = ({ var: { publication, person } }: DeskContext, act: ActName): boolean =>
  may(person, act, { publication: publication.id, kind: "publication", id: publication.id, by: person.id });

const issuesFor = async (cloud: Cloud, c: DeskContext): Promise<readonly Issue[]> =>
  mayHere(c, "read-issues") ? (await latestIssues(cloud, c.var.publication.id, { limit: issuesLookedAt })).issues : [];

/** An author's own, whatever became of them; to editors, those that wait or were refused. */
async function shownHere(cloud: Cloud, c: DeskContext): Promise<readonly SubmissionLine[]> {
  const { publication, person } = c.var;
  if (!mayHere(c, "read-submission")) return [];
  const sought = mayHere(c, "read-library") ? { states: stuck } : { by: person.id };
  const { submissions } = await pageOfSubmissions(cloud, publication.id, { ...sought, size: submissionsShown });
  return linesOf(cloud, c, submissions);
}

/** Whoever makes issues is led to the first one. */
async function firstTasks(cloud: Cloud, c: DeskContext): Promise<Task[]> {
  const { language, publication } = c.var;
  if (!mayHere(c, "draft")) return [];
  const task = firstTask(language, publication.id, await firstThings(cloud, publication.id));
  return task ? [task] : [];
}

/** Where somebody is known. */
export async function publicationsOf(cloud: Cloud, addressKey: AddressKey): Promise<Publication[]> {
  const ids = await listPublications(cloud);
  const known = await Promise.all(ids.map((id) => findPerson(cloud, id, addressKey)));
  return Promise.all(ids.filter((_, index) => known[index]).map((id) => requirePublication(cloud, id)));
}
