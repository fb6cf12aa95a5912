import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import type { KnownPerson } from "../../core/person.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person, Thing } from "../../core/rights.ts";
import type { Cloud, Value } from "../cloud/cloud.ts";
import { actRow, demand } from "../records/acts.ts";
import { countOne } from "../records/caps.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { teamWith } from "../records/people-listed.ts";
import { latestProofs, newProofChange, type Proof } from "../records/proofs.ts";
import { untilWritten } from "../records/until-written.ts";

/** A team is small; whoever names more has taken a list of readers. */
const mostOfTeam = 20;
/** A proof is looked at before the next one. */
const mostPerHour = 20;

/** Whom a proof may go to: who makes the issue, and whoever asks. */
export const teamOf = (cloud: Cloud, { id }: Person, publication: string): Promise<KnownPerson[]> =>
  teamWith(cloud, publication, id);

/**
 * Sends this very build to people of the team, as they would get it, marked in the subject. No reader is written to and
 * nothing counts as a delivery.
 *
 * @param to ids of people
 * @param seen fingerprint that was shown
 * @throws Refusal `not-built`, `rebuilt`, `proof-nobody`, `proof-stranger`, `proof-too-many`, `proof-too-often`, `not-allowed`
 */
export async function sendProof(
  cloud: Cloud,
  person: Person,
  place: Place,
  { seen, to }: { readonly seen: string; readonly to: readonly string[] },
): Promise<Proof> {
  const thing: Thing = { publication: place.publication, kind: "issue", id: place.issue };
  demand(person, "proof", thing);
  const { language } = await demandBuild(cloud, place, seen);
  const readers = await readersAmong(cloud, person, place.publication, to);
  const asked = await countOne(cloud, { what: "proof", ours: place.publication });
  if (asked > mostPerHour) throw new Refusal("proof-too-often", { most: mostPerHour });
  const proof = await untilWritten(async () => {
    const [last] = await latestProofs(cloud, place, 1);
    const at = cloud.clock.now().toISOString();
    const next: Proof = {
      ...{ v: 1, number: (last?.number ?? 0) + 1, at, by: person.id, fingerprint: seen },
      to: readers.map(({ id }) => id),
    };
    const details = { proof: next.number, fingerprint: seen, letters: readers.length };
    await cloud.table.write([newProofChange(place, next), actRow(cloud.clock, person, "proof", thing, details)]);
    return next;
  });
  const { number, at, fingerprint } = proof;
  const asks = readers.map(({ addressKey }): Value => {
    return { v: 1, is: "proof", id: cloud.clock.id(), at, ...place, fingerprint, language, number, addressKey };
  });
  await cloud.queues.confirmations.add(asks);
  return proof;
}

async function demandBuild(cloud: Cloud, { publication, issue: id }: Place, seen: string): Promise<Issue> {
  const issue = await requireIssue(cloud, publication, id);
  if (!("fingerprint" in issue)) throw new Refusal("not-built", { issue: issueLabel(issue) });
  if (issue.fingerprint !== seen) throw new Refusal("rebuilt", { issue: issueLabel(issue) });
  return issue;
}

async function readersAmong(
  cloud: Cloud,
  person: Person,
  publication: string,
  to: readonly string[],
): Promise<KnownPerson[]> {
  const wanted = new Set(to);
  if (wanted.size === 0) throw new Refusal("proof-nobody");
  if (wanted.size > mostOfTeam) throw new Refusal("proof-too-many", { most: mostOfTeam });
  const readers = (await teamOf(cloud, person, publication)).filter(({ id }) => wanted.has(id));
  if (readers.length < wanted.size) throw new Refusal("proof-stranger");
  return readers;
}
