import * as z from "zod";
import { longestTeaser } from "../article/article.ts";
import { topicId } from "../publication.ts";
import type { Words } from "../words.ts";
import { downloadSchema } from "./download.ts";

/** "2026-01": year and number; the id of an issue in keys, paths and on the command line. "2026-01-e1": its first erratum. */
export const issueId = z.string().regex(/^\d{4}-\d{2,3}(-e\d{1,2})?$/);

const title = z.string().min(1).max(300);

/** What editors plan. Numbers are numbers: "01|26" is a label, made by {@link issueLabel}. */
export const issuePlanSchema = z.strictObject({
  publication: z.string(),
  number: z.int().min(1).max(999),
  year: z.int().min(1900).max(2999),
  /** A mail that corrects this number, to those who received it: the first, the second. Absent of the number itself. */
  erratum: z.int().min(1).max(99).optional(),
  /** The day it appears. */
  date: z.iso.date(),
  language: z.enum(["de", "en"]),
  /** For readers of this topic alone, and those who chose none; undefined: for everybody. */
  topic: topicId.optional(),
  theme: z.strictObject({ title, intro: z.string().max(2000).default("") }),
  /** Article ids. The first article of the first section is the lead, unless one is named here. */
  lead: z.string().optional(),
  editorial: z.string().optional(),
  sections: z.array(z.strictObject({ name: title, articles: z.array(z.string()) })),
  /** By article id: what stands on cover, in mail and feed in place of the article's own teaser. */
  teasers: z.record(z.string(), z.string().min(1).max(longestTeaser)).optional(),
  /** The picture that opens mail and cover, of an article of the issue; undefined: the lead's own. */
  cover: z.strictObject({ article: z.string(), picture: z.string() }).optional(),
  /** The last day authors hand in. */
  dueAt: z.iso.date().optional(),
  /** "" takes "<title> 01|26: <theme>". */
  subject: z.string().max(300).default(""),
  /** "" takes the first three titles. */
  preheader: z.string().max(300).default(""),
  downloads: z.array(downloadSchema).default([]),
  corrections: z
    .array(z.strictObject({ article: z.string(), date: z.iso.date(), text: z.string().min(1).max(2000) }))
    .default([]),
});
export type IssuePlan = z.infer<typeof issuePlanSchema>;

/** Hash over the editions of one build: what an approval is bound to. */
export type Fingerprint = string;

export interface Approval {
  readonly by: string;
  readonly at: string;
  /** Of somebody without an account, who was asked by a personal link. */
  readonly name?: string;
}
/** An approval that holds no more, so that whoever gave it sees why. */
export interface VoidApproval extends Approval {
  readonly fingerprint: Fingerprint;
  /** The plan was changed, or an article in it, or a build brought other editions. */
  readonly because: "changed" | "article" | "rebuilt";
  /** The title of the article that was. */
  readonly article?: string;
}
interface Versioned {
  readonly v: 1;
  /** Counts every change; a change that names an older one is refused. */
  readonly version: number;
}
type Edited = IssuePlan & Versioned;
/** Stays until somebody approves anew. */
type Unapproved = { readonly voided?: VoidApproval };

export type Draft = Edited & Unapproved & { readonly status: "draft" };
export type BuiltFields = { readonly fingerprint: Fingerprint; readonly builtBy: string; readonly builtAt: string };
export type Built = Edited & Unapproved & BuiltFields & { readonly status: "built" };
export type ApprovedFields = BuiltFields & { readonly approval: Approval };
export type Approved = Edited & ApprovedFields & { readonly status: "approved" };
export type ScheduledFields = ApprovedFields & {
  readonly sendAt: string;
  readonly scheduledBy: string;
  /** How many readers the person who scheduled it was told of and said yes to. */
  readonly expectedReaders?: number;
};
export type Scheduled = Edited & ScheduledFields & { readonly status: "scheduled" };
export type Sending = Edited & ScheduledFields & { readonly status: "sending"; readonly startedAt: string };
/** Why an issue waits; its sentence lives in `core/wording` under `pause.<reason>`. */
export type PauseReason = keyof Words["pause"];
export type Paused = Edited &
  ScheduledFields & {
    readonly status: "paused";
    readonly startedAt: string;
    readonly pausedAt: string;
    readonly reason: PauseReason;
  };
export type Sent = Edited &
  ScheduledFields & {
    readonly status: "sent";
    readonly startedAt: string;
    readonly sentAt: string;
    /** Deliveries nobody can tell the fate of. */
    readonly open: number;
  };
export type Cancelled = Edited & {
  readonly status: "cancelled";
  readonly cancelledAt: string;
  readonly cancelledBy: string;
};

export type Issue = Draft | Built | Approved | Scheduled | Sending | Paused | Sent | Cancelled;

export interface Numbered {
  readonly number: number;
  readonly year: number;
  readonly erratum?: number | undefined;
}

/** "2026-01": sorts as issues do, its errata behind it: "2026-01-e1". */
export const idOfIssue = ({ number, year, erratum }: Numbered): string =>
  `${year}-${String(number).padStart(2, "0")}${erratum === undefined ? "" : `-e${erratum}`}`;

/** What an id says; undefined when it is none. */
export function numberedAs(id: string): Numbered | undefined {
  const [, year, number, erratum] = /^(\d{4})-(\d{1,3})(?:-e(\d{1,2}))?$/.exec(id.trim()) ?? [];
  if (year === undefined) return undefined;
  return { year: Number(year), number: Number(number), ...(erratum !== undefined && { erratum: Number(erratum) }) };
}

const errata = ({ erratum }: Numbered): string => (erratum === undefined ? "" : ` E${erratum}`);

/** "01|26", for eyes; an erratum is "01|26 E1". */
export const issueLabel = (issue: Numbered): string =>
  `${String(issue.number).padStart(2, "0")}|${String(issue.year % 100).padStart(2, "0")}${errata(issue)}`;

/** "01/2026", for ears and file names of people; "Ausgabe" before it is wording. */
export const spokenLabel = (issue: Numbered): string =>
  `${String(issue.number).padStart(2, "0")}/${issue.year}${errata(issue)}`;

/** Reads what people type: "2026-01", "1/2026", "01/26", "01|26", "2026-01-e1". Undefined when it is none of them. */
export function readIssueId(typed: string): string | undefined {
  const ours = numberedAs(typed.trim().toLowerCase());
  if (ours) return idOfIssue(ours);
  const theirs = /^(\d{1,3})\s*[/|]\s*(\d{4}|\d{2})$/.exec(typed.trim());
  if (!theirs) return undefined;
  const year = Number(theirs[2]);
  return idOfIssue({ year: year < 100 ? 2000 + year : year, number: Number(theirs[1]) });
}
