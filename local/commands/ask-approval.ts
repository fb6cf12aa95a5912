import { issueLabel } from "../../core/issue/issue.ts";
import { Refusal } from "../../core/refusal.ts";
import { fill } from "../../core/words.ts";
import { askApproval } from "../../functions/desk/asking-approval.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { requirePublication } from "../../functions/records/publications.ts";
import { deskUrlOf } from "../desk-url.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { spokenTime } from "../wall-clock.ts";
import { issueArgument, option, type Run } from "./command.ts";

/** By a personal link to the build that stands there now, or exactly to the one somebody saw. */
export const issuesAskApproval: Run = (call) =>
  inSession(call, async ({ cloud, isHere, settle }) => {
    const { id: publication, timeZone } = await requirePublication(cloud, await publicationOf(call, cloud));
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    if (!("fingerprint" in issue)) throw new Refusal("not-built", { issue: issueLabel(issue) });
    const seen = option(call, "fingerprint") ?? issue.fingerprint;
    const [address = "", name = ""] = [call.args[1], option(call, "name")];
    const desk = await deskUrlOf(call, { cloud, isHere });
    const place = { publication, issue: issueArgument(call) };
    const request = await askApproval(cloud, person, place, { seen, name, address, desk });
    await settle();
    const until = spokenTime(new Date(request.until), timeZone, call.language);
    const { addressKey: _, ...shown } = request;
    call.show(shown, [fill(call.say.issue.approvalAsked, { name: request.name, issue: issueLabel(issue), until })]);
    return 0;
  });
