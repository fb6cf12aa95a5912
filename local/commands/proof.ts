import { nameOf } from "../../core/desk/name-of.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { requirePersonAt } from "../../functions/desk/people.ts";
import { sendProof, teamOf } from "../../functions/desk/proofs.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { issueArgument, option, type Run } from "./command.ts";

/** To the whole team, or to those somebody names by their addresses or ids. */
export const issuesProof: Run = (call) =>
  inSession(call, async ({ cloud, settle }) => {
    const publication = await publicationOf(call, cloud);
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    if (!("fingerprint" in issue)) throw new Refusal("not-built", { issue: issueLabel(issue) });
    const named = option(call, "to")?.split(",");
    const readers = named
      ? await Promise.all(named.map((typed) => requirePersonAt(cloud, publication, typed.trim())))
      : await teamOf(cloud, person, publication);
    const to = readers.map(({ id }) => id);
    const place = { publication, issue: issueArgument(call) };
    const proof = await sendProof(cloud, person, place, { seen: issue.fingerprint, to });
    await settle();
    const { number } = proof;
    const names = proof.to.map((id) => nameOf(readers, id, call.language)).join(", ");
    call.show(proof, [fill(call.say.issue.proofSent, { number, issue: issueLabel(issue), to: names })]);
    return 0;
  });
