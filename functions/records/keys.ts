import type { Key } from "../cloud/cloud.ts";

/** Every key of the one table, in one place. Publication in every key. */

export const publicationKey = (publication: string): Key => ({ pk: `publication#${publication}`, sk: "settings" });
/** What became of a logo that was brought, by the ground it is for. */
export const logoKey = (publication: string, ground: string): Key => ({
  pk: `publication#${publication}`,
  sk: `logo#${ground}`,
});
export const publicationsPartition = "publications";
export const publicationPointer = (publication: string): Key => ({ pk: publicationsPartition, sk: publication });
export const issueKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `issue#${issue}`,
});
/** Who changed what of an issue's plan lately. */
export const planLogKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `changes#${issue}`,
});
/** What became of an issue's links when they were last followed. */
export const visitsKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `visits#${issue}`,
});
/** What the last build of an issue had to say. */
export const buildReportKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `build#${issue}`,
});
/** What reading all its readers found of an issue that was sent. */
export const reportKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `report#${issue}`,
});
/** To whom an issue would go, as it was counted last. */
export const forecastKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `forecast#${issue}`,
});
/** How far somebody has come who looks at every reader; `issue` is "" where it is about none. */
export const walkKey = (publication: string, kind: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `walk#${kind}#${issue}`,
});
/** A build that brought other editions, by when. */
export const madeBuildKey = (publication: string, issue: string, at: string): Key => ({
  pk: `publication#${publication}`,
  sk: `built#${issue}#${at}`,
});
export const proofKey = (publication: string, issue: string, number: number): Key => ({
  pk: `publication#${publication}`,
  sk: `proof#${issue}#${String(number).padStart(4, "0")}`,
});
/** What somebody was asked, or said, about a build; by when. */
export const approvalRequestKey = (publication: string, issue: string, request: string): Key => ({
  pk: `publication#${publication}`,
  sk: `approval#${issue}#${request}`,
});
/** A personal link to hand in by, by the hash of its token. */
export const handInLinkKey = (digest: string): Key => ({ pk: `hand-in-link#${digest}`, sk: "link" });
/** Whom to remind, and when. */
export const remindersPartition = "reminders";
export const reminderKey = (at: string, publication: string, submission: string): Key => ({
  pk: remindersPartition,
  sk: `${at}#${publication}#${submission}`,
});
/** A personal link, by the hash of its token. */
export const approvalLinkKey = (digest: string): Key => ({ pk: `approval-link#${digest}`, sk: "link" });
/** What was corrected, withdrawn and attached since an issue is public. */
export const amendmentsKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `amendments#${issue}`,
});
export const articleKey = (publication: string, article: string): Key => ({
  pk: `publication#${publication}`,
  sk: `article#${article}`,
});
export const revisionKey = (publication: string, article: string, revision: number): Key => ({
  pk: `publication#${publication}`,
  sk: `revision#${article}#${String(revision).padStart(6, "0")}`,
});
/** What somebody has typed into an article and not saved yet. */
export const draftKey = (publication: string, article: string, person: string): Key => ({
  pk: `publication#${publication}`,
  sk: `draft#${article}#${person}`,
});
/** Somebody asked to look an article through. */
export const reviewKey = (publication: string, article: string, review: string): Key => ({
  pk: `publication#${publication}`,
  sk: `review#${article}#${review}`,
});
/** One that asks for changes, once more: for whoever is to hear of it. */
export const reviewWishKey = (publication: string, article: string, review: string): Key => ({
  pk: `review-wishes#${publication}`,
  sk: `${article}#${review}`,
});
/** The personal link they were asked with, by the hash of its token. */
export const reviewLinkKey = (digest: string): Key => ({ pk: `review#${digest}`, sk: "link" });
export const slugKey = (publication: string, slug: string): Key => ({
  pk: `publication#${publication}`,
  sk: `slug#${slug}`,
});
export const submissionKey = (publication: string, submission: string): Key => ({
  pk: `publication#${publication}`,
  sk: `submission#${submission}`,
});
export const peoplePartition = (publication: string): string => `people#${publication}`;
/** A card once more, in the order of changes, for people to look through. */
export const libraryKey = (publication: string, changedAt: string, article: string): Key => ({
  pk: `library#${publication}`,
  sk: `${changedAt}#${article}`,
});
/** In which issues an article stands, or stood. */
export const placesKey = (publication: string, article: string): Key => ({ pk: `places#${publication}`, sk: article });
/** Every heading articles stand under, or stood. */
export const headingsKey = (publication: string): Key => ({ pk: `publication#${publication}`, sk: "headings" });
/** A submission once more by its state, among all or among one person's. */
export const submissionListKey = (publication: string, state: string, submission: string, by?: string): Key => ({
  pk: `submissions#${publication}${by === undefined ? "" : `#${by}`}`,
  sk: `${state}#${submission}`,
});
/** Whether what people look through holds everything, and how much it is. */
export const listsKey = (publication: string): Key => ({ pk: `publication#${publication}`, sk: "lists" });
/** Somebody by their id. */
export const personWhoKey = (publication: string, id: string): Key => ({
  pk: `people#${publication}`,
  sk: `who#${id}`,
});
/** And in the order of names, among all or among those who make issues. */
export const personListKey = (publication: string, list: "name" | "team", name: string, id: string): Key => ({
  pk: `people#${publication}`,
  sk: `${list}#${name}#${id}`,
});
export const personKey = (publication: string, addressKey: string): Key => ({
  pk: peoplePartition(publication),
  sk: `address#${addressKey}`,
});
/** Somebody who may found a publication at the desk. */
export const founderKey = (addressKey: string): Key => ({ pk: "founders", sk: addressKey });
/** Whose an id is, for good. */
export const personIdKey = (publication: string, id: string): Key => ({
  pk: peoplePartition(publication),
  sk: `id#${id}`,
});
/** Somebody on their way to the issuer and back, by the hash of what their browser keeps meanwhile. */
export const signInKey = (digest: string): Key => ({ pk: `sign-in#${digest}`, sk: "sign-in" });
/** Somebody signed in at the desk, by the hash of what their browser keeps. */
export const sessionKey = (digest: string): Key => ({ pk: `session#${digest}`, sk: "session" });
/** The same by whose it is, so that all of theirs can be ended. */
export const ownSessionKey = (addressKey: string, digest: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `session#${digest}`,
});
/** When somebody last signed out at the desk. */
export const signedOutKey = (addressKey: string): Key => ({ pk: `address#${addressKey}`, sk: "signed-out" });
export const shelfKey = (publication: string, issue: string): Key => ({
  pk: `publication#${publication}`,
  sk: `shelf#${issue}`,
});

/** How many readers there were, month by month. */
export const growthKey = (publication: string): Key => ({ pk: `publication#${publication}`, sk: "growth" });
/** A list of readers somebody takes in at the desk. */
export const importKey = (publication: string, id: string): Key => ({ pk: `imports#${publication}`, sk: id });
export const subscriberKey = (publication: string, addressKey: string): Key => ({
  pk: `subscribers#${publication}#${roundOf(addressKey)}`,
  sk: addressKey,
});
export const suppressionKey = (addressKey: string): Key => ({ pk: `address#${addressKey}`, sk: "suppression" });
/** The same in the order of time, for people to look at: the suppression itself decides. */
export const suppressionsPartition = "suppressions";
export const suppressionListKey = (at: string, addressKey: string, publication?: string): Key => ({
  pk: suppressionsPartition,
  sk: [at, addressKey, ...(publication === undefined ? [] : [publication])].join("#"),
});
/** How far suppressions from before there was a list were looked for. */
export const suppressionsListedKey: Key = { pk: "suppressions-listed", sk: "until" };
/** Its reader asked to be forgotten: no import brings it back. */
export const erasureKey = (addressKey: string): Key => ({ pk: `address#${addressKey}`, sk: "erased" });
/** Issues in a row that came back from there for the time being. */
export const softBouncesKey = (addressKey: string): Key => ({ pk: `address#${addressKey}`, sk: "soft-bounces" });
export const consentKey = (addressKey: string, publication: string, what: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `consent#${publication}#${what}`,
});

export const consentRange = (addressKey: string): { pk: string; from: string; to: string } => ({
  pk: `address#${addressKey}`,
  from: "consent#",
  to: "consent#~",
});
/** A request of somebody whose row says something else that must not be forgotten: that they left, or moved. */
export const requestKey = (addressKey: string, publication: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `request#${publication}`,
});
/** An address somebody wants to move to; `addressKey` is its own. */
export const movingKey = (addressKey: string, publication: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `moving#${publication}`,
});
/** What leaving forgot, for ten minutes. */
export const undoKey = (addressKey: string, publication: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `undo#${publication}`,
});
/** A link in a confirm mail, by the hash of its token. */
export const tokenKey = (digest: string): Key => ({ pk: `token#${digest}`, sk: "token" });
/** Words of consent that were ever shown. */
export const wordingKey = (hash: string): Key => ({ pk: `wording#${hash}`, sk: "wording" });

/** `publication-issue`, as in keys, tags and timers: "slk-2026-01". */
export const issueName = (publication: string, issue: string): string => `${publication}-${issue}`;
export const controlKey = (publication: string, issue: string): Key => ({
  pk: `issue#${issueName(publication, issue)}`,
  sk: "control",
});
export const roundKey = (publication: string, issue: string, round: string): Key => ({
  pk: `issue#${issueName(publication, issue)}`,
  sk: `round#${round}`,
});
/** Batches and deliveries of one round share a partition. */
export const roundPartition = (publication: string, issue: string, round: string): string =>
  `issue#${issueName(publication, issue)}#${round}`;
export const batchKey = (publication: string, issue: string, round: string, batch: number): Key => ({
  pk: roundPartition(publication, issue, round),
  sk: `batch#${String(batch).padStart(6, "0")}`,
});
export const deliveryKey = (publication: string, issue: string, addressKey: string): Key => ({
  pk: roundPartition(publication, issue, roundOf(addressKey)),
  sk: `delivery#${addressKey}`,
});
/** How fast letters may leave. */
export const rateKey = (lane: string): Key => ({ pk: "rate", sk: lane });
/** How far mailbox providers know a sender's domain. */
export const warmUpKey = (domain: string): Key => ({ pk: "warm-up", sk: domain });
/** How often somebody has asked in one hour. */
export const capKey = (hour: string, what: string, name: string): Key => ({ pk: `cap#${hour}`, sk: `${what}#${name}` });
/** An answer to a wish, by the time it was made; a welcome has none. */
export const confirmMailKey = (addressKey: string, publication: string, at: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `confirm#${publication}#${at}`,
});
export const welcomeKey = (addressKey: string, publication: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `welcome#${publication}`,
});
/** The receipt of one mail. */
export const receiptKey = (addressKey: string, publication: string, mail: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `receipt#${publication}#${mail}`,
});
/** Whoever is unknown everywhere is told so once, for as long as answers are kept. */
export const strangerKey = (addressKey: string): Key => ({ pk: `address#${addressKey}`, sk: "stranger" });
/** What the desk wrote to one of its own, by its wish. */
export const deskMailKey = (addressKey: string, publication: string, id: string): Key => ({
  pk: `address#${addressKey}`,
  sk: `desk#${publication}#${id}`,
});
/** How many answers went to an address lately. */
export const mailedKey = (addressKey: string): Key => ({ pk: `address#${addressKey}`, sk: "mailed" });
/** What has to be gone by a day. */
export const forgetKey = (day: string, what: string): Key => ({ pk: `forget#${day}`, sk: what });
/** The last day of which nothing is left to forget. */
export const forgottenKey: Key = { pk: "forget", sk: "until" };
/** What blinds names of others for a day. */
export const saltKey = (day: string): Key => ({ pk: "salt", sk: day });
/** While it stands nobody may sign up. */
export const breakerKey: Key = { pk: "breaker", sk: "form" };
/** A challenge somebody has solved, or a second step they took. */
export const challengeKey = (id: string): Key => ({ pk: `challenge#${id}`, sk: "used" });
/** Rejections of an issue since its last acceptance. */
export const rejectionsKey = (publication: string, issue: string): Key => ({
  pk: `issue#${issueName(publication, issue)}`,
  sk: "rejections",
});
/** What SES has told of an issue's letters, counted. */
export const feedbackKey = (publication: string, issue: string): Key => ({
  pk: `issue#${issueName(publication, issue)}`,
  sk: "feedback",
});
export const openKey = (publication: string, issue: string): Key => ({
  pk: "open",
  sk: `issue#${issueName(publication, issue)}`,
});
/** Which table is ours: another one has been restored, or copied. */
export const fenceKey: Key = { pk: "fence", sk: "table" };
export const actKey = (publication: string, at: string, id: string): Key => ({
  pk: `acts#${publication}`,
  sk: `${at}#${id}`,
});
/** Who reads a submission just now. */
export const readingTurnKey = (publication: string, submission: string): Key => ({
  pk: `publication#${publication}`,
  sk: `reading-turn#${submission}`,
});
/** What a picture of a submission became, by the hash of what it is and what was asked of it. */
export const madePictureKey = (publication: string, digest: string): Key => ({
  pk: `made-picture#${digest}`,
  sk: publication,
});

/** The top four bits of the address hash as one hex digit, from its base64url form. */
export function roundOf(addressKey: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const sixBits = alphabet.indexOf(addressKey.charAt(0));
  if (sixBits < 0) throw new Error("not an address key");
  return (sixBits >> 2).toString(16);
}
