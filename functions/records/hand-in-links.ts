import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { handInLinkKey } from "./keys.ts";
import { behindLink, makeLink } from "./personal-links.ts";
import type { Submission } from "./submissions.ts";

/** Personal links to hand in by. What they are good for stands with the submission. */

/** So long after the last day their author may still look what became of the article. */
const shownDays = 60;

/** Answers the token; nobody can read it again. @throws when nobody was asked for the submission */
export async function makeHandInLink(cloud: Cloud, { publication, id, desk }: Submission): Promise<string> {
  if (!desk?.asked) throw new Error(`nobody was asked for submission ${publication} ${id}`);
  const until = `${dayFrom(desk.asked.until, shownDays)}T00:00:00.000Z`;
  return makeLink(cloud, handInLinkKey, { publication, submission: id }, until);
}

/** Undefined: never made, too old, or of another table. */
export async function submissionBehind(
  cloud: Cloud,
  token: string,
): Promise<{ readonly publication: string; readonly submission: string } | undefined> {
  const row = await behindLink(cloud, handInLinkKey, token);
  return row && { publication: String(row.publication), submission: String(row.submission) };
}
