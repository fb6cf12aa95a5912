import { slugOf } from "../../core/article/slug.ts";
import { approve, demandBuild } from "../../core/issue/approve.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person } from "../../core/rights.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Change, type Cloud, Conflict } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import {
  type Answer,
  type ApprovalRequest,
  answerChange,
  newRequestChange,
  requestBehind,
} from "../records/approval-requests.ts";
import type { Place } from "../records/issue-control.ts";
import { readIssue, requireIssue, saveIssue } from "../records/issues.ts";
import { namesOf } from "../records/people-listed.ts";
import { findPublication } from "../records/publications.ts";
import { demandOther, openRequest, thingOf } from "./asking-approval.ts";

/** What people say to a build: by a personal link, without an account, or against it at the desk. */

/** A paragraph or two: what is to be changed, not the change. */
export const longestWords = 2000;

/** A request as its link shows it; `open` while it can be answered. */
export interface Asked {
  readonly publication: Publication;
  readonly issue: Issue;
  readonly request: ApprovalRequest;
  readonly is: "open" | "answered" | "stale";
}

/** What a personal link leads to; undefined where it leads nowhere. Changes nothing. */
export async function askedBy(cloud: Cloud, token: string): Promise<Asked | undefined> {
  const request = await requestBehind(cloud, token);
  if (!request) return undefined;
  const [publication, issue, isGone] = await Promise.all([
    findPublication(cloud, request.publication),
    readIssue(cloud, request.publication, request.issue),
    isRemoved(cloud, request),
  ]);
  if (!publication || !issue || isGone) return undefined;
  const isCurrent = issue.status === "built" && issue.fingerprint === request.fingerprint;
  return { publication, issue, request, is: request.answer ? "answered" : isCurrent ? "open" : "stale" };
}

/** Whoever was removed from the desk since holds a link to nothing. */
async function isRemoved(cloud: Cloud, { publication, person }: ApprovalRequest): Promise<boolean> {
  if (person === undefined) return false;
  return (await namesOf(cloud, publication, [person])).length === 0;
}

export interface Given {
  readonly is: Answer["is"];
  readonly words: string;
  /** Whose session the browser has that holds the link; most have none. */
  readonly signedIn?: AddressKey | undefined;
  /** Where the desk stands: whoever asked is told by mail, with a link there. */
  readonly desk: URL;
}

/**
 * Answers by a personal link, once. A yes approves exactly the build the link showed.
 *
 * @throws Refusal `link-over`, `approval-answered`, `words-missing`, `rebuilt`, `already-approved`, `in-motion`, `own-build`,
 * `built-yourself`, `moved-on`
 */
export async function answerAsked(cloud: Cloud, token: string, given: Given): Promise<Asked> {
  const asked = await askedBy(cloud, token);
  if (!asked) throw new Refusal("link-over");
  const { request, issue, publication } = asked;
  if (request.answer) throw new Refusal("approval-answered", { issue: issueLabel(issue) });
  const built = demandBuild(issue, request.fingerprint);
  await demandOther(cloud, publication, built, request.addressKey);
  await demandOther(cloud, publication, built, given.signedIn, "built-yourself");
  const answer: Answer = { is: given.is, at: cloud.clock.now().toISOString(), words: wordsOf(given) };
  const [by, name] = [`link/${slugOf(request.name)}`, request.name];
  const besides = besidesOf(cloud, { id: by, roles: [] }, request, answer);
  if (answer.is === "declined") await once(() => cloud.table.write(besides), issue);
  else await saveIssue(cloud, approve(built, request.fingerprint, { by, at: answer.at, name }), besides);
  await tellAsker(cloud, request, answer, given.desk);
  return { ...asked, request: { ...request, answer }, is: "answered" };
}

async function tellAsker(
  cloud: Cloud,
  { id, at, issue, publication }: ApprovalRequest,
  answer: Answer,
  desk: URL,
): Promise<void> {
  const of = { kind: "approval", issue, request: { at, id } };
  await cloud.queues.confirmations.add([
    { v: 1, is: "answered", id, at: answer.at, publication, of, desk: desk.origin },
  ]);
}

function besidesOf(cloud: Cloud, by: Person, request: ApprovalRequest, answer: Answer): Change[] {
  const act: ActName = answer.is === "approved" ? "approve" : "decline";
  return [
    answerChange(request, answer),
    actRow(cloud.clock, by, act, thingOf(request), { request: request.id, fingerprint: request.fingerprint }),
  ];
}

async function once(write: () => Promise<void>, issue: Issue): Promise<void> {
  try {
    await write();
  } catch (conflict) {
    if (conflict instanceof Conflict) throw new Refusal("approval-answered", { issue: issueLabel(issue) });
    throw conflict;
  }
}

/** A no says why, or nobody could do anything about it. */
function wordsOf({ is, words }: { readonly is: Answer["is"]; readonly words: string }): string {
  if (is === "approved") return "";
  const said = words.trim().slice(0, longestWords);
  if (said === "") throw new Refusal("words-missing");
  return said;
}

/**
 * Somebody who may approve says no to this very build, and why.
 *
 * @throws Refusal `words-missing`, `not-built`, `rebuilt`, `already-approved`, `in-motion`, `not-allowed`
 */
export async function declineBuild(
  cloud: Cloud,
  person: Person & { readonly name: string },
  place: Place,
  { seen, words }: { readonly seen: string; readonly words: string },
): Promise<void> {
  demand(person, "decline", thingOf(place));
  demandBuild(await requireIssue(cloud, place.publication, place.issue), seen);
  const said = wordsOf({ is: "declined", words });
  const request = openRequest(cloud, person, place, { fingerprint: seen, name: person.name, addressKey: null });
  const answer: Answer = { is: "declined", at: request.at, words: said };
  const act = actRow(cloud.clock, person, "decline", thingOf(place), { request: request.id, fingerprint: seen });
  await cloud.table.write([newRequestChange({ ...request, answer }), act]);
}
