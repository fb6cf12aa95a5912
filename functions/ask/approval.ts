import { issueLabel } from "../../core/issue/issue.ts";
import type { ApprovalAsk } from "../../core/subscriber/ask.ts";
import { addressKeyOf, addressSecret } from "../../core/subscriber/link.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { makeApprovalLink, readRequest } from "../records/approval-requests.ts";
import { readIssue } from "../records/issues.ts";
import { deskMailKey } from "../records/keys.ts";
import { listPeople } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** Undefined once it was answered, or the build is another: there is nothing left to ask. */
export async function toApprover(cloud: Cloud, ask: ApprovalAsk): Promise<AnswerTo | undefined> {
  const [publication, issue, request] = await Promise.all([
    findPublication(cloud, ask.publication),
    readIssue(cloud, ask.publication, ask.issue),
    readRequest(cloud, ask, ask),
  ]);
  const addressKey = addressKeyOf(addressSecret(await cloud.secrets.read("address")), ask.address);
  if (!publication || !request || request.answer || (await isSilenced(cloud, addressKey))) return undefined;
  if (issue?.status !== "built" || issue.fingerprint !== request.fingerprint) return undefined;
  const asker = (await listPeople(cloud, ask.publication)).find(({ id }) => id === request.by)?.name;
  const { name, until } = request;
  const about = { issue: issueLabel(issue), theme: issue.theme.title, name, asker, until };
  return {
    asked: { is: "approval", publication, ...about },
    key: deskMailKey(addressKey, ask.publication, ask.id),
    ...{ addressKey, address: ask.address, language: publication.language, token: undefined },
    makeLink: async () => new URL(`/r/approval/${await makeApprovalLink(cloud, request)}`, ask.desk).href,
  };
}
