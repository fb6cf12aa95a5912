import { nobody, plusFrozen } from "../../core/delivery/account.ts";
import { correctedBy } from "../../core/issue/erratum.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
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
  return isFarOff(planned, expected);
}

/** Whether somebody is asked about so many readers. */
export function isFarOff(readers: number, expected: number): boolean {
  const difference = Math.abs(readers - expected);
  return difference > expected * mostDifference && difference >= leastDifference;
}

async function expectedReaders(cloud: Cloud, place: Place): Promise<number | undefined> {
  const issues = await listIssues(cloud, place.publication);
  const ours = issues.find((issue) => idOfIssue(issue) === place.issue);
  if (ours?.status === "sending" && ours.expectedReaders !== undefined) return ours.expectedReaders;
  return (await lastSent(cloud, place, issues))?.readers;
}

/** The issue sent before this one, and to how many; an erratum goes to fewer, and no issue is measured by one. */
export async function lastSent(
  cloud: Cloud,
  place: Place,
  issues: readonly Issue[],
): Promise<{ readonly issue: Issue; readonly readers: number } | undefined> {
  if (correctedBy(place.issue) !== undefined) return undefined;
  const others = issues.filter((one) => one.erratum === undefined && idOfIssue(one) !== place.issue);
  const issue = others.findLast(({ status }) => status === "sent");
  if (!issue) return undefined;
  const frozen = await readRounds(cloud, { ...place, issue: idOfIssue(issue) });
  return { issue, readers: frozen.reduce(plusFrozen, nobody).planned };
}
