import { nameOf } from "../../../core/desk/name-of.ts";
import { longDay } from "../../../core/edition/web/dates.ts";
import { dayAt } from "../../../core/mail/received.ts";
import { Refusal } from "../../../core/refusal.ts";
import { may, type Person } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { demand } from "../../records/acts.ts";
import { submissionBehind } from "../../records/hand-in-links.ts";
import { namesOf } from "../../records/people-listed.ts";
import { findPublication } from "../../records/publications.ts";
import { readSubmission, type Submission } from "../../records/submissions.ts";
import { demandOpen } from "../hand-in-open.ts";
import { thingOf } from "../submissions.ts";
import type { DeskContext } from "./desk-env.ts";

/** Who looks at a submission, and what they may do with it: somebody signed in, or whoever holds its personal link. */
export interface Holder {
  readonly person: Person;
  readonly submission: Submission;
  /** The path of its page. */
  readonly at: string;
  readonly author: string;
  readonly mayBring: boolean;
  readonly mayDescribe: boolean;
  readonly mayCommission: boolean;
  /** Why not, in a sentence of its own; undefined where nothing is to be said. */
  readonly closed: Refusal | undefined;
  readonly articleUrl: string | undefined;
  readonly previewUrl: string | undefined;
}

/** @throws Refusal `not-allowed`; undefined where there is no such submission */
export async function ownHolder(cloud: Cloud, c: DeskContext): Promise<Holder | undefined> {
  const { publication, person } = c.var;
  const submission = await readSubmission(cloud, publication.id, c.req.param("submission") ?? "");
  if (!submission) return undefined;
  const thing = thingOf(publication.id, submission.id, submission);
  demand(person, "read-submission", thing);
  const closed = await closedFor(cloud, person, submission);
  const article = `/${publication.id}/articles/${encodeURIComponent(submission.id)}`;
  return {
    ...{ person, submission, closed, author: await authorOf(cloud, c, submission) },
    at: `/${publication.id}/submissions/${encodeURIComponent(submission.id)}`,
    mayBring: !closed && may(person, "submit", thing),
    mayDescribe: !closed && may(person, "edit-article", thing),
    mayCommission: may(person, "commission", thing),
    articleUrl: article,
    previewUrl: `${article}/preview`,
  };
}

/**
 * Whoever holds a personal link is the author it was sent to, for this submission and nothing else. Undefined: it leads
 * nowhere, or was taken back.
 */
export async function linkHolder(cloud: Cloud, c: DeskContext): Promise<Holder | undefined> {
  const token = c.req.param("token") ?? "";
  const place = await submissionBehind(cloud, token);
  const [publication, submission] = place
    ? await Promise.all([
        findPublication(cloud, place.publication),
        readSubmission(cloud, place.publication, place.submission),
      ])
    : [];
  const asked = submission?.desk?.asked;
  // Also where the link is none any more: whoever held it is told by whom, and to whom they may write.
  if (publication) c.set("publication", publication);
  if (!publication || !submission || !asked || asked.isRevoked) return undefined;
  const person: Person = { id: submission.by, roles: ["author"] };
  const isOver = asked.until < dayAt(publication, cloud.clock.now());
  const day = longDay(asked.until, c.var.language);
  const closed = isOver ? new Refusal("hand-in-over", { day }) : await closedFor(cloud, person, submission);
  const author = (await namesOf(cloud, publication.id, [submission.by]))[0]?.name;
  // Whoever was removed as an author holds a link to nothing.
  if (author === undefined) return undefined;
  return {
    ...{ person, submission, closed, author, at: `/r/hand-in/${token}`, mayBring: !closed, mayDescribe: !closed },
    mayCommission: false,
    ...{ articleUrl: undefined, previewUrl: `/r/hand-in/${token}/preview` },
  };
}

async function closedFor(cloud: Cloud, person: Person, submission: Submission): Promise<Refusal | undefined> {
  try {
    await demandOpen(cloud, person, { publication: submission.publication, submission: submission.id });
    return undefined;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

async function authorOf(cloud: Cloud, c: DeskContext, { by }: Submission): Promise<string> {
  const { publication, person, language } = c.var;
  return person.id === by ? person.name : nameOf(await namesOf(cloud, publication.id, [by]), by, language);
}
