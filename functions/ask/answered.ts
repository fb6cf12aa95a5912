import type { Answered } from "../../core/answer/answered.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import type { KnownPerson } from "../../core/person.ts";
import { type ActName, may, type Thing } from "../../core/rights.ts";
import type { AnsweredAsk } from "../../core/subscriber/ask.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readRequest } from "../records/approval-requests.ts";
import { readCard } from "../records/articles.ts";
import { readIssue } from "../records/issues.ts";
import { deskMailKey } from "../records/keys.ts";
import { listPeople } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import { readReview } from "../records/reviews.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** An answer as it stands in its row, and whom it is for. */
interface Word extends Pick<Answered, "answer" | "what" | "name" | "words"> {
  readonly asker: string;
  readonly language: Language | undefined;
  /** What whoever hears of it must still be allowed to ask. */
  readonly act: ActName;
  readonly thing: Thing;
  /** Where it stands at the desk. */
  readonly path: string;
}

/**
 * Undefined where nobody is to be told: who asked was removed since or may not ask any more, sat at the command line, asked
 * themselves; or it was answered anew, which has a letter of its own.
 */
export async function toAsker(cloud: Cloud, ask: AnsweredAsk): Promise<AnswerTo | undefined> {
  const [publication, people] = await Promise.all([
    findPublication(cloud, ask.publication),
    listPeople(cloud, ask.publication),
  ]);
  const word = await (ask.of.kind === "review" ? wordOfReview : wordOfApproval)(cloud, ask, people);
  const asker = people.find(({ id }) => id === word?.asker);
  if (!publication || !word || !asker || !may(asker, word.act, word.thing)) return undefined;
  if (await isSilenced(cloud, asker.addressKey)) return undefined;
  const { answer, what, name, words, language = publication.language } = word;
  return {
    asked: { is: "answered", publication, answer, what, name, words },
    key: deskMailKey(asker.addressKey, publication.id, `answered#${ask.id}`),
    ...{ addressKey: asker.addressKey, address: asker.address, language, token: undefined },
    makeLink: async () => new URL(word.path, ask.desk).href,
  };
}

async function wordOfReview(
  cloud: Cloud,
  { publication, of, at }: AnsweredAsk,
  people: readonly KnownPerson[],
): Promise<Word | undefined> {
  if (of.kind !== "review") return undefined;
  const { article } = of;
  const [review, card] = await Promise.all([
    readReview(cloud, { publication, article, review: of.review }),
    readCard(cloud, publication, article),
  ]);
  if (!review || !card || review.answer?.at !== at) return undefined;
  const { of: whom, answer, askedBy, askedIn } = review;
  if ("person" in whom && whom.person === askedBy) return undefined;
  const name = "person" in whom ? (people.find(({ id }) => id === whom.person)?.name ?? whom.person) : whom.name;
  return {
    ...{ asker: askedBy, language: askedIn, name, what: card.title, words: answer.words },
    ...{ answer: answer.agrees ? "agreed" : "wishes", act: "ask-review" },
    thing: { publication, kind: "article", id: article },
    path: `/${publication}/articles/${encodeURIComponent(article)}`,
  };
}

async function wordOfApproval(cloud: Cloud, { publication, of, at }: AnsweredAsk): Promise<Word | undefined> {
  if (of.kind !== "approval") return undefined;
  const { issue: id, request: asked } = of;
  const [request, issue] = await Promise.all([
    readRequest(cloud, { publication, issue: id }, asked),
    readIssue(cloud, publication, id),
  ]);
  if (!request || !issue || request.answer?.at !== at || request.person === request.by) return undefined;
  const { answer, by, name, askedIn } = request;
  return {
    ...{ asker: by, language: askedIn, name, what: issueLabel(issue), words: answer.words, answer: answer.is },
    ...{ act: "ask-approval", thing: { publication, kind: "issue", id } },
    path: `/${publication}/issues/${id}/sending`,
  };
}
