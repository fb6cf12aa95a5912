import { holdTogether } from "../article/no-break.ts";
import type { House } from "../edition/edition.ts";
import type { Link, Masthead } from "../edition/letter.ts";
import { paletteFor } from "../edition/palette.ts";
import { slot } from "../edition/slots.ts";
import { eachText, visible } from "../edition/visible.ts";
import { dateFormat } from "../formats.ts";
import type { Publication } from "../publication.ts";
import { fill, type Language, words } from "../words.ts";
import { type Answered, answered } from "./answered.ts";
import { type Approving, approval } from "./approval.ts";
import { type Appeared, appeared, type Commission, commission } from "./author.ts";
import { footerOf } from "./footer.ts";
import { answerHtml } from "./html.ts";
import { type Invitation, invitation } from "./invitation.ts";
import { type HandedIn, handedIn, type Receipt, receipt, stranger } from "./receipt.ts";
import { type ReviewAsked, review } from "./review.ts";
import { answerText } from "./text.ts";

/**
 * An answer: a short letter to one person who asked for something on our site, or wrote to the address for submissions. To
 * whom nobody knows it says nothing anybody could have typed, or it would be a way to write to strangers; it advertises
 * nothing.
 */
export interface Answer {
  readonly language: Language;
  readonly subject: string;
  readonly preheader: string;
  readonly masthead: Pick<Masthead, "bold" | "light" | "subtitle" | "url">;
  readonly title: string;
  readonly asked: string;
  /** What it is about: publications, or the current issue. */
  readonly items: readonly Item[];
  /** Filled per reader, or the same for everybody; a receipt has none. */
  readonly button: Link | null;
  readonly after: readonly string[];
  readonly footer: { readonly publication: string; readonly lines: readonly string[]; readonly links: readonly Link[] };
}
export interface Item {
  readonly title: string;
  readonly detail: string;
}

/** A publication somebody ordered, and of what in it. */
export interface Ordered {
  readonly publication: Publication;
  readonly topics: readonly string[];
}
/** What an answer is about. `at` and `until` are instants. */
export type Asked =
  /** A confirm mail, one for a new address, or word that they are readers already. The first publication signs. */
  | {
      readonly is: "confirm" | "move" | "reader";
      readonly ordered: readonly Ordered[];
      readonly at: string;
      readonly until: string;
    }
  | { readonly is: "welcome"; readonly publication: Publication; readonly current: CurrentIssue }
  /** Answers to mails. */
  | Receipt
  | { readonly is: "stranger"; readonly publication: Publication }
  | ReviewAsked
  /** Somebody without an account is asked to approve an issue. */
  | Approving
  | Invitation
  /** Whoever asked somebody hears what they said. */
  | Answered
  /** An author: what they brought, what is wanted of them, what has appeared. */
  | HandedIn
  | Commission
  | Appeared;
export interface CurrentIssue {
  readonly label: string;
  readonly theme: string;
  readonly url: string;
}

/** Both parts with the same words, with their slots. */
export interface Rendered {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** @throws Refusal `weak-accent` */
export async function renderAnswer(asked: Asked, language: Language, house: House): Promise<Rendered> {
  const { accent } = senderOf(asked);
  const answer = composeAnswer(asked, language);
  const html = await answerHtml(answer, { ...house, palette: paletteFor(accent, house.palette).palette });
  return { subject: answer.subject, html, text: answerText(answer) };
}

/** Who signs. */
export function senderOf(asked: Asked): Publication {
  const publication = "publication" in asked ? asked.publication : asked.ordered[0]?.publication;
  if (!publication) throw new Error("an answer about nothing");
  return publication;
}

export function composeAnswer(asked: Asked, language: Language): Answer {
  const publication = eachText(senderOf(asked), visible);
  const answer = said(asked, publication, language);
  const [bold, light] = publication.titleParts;
  return {
    ...eachText(answer, (text) => holdTogether(text, language)),
    language,
    masthead: { bold, light, subtitle: publication.subtitle, url: `${publication.baseUrl}/` },
    button: answer.button,
    footer: footerOf(publication, asked.is, language),
  };
}

/** What an answer says, before it is dressed. */
export type Said = Omit<Answer, "language" | "masthead" | "footer">;

function said(asked: Asked, publication: Publication, language: Language): Said {
  if (asked.is === "welcome") return welcome(publication, asked.current, language);
  if (asked.is === "receipt") return eachText(receipt(asked, language), visible);
  if (asked.is === "handed-in") return handedIn(eachText(asked, visible), language);
  if (asked.is === "commission") return commission(eachText(asked, visible), language);
  if (asked.is === "appeared") return appeared(eachText(asked, visible), language);
  if (asked.is === "approval") return approval(eachText(asked, visible), language);
  if (asked.is === "answered") return answered(eachText(asked, visible), language);
  if (asked.is === "review") return review(eachText(asked, visible), language);
  if (asked.is === "invitation") return eachText(invitation(asked, language), visible);
  return asked.is === "stranger" ? stranger(publication, language) : reply(asked, language);
}

function reply(asked: Extract<Asked, { ordered: unknown }>, language: Language): Said {
  const { answer } = words(language);
  const say = answer[asked.is];
  const ordered = eachText([...asked.ordered], visible);
  const { title, timeZone } = senderOf(asked);
  const when = { at: spokenTime(asked.at, timeZone, language), until: spokenTime(asked.until, timeZone, language) };
  return {
    subject: fill(say.subject, { publication: visible(title) }),
    preheader: say.preheader,
    title: say.title,
    asked: fill(say.asked, when),
    items: ordered.map(({ publication, topics }) => ({
      title: publication.title,
      detail: topics.length === 0 ? "" : fill(answer.topics, { topics: topicTitles(publication, topics) }),
    })),
    button: { label: say.button, url: slot(asked.is === "reader" ? "preferencesUrl" : "confirmUrl") },
    after: [fill(say.valid, when), say.ignore],
  };
}

/** By the titles the office gave them, never by what was posted. */
const topicTitles = ({ topics }: Publication, chosen: readonly string[]): string =>
  topics.flatMap(({ id, title }) => (chosen.includes(id) ? [title] : [])).join(", ");

function welcome({ title }: Publication, current: CurrentIssue, language: Language): Said {
  const { welcome: say } = words(language).answer;
  const { label, theme } = eachText({ label: current.label, theme: current.theme }, visible);
  return {
    subject: fill(say.subject, { publication: title }),
    preheader: theme,
    title: say.title,
    asked: say.asked,
    items: [{ title: theme, detail: fill(say.issue, { issue: label }) }],
    button: { label: say.button, url: current.url },
    after: [],
  };
}

/** "23. November 2026 um 09:21", where the publication is at home. */
export const spokenTime = (at: string, timeZone: string, language: Language): string =>
  dateFormat(language === "de" ? "de-DE" : "en-GB", { dateStyle: "long", timeStyle: "short", timeZone })
    .format(new Date(at))
    .replace(/(\d\.?) (?=\p{L}{3,} \d)/gu, "$1\u00A0");
