import * as z from "zod";
import { issueId } from "../issue/issue.ts";
import { publicationId, topicId } from "../publication.ts";
import type { Details, RefusalCode } from "../refusal.ts";
import { addressKeyLength } from "./subscriber.ts";

/**
 * What is to be answered by mail, as it waits in the queue `confirmations`: what readers ask for on the site, where whoever
 * asks is answered before anybody looks; mails that came in; and what the desk writes to its own people.
 */

/** More publications in one sign-up than any office has. */
export const mostPublications = 20;

const common = { v: z.literal(1), id: z.string().min(1) };
const at = z.iso.datetime();
const addressKey = z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${addressKeyLength}}$`));
const addressText = z.string().min(3).max(254);
/** Hash of the wording that was shown, see `wordingOf`. */
const wording = z.string().regex(/^[0-9a-f]{16}$/);

/** The `Message-ID` of the mail that is answered. */
const inReplyTo = z.string().max(410).optional();
const fingerprint = z.string().min(1).max(128);
const isText = (value: unknown): boolean => typeof value === "string";
const isDetails = (value: unknown): boolean => typeof value === "object" && value !== null;

export const askSchema = z.discriminatedUnion("is", [
  z.object({
    ...common,
    is: z.literal("sign-up"),
    at,
    /** The one whose form it was comes first. */
    publications: z.array(publicationId).min(1).max(mostPublications),
    /** As `readAddress` spells it. */
    address: addressText,
    /** As `readName` leaves it. */
    name: z.string(),
    language: z.enum(["de", "en"]),
    format: z.enum(["html", "text"]),
    /** Chosen topics by publication; a publication that is not named sends everything. */
    topics: z.record(z.string(), z.array(topicId)),
    /** Address of the form's page. */
    form: z.string().max(300),
    wording,
  }),
  z.object({
    ...common,
    is: z.literal("move"),
    at,
    publication: publicationId,
    from: addressKey,
    address: addressText,
  }),
  z.object({ ...common, is: z.literal("welcome"), publication: publicationId, addressKey }),
  z.object({
    ...common,
    is: z.literal("receipt"),
    at,
    publication: publicationId,
    addressKey,
    inReplyTo,
    subject: z.string(),
    /** What became of the mail: a submission, or why it was none. */
    submission: z.string().optional(),
    refused: z.object({ code: z.custom<RefusalCode>(isText), details: z.custom<Details>(isDetails) }).optional(),
  }),
  z.object({
    ...common,
    is: z.literal("review"),
    at,
    publication: publicationId,
    article: z.string(),
    review: z.string(),
    /** Of a person the publication knows; of anybody else the address itself, which is kept nowhere. */
    to: z.union([z.object({ addressKey }), z.object({ address: addressText })]),
    /** Where the desk stands: its links begin with it. */
    desk: z.url().max(300),
  }),
  z.object({
    ...common,
    is: z.literal("invitation"),
    at,
    publication: publicationId,
    addressKey,
    /** Where the desk stands. */
    desk: z.url({ protocol: /^https?$/ }),
  }),
  z.object({ ...common, is: z.literal("stranger"), at, publication: publicationId, address: addressText, inReplyTo }),
  z.object({
    ...common,
    is: z.literal("proof"),
    at,
    publication: publicationId,
    issue: issueId,
    /** Which build, and in which language it was made. */
    fingerprint,
    language: z.enum(["de", "en"]),
    /** Of somebody of the team. */
    addressKey,
    number: z.int().min(1),
  }),
  z.object({
    ...common,
    is: z.literal("approval"),
    at,
    publication: publicationId,
    issue: issueId,
    address: addressText,
    /** Where the desk stands: the link leads there. */
    desk: z.url().max(300),
  }),
  z.object({
    ...common,
    is: z.literal("answered"),
    /** When it was answered: another answer has another time. */
    at,
    publication: publicationId,
    of: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("review"), article: z.string(), review: z.string() }),
      z.object({
        kind: z.literal("approval"),
        issue: issueId,
        request: z.object({ at: z.iso.datetime(), id: z.string() }),
      }),
    ]),
    /** Where the desk stands: the link leads there. */
    desk: z.url().max(300),
  }),
  z.object({
    ...common,
    is: z.literal("handed-in"),
    at,
    publication: publicationId,
    submission: z.string(),
    /** What lay there when it was read: what lies there now has a letter of its own. */
    content: z.string(),
  }),
  z.object({
    ...common,
    is: z.literal("commission"),
    at,
    publication: publicationId,
    submission: z.string(),
    /** It is the second letter, because the day comes near. */
    reminds: z.boolean(),
    /** The day it reminds of: of another one it says nothing. */
    until: z.iso.date().optional(),
  }),
  z.object({
    ...common,
    is: z.literal("appeared"),
    at,
    publication: publicationId,
    issue: issueId,
    /** Whose articles are in it. */
    person: z.string(),
  }),
]);
export type Ask = z.infer<typeof askSchema>;
export type SignUp = Extract<Ask, { is: "sign-up" }>;
/** A reader wants their issues at another address. */
export type MoveAsk = Extract<Ask, { is: "move" }>;
/** A reader has just confirmed. */
export type WelcomeAsk = Extract<Ask, { is: "welcome" }>;
/** An author's mail was taken in, or refused. */
export type ReceiptAsk = Extract<Ask, { is: "receipt" }>;
/** Somebody is to look an article through before it appears. */
export type ReviewAsk = Extract<Ask, { is: "review" }>;
/** Somebody may work at the desk from now on. */
export type InvitationAsk = Extract<Ask, { is: "invitation" }>;
/** Somebody nobody knows wrote to the address for submissions. */
export type StrangerAsk = Extract<Ask, { is: "stranger" }>;
/** Somebody of the team is to see a letter of an issue. */
export type ProofAsk = Extract<Ask, { is: "proof" }>;
/** What an author brought at the desk was read. */
export type HandedInAsk = Extract<Ask, { is: "handed-in" }>;
/** An author is asked for an article, by a personal link. */
export type CommissionAsk = Extract<Ask, { is: "commission" }>;
/** An issue with somebody's articles is out. */
export type AppearedAsk = Extract<Ask, { is: "appeared" }>;
/** Somebody answered what a person of the desk had asked. */
export type AnsweredAsk = Extract<Ask, { is: "answered" }>;
/** Somebody without an account is asked to approve a build. */
export type ApprovalAsk = Extract<Ask, { is: "approval" }>;
