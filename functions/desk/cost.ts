import { type Cost, estimateCost } from "../../core/delivery/cost.ts";
import { laneRate } from "../../core/delivery/rate.ts";
import { type Issue, idOfIssue } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readManifest } from "../records/editions.ts";

/** What an issue will cost on AWS, by a model. */

/** SES's usual first rate out of the sandbox, for who has no account there. */
const usualPerSecond = 14;

/** Whether AWS asks money for a letter: it tells of letters and judges who sends them; an outbox or a relay does one of both. */
export const isRented = ({ mail }: Cloud): boolean => mail.reports && mail.isJudged;

/** @param isHere it leaves from this machine: what it would cost there */
export async function costOfReaders(
  cloud: Cloud,
  issue: Issue,
  readers: number,
  isHere = !isRented(cloud),
): Promise<Cost> {
  const perSecond = isHere ? usualPerSecond : laneRate("editions", await cloud.mail.quota());
  return estimateCost({ readers, letterBytes: await letterBytes(cloud, issue), perSecond });
}

/** Both parts of a letter as they go over the wire: a little longer than written, and the letter's head. */
const wireShare = 1.06;
const headBytes = 2000;

/** Of one letter of an issue. */
export async function letterBytes(cloud: Cloud, issue: Issue): Promise<number> {
  if (!("fingerprint" in issue)) return headBytes;
  const { publication, fingerprint, language } = issue;
  const manifest = await readManifest(cloud, { publication, issue: idOfIssue(issue), fingerprint, language });
  const parts = (manifest?.files ?? []).filter(({ path }) => path === "email.html" || path === "email.txt");
  return headBytes + wireShare * parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
