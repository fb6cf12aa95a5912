import { type Issue, idOfIssue, issueLabel } from "../issue/issue.ts";
import { may, type Person } from "../rights.ts";
import { fill, type Language, type Words, words } from "../words.ts";
import { rightOf } from "./routes.ts";

/** What stands above every page of an issue: its number, theme and state, and the ways between its pages. */
export interface IssueFrame {
  /** "Ausgabe 02|26" */
  readonly label: string;
  readonly theme: string;
  readonly state: StateView;
  readonly url: string;
  readonly tabs: readonly { readonly url: string; readonly label: string; readonly isCurrent: boolean }[];
}

export interface StateView {
  readonly label: string;
  readonly tone: "quiet" | "good" | "asks" | "stops";
}

export type IssueTab = keyof Words["desk"]["tabs"];
const paths: Readonly<Record<IssueTab, string>> = {
  ...{ contents: "", preview: "/preview", check: "/check" },
  ...{ readers: "/readers", sending: "/sending", report: "/report", corrections: "/corrections" },
};

/** @param current the page it stands above */
export function issueFrame(person: Person, issue: Issue, current: IssueTab, language: Language): IssueFrame {
  const url = issueUrl(issue);
  const { tabs } = words(language).desk;
  const thing = { publication: issue.publication, kind: "issue", id: idOfIssue(issue) } as const;
  const isOpen = (path: string): boolean => {
    const right = rightOf("GET", `/:publication/issues/:issue${path}`);
    return right !== undefined && (right === "any" || may(person, right, thing));
  };
  return {
    label: labelOf(issue, language),
    theme: issue.theme.title,
    state: issueState(issue, language),
    url,
    tabs: (Object.keys(paths) as IssueTab[])
      .filter((tab) => isOpen(paths[tab]) && (tab !== "corrections" || isPublic(issue)))
      .map((tab) => ({ url: url + paths[tab], label: tabs[tab], isCurrent: tab === current })),
  };
}

/** What is not public yet is changed where it is made. */
const isPublic = (issue: Issue): boolean => "startedAt" in issue;

/** "/elblandbote/issues/2026-02" */
export const issueUrl = (issue: Issue): string => `/${issue.publication}/issues/${idOfIssue(issue)}`;

/** "Ausgabe 02|26" */
export const labelOf = (issue: { number: number; year: number }, language: Language): string =>
  fill(words(language).desk.issues.label, { issue: issueLabel(issue) });

const tones: Readonly<Record<Issue["status"], StateView["tone"]>> = {
  ...{ draft: "quiet", built: "asks", approved: "good", scheduled: "good" },
  ...{ sending: "good", paused: "stops", sent: "quiet", cancelled: "quiet" },
};

/** In a word, and how much it asks of somebody. */
export const issueState = ({ status }: Issue, language: Language): StateView => ({
  label: words(language).state.issue[status],
  tone: tones[status],
});
