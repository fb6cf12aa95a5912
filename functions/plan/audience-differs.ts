import { nobody, plusFrozen } from "../../core/delivery/account.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Control, Place } from "../records/issue-control.ts";
import { listIssues } from "../records/issues.ts";
import { readRounds } from "../records/rounds.ts";

/** Both have to be exceeded before somebody is asked. */
const mostDifference = 0.3;
const leastDifference = 20;

/** Far more readers than were expected, or far fewer: a list went wrong. Expected is what a person said yes to, or the last issue's. */
export async function audienceDiffers(cloud: Cloud, control: Control): Promise<boolean> {
  if (control.resend > 0) return false;
  const { planned } = (await readRounds(cloud, control)).reduce(plusFrozen, nobody);
  const expected = await expectedReaders(cloud, control);
  if (expected === undefined) return false;
  const difference = Math.abs(planned - expected);
  return difference > expected * mostDifference && difference >= leastDifference;
}

async function expectedReaders(cloud: Cloud, place: Place): Promise<number | undefined> {
  const issues = await listIssues(cloud, place.publication);
  const ours = issues.find((issue) => idOfIssue(issue) === place.issue);
  if (ours?.status === "sending" && ours.expectedReaders !== undefined) return ours.expectedReaders;
  const last = issues.findLast((issue) => issue.status === "sent" && idOfIssue(issue) !== place.issue);
  if (!last) return undefined;
  return (await readRounds(cloud, { ...place, issue: idOfIssue(last) })).reduce(plusFrozen, nobody).planned;
}
