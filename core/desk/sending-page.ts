import type { IssueAccount } from "../delivery/account.ts";
import { type Issue, idOfIssue } from "../issue/issue.ts";
import type { KnownPerson } from "../person.ts";
import type { Publication } from "../publication.ts";
import { type ActName, may, type Thing } from "../rights.ts";
import { spokenNumber } from "../spoken-number.ts";
import { dayFrom } from "../subscriber/retention.ts";
import { fill, type Language, words } from "../words.ts";
import { type Answered, answersView } from "./answers-view.ts";
import { fingerprintOf, shortFingerprint } from "./fingerprints.ts";
import { issueUrl } from "./issue-frame.ts";
import { issueQuestions } from "./issue-questions.ts";
import { fieldsOf, spokenMoment } from "./moment.ts";
import { type Named, nameOf } from "./name-of.ts";
import { spokenTime } from "./spoken-time.ts";

/** Everything about an issue's way out of the house, by the state it is in: proof, approval, time, and what people may say to it. */

export interface SendingInput {
  readonly issue: Issue;
  readonly publication: Publication;
  readonly person: KnownPerson;
  /** Whose ids stand in acts and builds. */
  readonly people: readonly Named[];
  /** Whom a proof may go to. */
  readonly team: readonly KnownPerson[];
  readonly proofs: readonly {
    readonly number: number;
    readonly at: string;
    readonly by: string;
    readonly fingerprint: string;
    readonly to: readonly string[];
  }[];
  readonly answers: readonly Answered[];
  /** Newest first. */
  readonly builds: readonly { readonly at: string; readonly fingerprint: string }[];
  /** Of an issue that was on its way; null before. */
  readonly account: IssueAccount | null;
  readonly now: Date;
  readonly language: Language;
}

/** Whose names the page tells. */
export const namedOn = ({ issue, proofs, answers }: Pick<SendingInput, "issue" | "proofs" | "answers">): string[] => [
  ...("builtBy" in issue ? [issue.builtBy] : []),
  ...("approval" in issue ? [issue.approval.by] : []),
  ...("voided" in issue && issue.voided ? [issue.voided.by] : []),
  ...proofs.flatMap(({ by, to }) => [by, ...to]),
  ...answers.map(({ by }) => by),
];

export function sendingPage(input: SendingInput): object {
  const { issue } = input;
  return {
    url: issueUrl(issue),
    isDraft: issue.status === "draft",
    lead: leadOf(input),
    build: buildView(input),
    voided: voidedView(input),
    proof: proofView(input),
    approval: approvalView(input),
    answers: answersView(input.answers, {
      ...input,
      ...{ fingerprint: fingerprintOf(issue), isApproved: "approval" in issue },
    }),
    schedule: scheduleView(input),
    takeBack: issue.status === "scheduled" && isAllowed(input, "take-back") ? { version: issue.version } : null,
    ...issueQuestions(input),
  };
}

const thingOf = (issue: Issue): Thing => ({ publication: issue.publication, kind: "issue", id: idOfIssue(issue) });
const isAllowed = ({ person, issue }: SendingInput, act: ActName): boolean => may(person, act, thingOf(issue));

/** The state in a sentence, and what comes next. */
function leadOf({ issue, publication, language }: SendingInput): string {
  const { lead } = words(language).desk.sending;
  const { timeZone } = publication;
  if (issue.status === "scheduled") {
    const at = spokenMoment(issue.sendAt, timeZone, language);
    const readers = spokenNumber(language, issue.expectedReaders ?? 0);
    return fill(issue.expectedReaders === undefined ? lead.scheduledOnly : lead.scheduled, { at, readers });
  }
  if (issue.status === "sent")
    return fill(issue.open > 0 ? lead.open : lead.sent, {
      at: spokenMoment(issue.sentAt, timeZone, language),
      open: spokenNumber(language, issue.open),
    });
  if (issue.status === "cancelled")
    return fill(lead.cancelled, { at: spokenMoment(issue.cancelledAt, timeZone, language) });
  return lead[issue.status];
}

function buildView({ issue, builds, people, publication, language }: SendingInput): object | null {
  const fingerprint = fingerprintOf(issue);
  if (!fingerprint || !("builtAt" in issue)) return null;
  const { builtAt, builtBy } = issue as { readonly builtAt: string; readonly builtBy: string };
  const say = words(language).desk.sending;
  const before = "voided" in issue ? issue.voided?.fingerprint : undefined;
  const other = before ?? builds.find((one) => one.fingerprint !== fingerprint)?.fingerprint;
  return {
    line: fill(say.build, {
      fingerprint: shortFingerprint(fingerprint),
      at: spokenTime(builtAt, publication.timeZone, language),
      name: nameOf(people, builtBy, language),
    }),
    differences: other ? `${issueUrl(issue)}/differences?from=${other}&to=${fingerprint}` : null,
  };
}

/** "Die Freigabe von Henrike … gilt nicht mehr: …" */
function voidedView({ issue, people, publication, language }: SendingInput): string | null {
  if (!("voided" in issue) || !issue.voided) return null;
  const { by, at, name, because, article = "" } = issue.voided;
  const approver = { name: name ?? nameOf(people, by, language), at: spokenTime(at, publication.timeZone, language) };
  const details = { ...approver, article };
  return fill(words(language).desk.sending.voided[because], details);
}

const beforeItLeaves: readonly Issue["status"][] = ["built", "approved", "scheduled"];

function proofView(input: SendingInput): object | null {
  const { issue, team, person, proofs, people, publication, language } = input;
  const fingerprint = fingerprintOf(issue);
  if (!fingerprint || !beforeItLeaves.includes(issue.status)) return null;
  const say = words(language).desk.sending;
  const me = team.filter(({ id }) => id === person.id);
  const others = team.filter(({ id }) => id !== person.id);
  return {
    seen: fingerprint,
    mayBeSent: isAllowed(input, "proof"),
    team: [...me, ...others].map(({ id, name }) => ({
      ...{ id, isMe: id === person.id, label: id === person.id ? fill(say.proofMe, { name }) : name },
    })),
    sent: proofs.map((proof) =>
      fill(proof.fingerprint === fingerprint ? say.proofSent : say.proofOlder, {
        number: proof.number,
        at: spokenTime(proof.at, publication.timeZone, language),
        name: nameOf(people, proof.by, language),
        to: proof.to.map((id) => nameOf(people, id, language)).join(", "),
      }),
    ),
  };
}

function approvalView(input: SendingInput): object | null {
  const { issue, person, people, publication, language } = input;
  const say = words(language).desk.sending;
  if (issue.status === "built") {
    const isOwn = publication.approvals === "two" && issue.builtBy === person.id;
    const mayApprove = may(person, "approve", {
      ...thingOf(issue),
      by: issue.builtBy,
      approvals: publication.approvals,
    });
    return {
      line: null,
      look: `${issueUrl(issue)}/approval`,
      note: mayApprove ? null : isOwn && isAllowed(input, "schedule") ? say.ownBuild : say.otherApproves,
      mayApprove,
      ask: isAllowed(input, "ask-approval") ? { seen: issue.fingerprint } : null,
    };
  }
  if (!("approval" in issue)) return null;
  const { approval } = issue as { readonly approval: { by: string; at: string; name?: string } };
  const details = {
    name: approval.name ?? nameOf(people, approval.by, language),
    at: spokenTime(approval.at, publication.timeZone, language),
  };
  return { line: fill(say.approved, details), look: null, note: null, mayApprove: false, ask: null };
}

function scheduleView(input: SendingInput): object | null {
  const { issue, publication, now } = input;
  if (issue.status !== "approved" || !isAllowed(input, "schedule")) return null;
  const today = fieldsOf(now, publication.timeZone).date;
  const zone = fill(words(input.language).desk.sending.zone, { zone: publication.timeZone });
  return { date: issue.date > today ? issue.date : dayFrom(today, 1), time: usualHour, zone };
}

/** Of the day the issue appears, or of tomorrow: when offices read their mail. */
const usualHour = "09:00";
