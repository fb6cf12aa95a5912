import type { Fingerprint } from "../../core/issue/issue.ts";
import type { AddressKey } from "../../core/subscriber/subscriber.ts";
import type { Language } from "../../core/words.ts";
import type { Change, Cloud, Item, Key } from "../cloud/cloud.ts";
import type { Place } from "./issue-control.ts";
import { approvalLinkKey, approvalRequestKey } from "./keys.ts";
import { behindLink, makeLink } from "./personal-links.ts";

/** What somebody says to a build: asked for by a personal link, or of their own accord at the desk. */
export interface ApprovalRequest extends Place {
  readonly v: 1;
  readonly id: string;
  readonly fingerprint: Fingerprint;
  readonly name: string;
  /** Null for whoever has an account. */
  readonly addressKey: AddressKey | null;
  /** Their id, where the desk knew them when they were asked. */
  readonly person?: string;
  /** Who asked, and in which language they used the desk. */
  readonly by: string;
  readonly askedIn?: Language;
  readonly at: string;
  /** Until then the link is good. */
  readonly until: string;
  readonly answer: Answer | null;
}
export interface Answer {
  readonly is: "approved" | "declined";
  readonly at: string;
  /** Why not; "" with a yes. */
  readonly words: string;
}

const keyOf = ({ publication, issue, at, id }: Omit<ApprovalRequest, "answer">): Key =>
  approvalRequestKey(publication, issue, `${at}#${id}`);

/** How long it is told what somebody said. */
const toldDays = 180;

export const newRequestChange = ({ answer, ...request }: ApprovalRequest): Change => ({
  put: {
    ...{ ...keyOf(request), ...request, ...(answer && { answer: { ...answer } }) },
    expiresAt: new Date(Date.parse(request.at) + toldDays * 86_400_000).toISOString(),
  },
  if: "absent",
});

/** Each is answered once. */
export const answerChange = (request: ApprovalRequest, answer: Answer): Change => ({
  patch: keyOf(request),
  set: { answer: { ...answer }, addressKey: null },
  if: { id: request.id, answer: null },
});

/** What was asked and said of an issue, the newest first. */
export async function latestRequests(
  cloud: Cloud,
  { publication, issue }: Place,
  most: number,
): Promise<ApprovalRequest[]> {
  const [{ pk, sk: from }, { sk: to }] = ["", "~"].map((end) => approvalRequestKey(publication, issue, end)) as [
    Key,
    Key,
  ];
  const { items } = await cloud.table.query({ pk, from, to, newestFirst: true, limit: most, consistent: true });
  return items.map(requestOf);
}

export async function readRequest(
  cloud: Cloud,
  { publication, issue }: Place,
  { at, id }: Pick<ApprovalRequest, "at" | "id">,
): Promise<ApprovalRequest | undefined> {
  const [row] = await cloud.table.get([approvalRequestKey(publication, issue, `${at}#${id}`)], { consistent: true });
  return row && requestOf(row);
}

const requestOf = ({ pk: _, sk: __, expiresAt: ___, answer = null, ...request }: Item): ApprovalRequest =>
  ({ ...request, answer }) as unknown as ApprovalRequest;

/** A link to answer with, as long as the request is open. Answers its token; nobody can read it again. */
export const makeApprovalLink = (cloud: Cloud, request: ApprovalRequest): Promise<string> => {
  const { publication, issue, at, id, until } = request;
  return makeLink(cloud, approvalLinkKey, { publication, issue, at, id }, until);
};

/** Undefined: never made, too old, or of another table. */
export async function requestBehind(cloud: Cloud, token: string): Promise<ApprovalRequest | undefined> {
  const row = await behindLink(cloud, approvalLinkKey, token);
  if (!row) return undefined;
  const place = { publication: String(row.publication), issue: String(row.issue) };
  return readRequest(cloud, place, { at: String(row.at), id: String(row.id) });
}
