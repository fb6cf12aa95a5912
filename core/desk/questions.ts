import { type Issue, idOfIssue } from "../issue/issue.ts";
import { type ActName, may, type Person } from "../rights.ts";

/** What may be said to an issue on its way; each is asked once more. */

export type QuestionName = "pause" | "resumption" | "cancellation" | "rest";
const questions: Readonly<
  Record<QuestionName, { readonly act: ActName; readonly states: readonly Issue["status"][] }>
> = {
  pause: { act: "pause", states: ["sending"] },
  resumption: { act: "resume", states: ["paused"] },
  rest: { act: "send-rest", states: ["sent", "cancelled"] },
  cancellation: { act: "cancel", states: ["approved", "scheduled", "sending", "paused"] },
};

/** Those that somebody may be asked about an issue now. */
export function questionsOf(issue: Issue, person: Person): QuestionName[] {
  const thing = { publication: issue.publication, kind: "issue", id: idOfIssue(issue) } as const;
  const wasBegun = issue.status !== "cancelled" || "startedAt" in issue;
  return (Object.keys(questions) as QuestionName[]).filter(
    (name) =>
      questions[name].states.includes(issue.status) &&
      may(person, questions[name].act, thing) &&
      (name !== "rest" || wasBegun),
  );
}
