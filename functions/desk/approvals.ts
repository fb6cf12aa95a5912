import { slugOf } from "../../core/article/slug.ts";
import { demandReader, readAddress } from "../../core/email-address.ts";
import { approve, demandBuild } from "../../core/issue/approve.ts";
import { type Built, type Issue, issueLabel } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { ActName, Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { readName } from "../../core/subscriber/name.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import { type Change, type Cloud, Conflict, type Value } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import {
  type Answer,
  type ApprovalRequest,
  answerChange,
  newRequestChange,
  requestBehind,
} from "../records/approval-requests.ts";
import { countOne } from "../records/caps.ts";
import type { Place } from "../records/issue-control.ts";
import { readIssue, requireIssue, saveIssue } from "../records/issues.ts";
import { findPerson } from "../records/people.ts";
import { namesOf } from "../records/people-listed.ts";
import { findPublication, requirePublication } from "../records/publications.ts";

/** Approval by people without an account, and what anybody says against a build. */

/** Long enough for a holiday; a build is seldom so old. */
const linkDays = 14;
const mostPerHour = 20;
/** A paragraph or two: what is to be changed, not the change. */
export const longestWords = 2000;

const thingOf = ({ publication, issue }: Place): Thing => ({ publication, kind: "issue", id: issue });

/**
 * Asks somebody without an account for their approval of this very build, by mail.
 *
 * @param asked `seen`: fingerprint that was shown; `desk`: where the desk stands, for the link
 * @throws Refusal `not-built`, `rebuilt`, `already-approved`, `in-motion`, `name-missing`, `address-…`, `own-build`,
 * `approval-too-often`, `not-allowed`
 */
export async function askApproval(
  cloud: Cloud,
  person: Person,
  place: Place,
  asked: { readonly seen: string; readonly name: string; readonly address: string; readonly desk: URL },
): Promise<ApprovalRequest> {
  demand(person, "ask-approval", thingOf(place));
  const built = demandBuild(await requireIssue(cloud, place.publication, place.issue), asked.seen);
  const [address, name] = [readAddress(asked.address), readName(asked.name)];
  demandReader(address);
  if (name === "") throw new Refusal("name-missing");
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), address);
  await demandOther(cloud, await requirePublication(cloud, place.publication), built, addressKey);
  if ((await countOne(cloud, { what: "approval", ours: place.publication })) > mostPerHour)
    throw new Refusal("approval-too-often", { most: mostPerHour });
  const known = await findPerson(cloud, place.publication, addressKey);
  const whom = { name, addressKey, ...(known && { person: known.id }) };
  const request = openRequest(cloud, person, place, { fingerprint: asked.seen, ...whom });
  const act = actRow(cloud.clock, person, "ask-approval", thingOf(place), { request: request.id });
  await cloud.table.write([newRequestChange(request), act]);
  const { id, at } = request;
  const ask: Value = { v: 1, is: "approval", id, at, ...place, address, desk: asked.desk.href };
  await cloud.queues.confirmations.add([ask]);
  return request;
}

function openRequest(
  { clock }: Cloud,
  { id: by }: Person,
  place: Place,
  asked: Pick<ApprovalRequest, "fingerprint" | "name" | "addressKey" | "person">,
): ApprovalRequest {
  const now = clock.now();
  const until = new Date(now.getTime() + linkDays * 86_400_000).toISOString();
  return { v: 1, ...place, id: clock.id(), ...asked, by, at: now.toISOString(), until, answer: null };
}

/** Whoever built an issue is not who approves it, by whatever way, where two pairs of eyes are asked for. */
async function demandOther(
  cloud: Cloud,
  { id, approvals }: Publication,
  { builtBy, ...issue }: Built,
  addressKey: AddressKey | null | undefined,
  code: "own-build" | "built-yourself" = "own-build",
): Promise<void> {
  if (approvals === "one" || !addressKey) return;
  const known = await findPerson(cloud, id, addressKey);
  if (known?.id === builtBy) throw new Refusal(code, { issue: issueLabel(issue) });
}

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

/**
 * Answers by a personal link, once. A yes approves exactly the build the link showed.
 *
 * @param given `signedIn`: whose session the browser has that holds the link; most have none
 * @throws Refusal `link-over`, `approval-answered`, `words-missing`, `rebuilt`, `already-approved`, `in-motion`, `own-build`,
 * `built-yourself`, `moved-on`
 */
export async function answerAsked(
  cloud: Cloud,
  token: string,
  given: { readonly is: Answer["is"]; readonly words: string; readonly signedIn?: AddressKey | undefined },
): Promise<Asked> {
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
  return { ...asked, request: { ...request, answer }, is: "answered" };
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
