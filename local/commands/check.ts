import { findingSentence } from "../../core/check/finding.ts";
import { addressOf } from "../../core/check/place.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import { openWeb } from "../../functions/cloud/web.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { checkLines } from "../check-lines.ts";
import { inSession, publicationOf } from "../session.ts";
import { issueArgument, type Run } from "./command.ts";

/** Exit code 2 where anything is red. */
export const issuesCheck: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const publication = await publicationOf(call, cloud);
    const issue = await requireIssue(cloud, publication, issueArgument(call));
    const id = idOfIssue(issue);
    const web = call.options["no-links"] === true ? undefined : openWeb();
    // It builds the issue: MJML and sharp are loaded once the issue is found.
    const { checkIssue } = await import("../../functions/desk/check.ts");
    const checked = await checkIssue(cloud, publication, id, web);
    const findings = checked.findings.map((finding) => ({
      ...finding,
      address: addressOf(finding.place, id),
      sentence: findingSentence(call.language, finding),
    }));
    call.show({ issue: id, ...checked, findings }, checkLines(call, issue, checked));
    return findings.some(({ colour }) => colour === "red") ? 2 : 0;
  });
