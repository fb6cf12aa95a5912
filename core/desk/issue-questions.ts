import type { IssueAccount } from "../delivery/account.ts";
import { type RestGroup, restGroups } from "../delivery/rest.ts";
import { type Issue, idOfIssue } from "../issue/issue.ts";
import { type ActName, may, type Person } from "../rights.ts";
import { spokenNumber } from "../spoken-number.ts";
import { fill, type Language, words } from "../words.ts";
import { issueUrl } from "./issue-frame.ts";

/** What may be said to an issue on its way, each asked once more on a page of its own. */

export type QuestionName = "pause" | "resumption" | "cancellation" | "rest";
const questions: Readonly<
  Record<QuestionName, { readonly act: ActName; readonly states: readonly Issue["status"][] }>
> = {
  pause: { act: "pause", states: ["sending"] },
  resumption: { act: "resume", states: ["paused"] },
  rest: { act: "send-rest", states: ["sent", "cancelled"] },
  cancellation: { act: "cancel", states: ["approved", "scheduled", "sending", "paused"] },
};

/** Whether an issue is where that can be said to it. */
export const isAskable = (name: QuestionName, { status }: Issue): boolean => questions[name].states.includes(status);

export interface Asked {
  readonly issue: Issue;
  readonly person: Person;
  /** null where nobody was planned, or nothing is known yet. */
  readonly account: IssueAccount | null;
  readonly language: Language;
}

/** @returns `rest`: who is left, in a sentence, where sending to them may be asked for */
export function issueQuestions(asked: Asked): {
  readonly questions: readonly { readonly url: string; readonly label: string }[];
  readonly rest: string | null;
} {
  const { issue, account, language } = asked;
  const say = words(language).desk.sending;
  const names = namesOf(asked);
  const left = leftOf(account);
  const labelOf = (name: QuestionName) => (name === "rest" && left.length === 0 ? say.rest.look : say.questions[name]);
  return {
    questions: names.map((name) => ({ url: `${issueUrl(issue)}/${name}`, label: labelOf(name) })),
    rest: names.includes("rest") && account ? restSentence(left, language) : null,
  };
}

function namesOf({ issue, person }: Asked): QuestionName[] {
  const thing = { publication: issue.publication, kind: "issue", id: idOfIssue(issue) } as const;
  const wasBegun = issue.status !== "cancelled" || "startedAt" in issue;
  return (Object.keys(questions) as QuestionName[]).filter(
    (name) => isAskable(name, issue) && may(person, questions[name].act, thing) && (name !== "rest" || wasBegun),
  );
}

type Left = { readonly group: RestGroup; readonly readers: number };

/**
 * Of those the issue was planned for. Whoever came or moved since is found only by looking at every reader, and nobody who
 * opens a page does that: their number stands on the page that asks.
 */
function leftOf(account: IssueAccount | null): Left[] {
  const known: Partial<Record<RestGroup, number>> = {
    "never-begun": account?.cancelled ?? 0,
    unresolved: account?.unresolved ?? 0,
  };
  return restGroups.flatMap((group) => ((known[group] ?? 0) > 0 ? [{ group, readers: known[group] ?? 0 }] : []));
}

function restSentence(left: readonly Left[], language: Language): string {
  const say = words(language).desk;
  if (left.length === 0) return say.sending.rest.nobody;
  const groups = left.map(({ group, readers }) =>
    fill(say.question.rest.groups[group], { readers: spokenNumber(language, readers) }),
  );
  return fill(say.sending.rest.left, { groups: groups.join("; ") });
}
