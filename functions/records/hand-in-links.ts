import { digestOf } from "../../core/digest.ts";
import { dayFrom } from "../../core/subscriber/retention.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { handInLinkKey } from "./keys.ts";
import type { Submission } from "./submissions.ts";

/** Personal links to hand in by: 256 random bits, kept as SHA-256. What they are good for stands with the submission. */

/** So long after the last day their author may still look what became of the article. */
const shownDays = 60;

/** Answers the token; nobody can read it again. @throws when nobody was asked for the submission */
export async function makeHandInLink(cloud: Cloud, { publication, id, desk }: Submission): Promise<string> {
  if (!desk?.asked) throw new Error(`nobody was asked for submission ${publication} ${id}`);
  const halves = [cloud.clock.id(), cloud.clock.id()];
  const token = Buffer.concat(halves.map((half) => Buffer.from(half, "base64url"))).toString("base64url");
  const expiresAt = `${dayFrom(desk.asked.until, shownDays)}T00:00:00.000Z`;
  const put = { ...handInLinkKey(digestOf(token)), v: 1, publication, submission: id, expiresAt };
  await cloud.table.write([{ put, if: "absent" }]);
  return token;
}

/** Undefined: never made, or too old. */
export async function submissionBehind(
  cloud: Cloud,
  token: string,
): Promise<{ readonly publication: string; readonly submission: string } | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  const [row] = await cloud.table.get([handInLinkKey(digestOf(token))], { consistent: true });
  return row && { publication: String(row.publication), submission: String(row.submission) };
}
