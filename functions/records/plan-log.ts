import { type Issue, type IssuePlan, idOfIssue } from "../../core/issue/issue.ts";
import { emptyLog, type PlanLog } from "../../core/issue/plan-log.ts";
import type { Change, Cloud, Value } from "../cloud/cloud.ts";
import { planLogKey } from "./keys.ts";

/** Beside every issue: who changed what of its plan lately. Written with the change; the issue's version guards both. */

export async function readPlanLog(cloud: Cloud, issue: Issue): Promise<PlanLog> {
  const [row] = await cloud.table.get([planLogKey(issue.publication, idOfIssue(issue))], { consistent: true });
  return row ? (row as unknown as PlanLog) : emptyLog(issue);
}

export const planLogChange = (issue: IssuePlan, { since, entries }: PlanLog): Change => ({
  put: { ...planLogKey(issue.publication, idOfIssue(issue)), v: 1, since, entries: entries as unknown as Value },
});
