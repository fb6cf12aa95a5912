import { demandEditable, draft, planOf, redraft } from "../../core/issue/draft.ts";
import { type Draft, type Issue, type IssuePlan, idOfIssue, issueLabel } from "../../core/issue/issue.ts";
import { nextIssue, type Proposal, planAfter } from "../../core/issue/next.ts";
import { emptyLog, newLog } from "../../core/issue/plan-log.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import type { Place } from "../records/issue-control.ts";
import { latestIssues, moveIssue, readIssue, requireIssue, saveDraft } from "../records/issues.ts";
import { planLogChange } from "../records/plan-log.ts";
import { requirePublication } from "../records/publications.ts";

/** How an issue comes to be, and to its number. */

/** So many of the newest tell the rhythm. */
const enough = 5;
/** A cancelled one gave its number away, an erratum has none of its own. */
const begun = async (cloud: Cloud, publication: string): Promise<Issue[]> =>
  (await latestIssues(cloud, publication, { limit: enough })).issues.filter(
    ({ status, erratum }) => status !== "cancelled" && erratum === undefined,
  );

/** What to offer whoever begins an issue. */
export async function proposeIssue(cloud: Cloud, publication: string): Promise<Proposal> {
  return nextIssue(await begun(cloud, publication), todayOf(cloud, await requirePublication(cloud, publication)));
}

const todayOf = ({ clock }: Cloud, { timeZone }: Publication): string => onTheWall(clock.now(), timeZone).slice(0, 10);

/** Begins an issue with the sections of the last one. @throws Refusal `issue-exists`, `not-allowed` */
export async function createIssue(
  cloud: Cloud,
  person: Person,
  publicationId: string,
  given: Proposal & Pick<IssuePlan, "theme">,
): Promise<Draft> {
  const publication = await requirePublication(cloud, publicationId);
  const thing = { publication: publicationId, kind: "issue", id: idOfIssue(given) } as const;
  demand(person, "draft", thing);
  await demandFree(cloud, publicationId, given);
  const [last] = await begun(cloud, publicationId);
  const plan = planAfter(publication, last, given, todayOf(cloud, publication));
  return saveDraft(cloud, draft(plan), [actRow(cloud.clock, person, "draft", thing), planLogChange(plan, newLog)]);
}

/**
 * Gives an issue that nobody has sent another number. What was built, checked or asked under the old one stays with
 * the old one: it is a draft again.
 *
 * @param seen the version their page showed
 * @throws Refusal `moved-on` where anybody changed it since; `issue-exists`, `in-motion`, `not-allowed`
 */
export async function renumberIssue(
  cloud: Cloud,
  person: Person,
  place: Place,
  seen: number,
  to: Pick<IssuePlan, "number" | "year">,
): Promise<Draft> {
  const thing = { publication: place.publication, kind: "issue", id: place.issue } as const;
  demand(person, "draft", thing);
  const issue = demandEditable(await requireIssue(cloud, place.publication, place.issue));
  if (idOfIssue(to) === place.issue) return redraft(issue, planOf(issue));
  if (issue.version !== seen) throw new Refusal("moved-on", { thing: issueLabel(issue) });
  await demandFree(cloud, place.publication, to);
  const moved = { ...redraft(issue, { ...planOf(issue), ...to }), version: seen + 1 };
  const act = actRow(cloud.clock, person, "draft", thing, { what: "number", to: idOfIssue(to) });
  await moveIssue(cloud, issue, moved, [act, planLogChange(moved, emptyLog(moved))]);
  return moved;
}

async function demandFree(cloud: Cloud, publication: string, given: { number: number; year: number }): Promise<void> {
  if (await readIssue(cloud, publication, idOfIssue(given)))
    throw new Refusal("issue-exists", { issue: issueLabel(given) });
}
