import type { Task } from "../../../core/desk/start.ts";
import { submissionLines } from "../../../core/desk/submissions.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { readCards } from "../../records/articles.ts";
import { pageOfSubmissions } from "../../records/submission-pages.ts";
import type { Submission } from "../../records/submissions.ts";
import type { DeskContext } from "./desk-env.ts";

/** More than these are in the room of submissions. */
const mostTasks = 10;
/** What cannot go on by itself. */
export const stuck: readonly Submission["state"][] = ["waiting", "refused"];

/** What somebody's own submissions ask of them: files, pictures, another try. */
export async function ownTasks(cloud: Cloud, c: DeskContext): Promise<Task[]> {
  const { publication, person, language } = c.var;
  const own = { by: person.id, states: stuck, size: mostTasks };
  const { submissions } = await pageOfSubmissions(cloud, publication.id, own);
  const found = await readCards(
    cloud,
    publication.id,
    submissions.map(({ id }) => id),
  );
  const cards = new Map(found.map((card) => [card.id, card]));
  return submissionLines({ language, publication, submissions, cards, stands: new Map(), people: null })
    .filter(({ state }) => state.tone === "asks" || state.tone === "stops")
    .map(({ meta, ...line }) => ({ ...line, what: meta }));
}
