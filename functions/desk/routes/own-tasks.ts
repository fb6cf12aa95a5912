import type { Task } from "../../../core/desk/start.ts";
import { submissionLines } from "../../../core/desk/submissions.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { readCards } from "../../records/articles.ts";
import type { Looked, Submission } from "../../records/submissions.ts";
import type { DeskContext } from "./desk-env.ts";

/** More than these are in the room of submissions. */
const mostTasks = 10;

/** Somebody's own that could not be taken in yet. */
export const ownOpen = ({ var: { person } }: DeskContext) => ({
  wanted: ({ by, state }: Looked): boolean => by === person.id && state !== "ingested",
  size: mostTasks,
});

/** What somebody's own submissions ask of them: files, pictures, another try. @param submissions {@link ownOpen} */
export async function ownTasks(cloud: Cloud, c: DeskContext, submissions: readonly Submission[]): Promise<Task[]> {
  const { publication, language } = c.var;
  const found = await readCards(
    cloud,
    publication.id,
    submissions.map(({ id }) => id),
  );
  const cards = new Map(found.map((card) => [card.id, card]));
  return submissionLines({ language, publication, submissions, cards, issues: [], people: [] })
    .filter(({ state }) => state.tone === "asks" || state.tone === "stops")
    .map(({ meta, ...line }) => ({ ...line, what: meta }));
}
