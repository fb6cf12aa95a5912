import { demandReader, readAddress } from "../../core/email-address.ts";
import { demandBuild } from "../../core/issue/approve.ts";
import { type Built, issueLabel } from "../../core/issue/issue.ts";
import type { Publication } from "../../core/publication.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import { readName } from "../../core/subscriber/name.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { type ApprovalRequest, newRequestChange } from "../records/approval-requests.ts";
import { countOne } from "../records/caps.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { findPerson } from "../records/people.ts";
import { requirePublication } from "../records/publications.ts";

/** Asking somebody for their approval of a build, by a personal link. */

/** Long enough for a holiday; a build is seldom so old. */
const linkDays = 14;
const mostPerHour = 20;

export const thingOf = ({ publication, issue }: Place): Thing => ({ publication, kind: "issue", id: issue });

export interface AskingApproval {
  /** The fingerprint that was shown. */
  readonly seen: string;
  readonly name: string;
  readonly address: string;
  /** Where the desk stands, for the link, and the language it was used in. */
  readonly desk: URL;
  readonly language?: Language | undefined;
}

/**
 * Asks somebody without an account for their approval of this very build, by mail.
 *
 * @throws Refusal `not-built`, `rebuilt`, `already-approved`, `in-motion`, `name-missing`, `address-…`, `own-build`,
 * `approval-too-often`, `not-allowed`
 */
export async function askApproval(
  cloud: Cloud,
  person: Person,
  place: Place,
  asked: AskingApproval,
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
  const { language: askedIn } = asked;
  const whom = { name, addressKey, ...(known && { person: known.id }), ...(askedIn && { askedIn }) };
  const request = openRequest(cloud, person, place, { fingerprint: asked.seen, ...whom });
  const act = actRow(cloud.clock, person, "ask-approval", thingOf(place), { request: request.id });
  await cloud.table.write([newRequestChange(request), act]);
  const { id, at } = request;
  const ask: Value = { v: 1, is: "approval", id, at, ...place, address, desk: asked.desk.href };
  await cloud.queues.confirmations.add([ask]);
  return request;
}

export function openRequest(
  { clock }: Cloud,
  { id: by }: Person,
  place: Place,
  asked: Pick<ApprovalRequest, "fingerprint" | "name" | "addressKey" | "person" | "askedIn">,
): ApprovalRequest {
  const now = clock.now();
  const until = new Date(now.getTime() + linkDays * 86_400_000).toISOString();
  return { v: 1, ...place, id: clock.id(), ...asked, by, at: now.toISOString(), until, answer: null };
}

/** @throws Refusal `own-build`, `built-yourself`. Whoever built an issue is not who approves it, by whatever way, where two pairs of eyes are asked for. */
export async function demandOther(
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
