import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { issueAccount } from "../../functions/records/account.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { accountLines } from "../account-lines.ts";
import { inSession, person, publicationOf } from "../session.ts";
import type { Run } from "./command.ts";
import { issueArgument, issueLines } from "./issues.ts";

/** A word of command to an issue on its way; the answer is where it stands now. */
const toSending =
  (change: (cloud: Cloud, person: Person, place: Place) => Promise<void>): Run =>
  (call) =>
    inSession(call, async ({ cloud, settle }) => {
      const place = { publication: await publicationOf(call, cloud), issue: issueArgument(call) };
      await change(cloud, person, place);
      await settle();
      const issue = await requireIssue(cloud, place.publication, place.issue);
      const account = await issueAccount(cloud, place.publication, place.issue);
      const lines = account ? accountLines(call.language, account) : [];
      call.show({ issue, account: account ?? null }, [...issueLines(call, issue), ...lines]);
      return 0;
    });

export const issuesPause = toSending(pauseIssue);
export const issuesResume = toSending(resumeIssue);
export const issuesCancel = toSending(cancelIssue);
