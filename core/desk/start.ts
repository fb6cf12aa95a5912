import { longDay } from "../edition/web/dates.ts";
import { dateFormat } from "../formats.ts";
import { type Issue, idOfIssue, issueLabel } from "../issue/issue.ts";
import { pauseSentence } from "../issue/send.ts";
import type { Publication } from "../publication.ts";
import { type ActName, may, type Person } from "../rights.ts";
import { fill, type Language, words } from "../words.ts";
import { spokenHour } from "./moment.ts";

/** What is asked of somebody, one line each: the issues that are not out yet, and what the next step of each is. */

export interface Task {
  readonly url: string;
  readonly label: string;
  readonly what: string;
  readonly state: { readonly label: string; readonly tone: "quiet" | "good" | "asks" | "stops" } | null;
}

interface Step {
  /** Who can take it: others are told what the issue waits for. */
  readonly act: ActName;
  /** The tab of the issue on which it is taken. */
  readonly tab: "" | "/sending";
}

/** What somebody may begin here, as buttons: the next issue where none is being made, and a contribution. */
export function beginnings(
  publication: string,
  language: Language,
  { mayDo, issues }: { readonly mayDo: (act: ActName) => boolean; readonly issues: readonly Issue[] },
): readonly { readonly url: string; readonly label: string; readonly isFirst: boolean }[] {
  const { begin } = words(language).desk.start;
  const isMaking = issues.some(({ status }) => status !== "sent" && status !== "cancelled");
  const all = [
    ...(mayDo("draft") && !isMaking ? [{ url: `/${publication}/issues#new-issue`, label: begin.issue }] : []),
    ...(mayDo("submit") ? [{ url: `/${publication}/submissions/new`, label: begin.submission }] : []),
    ...(mayDo("add-person") ? [{ url: `/${publication}/people`, label: begin.person }] : []),
  ];
  return all.map((one, index) => ({ ...one, isFirst: index === 0 }));
}

type Open = Exclude<Issue, { status: "sent" | "cancelled" }>;
type Status = Open["status"];

const steps: Readonly<Record<Status, Step>> = {
  draft: { act: "draft", tab: "" },
  built: { act: "approve", tab: "/sending" },
  approved: { act: "schedule", tab: "/sending" },
  scheduled: { act: "schedule", tab: "/sending" },
  sending: { act: "pause", tab: "/sending" },
  paused: { act: "resume", tab: "/sending" },
};

/** @param issues the newest first; those that are out, or never will be, ask for nothing */
export function issueTasks(
  issues: readonly Issue[],
  { publication, person, language }: { publication: Publication; person: Person; language: Language },
): readonly Task[] {
  return issues.flatMap((issue) =>
    issue.status === "sent" || issue.status === "cancelled" ? [] : [taskOf(issue, { publication, person, language })],
  );
}

function taskOf(
  issue: Open,
  { publication, person, language }: { publication: Publication; person: Person; language: Language },
): Task {
  const { status } = issue;
  const say = words(language);
  const { act, tab } = steps[status];
  const builtBy = issue.status === "built" ? { by: issue.builtBy } : {};
  const thing = { publication: publication.id, kind: "issue", id: idOfIssue(issue), ...builtBy } as const;
  const isTheirs = may(person, act, { ...thing, approvals: publication.approvals });
  const sentences = isTheirs ? say.desk.start.yours : say.desk.start.others;
  const what = issue.status === "paused" ? pauseSentence(language, issue) : sentences[issue.status];
  return {
    url: `/${publication.id}/issues/${idOfIssue(issue)}${tab}`,
    label: `${issueLabel(issue)} ${issue.theme.title}`,
    what: fill(what, {
      day: longDay(issue.date, language),
      time: "sendAt" in issue ? timeOf(issue.sendAt, publication, language) : "",
    }),
    state: { label: say.state.issue[status], tone: toneOf(status, isTheirs) },
  };
}

function toneOf(status: Status, isTheirs: boolean): NonNullable<Task["state"]>["tone"] {
  if (status === "paused") return "stops";
  if (status === "sending" || status === "scheduled") return "good";
  return isTheirs ? "asks" : "quiet";
}

/** "Dienstag, 8. Dezember, 9:00 Uhr": the year is this one or near. */
function timeOf(at: string, { timeZone }: Publication, language: Language): string {
  const say = (options: Intl.DateTimeFormatOptions): string =>
    dateFormat(language === "de" ? "de-DE" : "en-GB", { ...options, timeZone }).format(new Date(at));
  const day = say({ weekday: "long", day: "numeric", month: "long" });
  return `${day}, ${spokenHour(at, timeZone, language)}`;
}
