import { type SubmissionLine, submissionLines } from "../../../core/desk/submissions.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { readCards } from "../../records/articles.ts";
import { namesOf } from "../../records/people-listed.ts";
import type { Submission } from "../../records/submissions.ts";
import { whereTheyStand } from "../where-they-stand.ts";
import type { DeskContext } from "./desk-env.ts";

/** Lines of a list: what stands around these submissions is read, and nothing else. Editors see whose they are. */
export async function linesOf(
  cloud: Cloud,
  c: DeskContext,
  submissions: readonly Submission[],
): Promise<SubmissionLine[]> {
  const { publication, person, language } = c.var;
  const { id } = publication;
  const seesAll = may(person, "read-library", { publication: id, kind: "publication", id });
  const ids = submissions.map((one) => one.id);
  const [cards, stands, people] = await Promise.all([
    readCards(cloud, id, ids),
    whereTheyStand(cloud, id, ids),
    seesAll
      ? namesOf(
          cloud,
          id,
          submissions.map(({ by }) => by),
        )
      : null,
  ]);
  const byId = new Map(cards.map((card) => [card.id, card]));
  return submissionLines({ language, publication, submissions, cards: byId, stands, people });
}
