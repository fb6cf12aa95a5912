import { issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { sendProof, teamOf } from "../../functions/desk/proofs.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { issueArgument, option, type Run } from "./command.ts";

/** To the whole team, or to the ids somebody names. */
export const issuesProof: Run = (call) =>
  inSession(call, async ({ cloud, settle }) => {
    const publication = await publicationOf(call, cloud);
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    if (!("fingerprint" in issue)) throw new Refusal("not-built", { issue: issueLabel(issue) });
    const team = (await teamOf(cloud, person, publication)).map(({ id }) => id);
    const to =
      option(call, "to")
        ?.split(",")
        .map((id) => id.trim()) ?? team;
    const place = { publication, issue: issueArgument(call) };
    const proof = await sendProof(cloud, person, place, { seen: issue.fingerprint, to });
    await settle();
    const { number } = proof;
    call.show(proof, [fill(call.say.issue.proofSent, { number, issue: issueLabel(issue), to: proof.to.join(", ") })]);
    return 0;
  });
