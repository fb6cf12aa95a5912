import { Refusal } from "../refusal.ts";
import { type Built, type Draft, type Issue, type IssuePlan, issueLabel, type VoidApproval } from "./issue.ts";

/** States in which editors may still change the plan or build it. */
const editable = ["draft", "built", "approved"] as const;
export type Editable = Extract<Issue, { status: (typeof editable)[number] }>;

/** Whether editors may still change it. */
export const isEditable = (issue: Issue): issue is Editable => (editable as readonly string[]).includes(issue.status);

/** A new issue as an editor plans it; its first save is version 1. @throws Refusal `article-twice`, `section-twice`, `download-twice` */
export function draft(plan: IssuePlan): Draft {
  demandEachOnce(plan);
  return { ...plan, v: 1, version: 0, status: "draft" };
}

/**
 * Changes the plan of an issue that is not on its way yet; any build and any approval is void.
 *
 * @throws Refusal `in-motion` once it is scheduled, `article-twice`, `section-twice`, `download-twice`
 */
export function redraft(given: Issue, plan: IssuePlan): Draft {
  const issue = demandEditable(given);
  demandEachOnce(plan);
  return { ...plan, v: 1, version: issue.version, status: "draft", ...voidedBy("changed", issue) };
}

/**
 * The same plan over other words: an article in it was changed. Any build and any approval is void; a build that is being
 * made at this moment finds a version it does not know.
 *
 * @param title of the article
 */
export const reworded = (issue: Editable, title: string): Draft => ({
  ...{ ...planOf(issue), v: 1, version: issue.version, status: "draft" },
  ...voidedBy("article", issue, { article: title }),
});

/**
 * The issue with a plan somebody changed. What only the desk looks at, the day authors hand in, leaves build and approval
 * as they are.
 *
 * @throws Refusal as {@link redraft}
 */
export function replan(given: Issue, plan: IssuePlan): Editable {
  const issue = demandEditable(given);
  const { dueAt: before, ...seen } = issue;
  const { dueAt } = plan;
  const isForDeskAlone = before !== dueAt && sameButDueDay(issue, plan);
  return isForDeskAlone ? ({ ...seen, ...(dueAt !== undefined && { dueAt }) } as Editable) : redraft(issue, plan);
}

const sameButDueDay = (one: IssuePlan, other: IssuePlan): boolean => {
  const seen = ({ dueAt: _, ...plan }: IssuePlan) => JSON.stringify(planOf(plan));
  return seen(one) === seen(other);
};

/** What an approval was, once it holds no more. */
function voidedBy(
  because: VoidApproval["because"],
  issue: Editable,
  what: Pick<VoidApproval, "article"> = {},
): { readonly voided?: VoidApproval } {
  if (issue.status === "approved")
    return { voided: { ...issue.approval, fingerprint: issue.fingerprint, because, ...what } };
  return issue.voided ? { voided: issue.voided } : {};
}

/**
 * Notes a finished build. A rebuild voids an approval, unless it is the very same bytes.
 *
 * @throws Refusal `in-motion` once it is scheduled
 */
export function markBuilt(issue: Issue, build: { fingerprint: string; by: string; at: string }): Issue {
  const editableIssue = demandEditable(issue);
  if (editableIssue.status !== "draft" && editableIssue.fingerprint === build.fingerprint) return editableIssue;
  const { fingerprint, by: builtBy, at: builtAt } = build;
  return {
    ...planOf(editableIssue),
    v: 1,
    version: issue.version,
    status: "built",
    fingerprint,
    builtBy,
    builtAt,
    ...voidedBy("rebuilt", editableIssue),
  } satisfies Built;
}

/** Lead and editorial may stand in a section too; no article stands in two sections, no two sections have one name, no two files one address. */
function demandEachOnce(plan: IssuePlan): void {
  const twice = repeated(plan.sections.flatMap(({ articles }) => articles));
  if (twice !== undefined) throw new Refusal("article-twice", { article: twice, issue: issueLabel(plan) });
  const section = repeated(plan.sections.map(({ name }) => name));
  if (section !== undefined) throw new Refusal("section-twice", { section, issue: issueLabel(plan) });
  const file = repeated(plan.downloads.map((download) => download.file));
  if (file !== undefined) throw new Refusal("download-twice", { file });
}

const repeated = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);

/** @throws Refusal `in-motion`, `already-sent`, `was-cancelled` */
export function demandEditable(issue: Issue): Editable {
  if (isEditable(issue)) return issue;
  const closed = { sent: "already-sent", cancelled: "was-cancelled" } as const;
  const reason = issue.status === "sent" || issue.status === "cancelled" ? closed[issue.status] : "in-motion";
  throw new Refusal(reason, { issue: issueLabel(issue) });
}

/** The plan alone, without state, version or build. */
export const planOf = (issue: IssuePlan): IssuePlan => ({
  publication: issue.publication,
  number: issue.number,
  year: issue.year,
  ...(issue.erratum === undefined ? {} : { erratum: issue.erratum }),
  date: issue.date,
  language: issue.language,
  ...(issue.topic === undefined ? {} : { topic: issue.topic }),
  theme: issue.theme,
  ...(issue.lead === undefined ? {} : { lead: issue.lead }),
  ...(issue.editorial === undefined ? {} : { editorial: issue.editorial }),
  sections: issue.sections,
  ...(issue.teasers === undefined ? {} : { teasers: issue.teasers }),
  ...(issue.cover === undefined ? {} : { cover: issue.cover }),
  ...(issue.dueAt === undefined ? {} : { dueAt: issue.dueAt }),
  subject: issue.subject,
  preheader: issue.preheader,
  downloads: issue.downloads,
  corrections: issue.corrections,
});

/** Every article an issue names, in order, each once. */
export const articlesOf = (plan: IssuePlan): string[] => [
  ...new Set(
    [plan.lead, plan.editorial, ...plan.sections.flatMap(({ articles }) => articles)].filter((id) => id !== undefined),
  ),
];
