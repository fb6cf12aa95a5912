import { isAwaited } from "../../core/article/asked-for.ts";
import { labelOf } from "../../core/desk/submissions.ts";
import { digestOf } from "../../core/digest.ts";
import { absoluteAt, articleAddress, issueAddress } from "../../core/edition/web/address.ts";
import { articlesOf } from "../../core/issue/draft.ts";
import { issueLabel } from "../../core/issue/issue.ts";
import type { KnownPerson } from "../../core/person.ts";
import type { AppearedAsk, CommissionAsk, HandedInAsk } from "../../core/subscriber/ask.ts";
import type { Cloud, Key } from "../cloud/cloud.ts";
import { readCards } from "../records/articles.ts";
import { readMail } from "../records/confirm-mails.ts";
import { makeHandInLink } from "../records/hand-in-links.ts";
import { readIssue } from "../records/issues.ts";
import { deskMailKey } from "../records/keys.ts";
import { listPeople } from "../records/people.ts";
import { findPublication } from "../records/publications.ts";
import { listFiles, readSubmission, readSubmissions, type Submission } from "../records/submissions.ts";
import type { AnswerTo } from "./answer-to.ts";
import { isSilenced } from "./silenced.ts";

/** Letters to authors: who is not one of the people any more gets none. */

/** Undefined when something else lies there meanwhile: that has a letter of its own. */
export async function toWhoHandedIn(cloud: Cloud, ask: HandedInAsk): Promise<AnswerTo | undefined> {
  const [publication, submission] = await Promise.all([
    findPublication(cloud, ask.publication),
    readSubmission(cloud, ask.publication, ask.submission),
  ]);
  if (!publication || !submission?.desk || submission.contentId !== ask.content) return undefined;
  const author = await authorOf(cloud, ask.publication, submission.by);
  if (!author) return undefined;
  const said = saidOf(submission);
  const keyIn = (hour: number): Key =>
    deskMailKey(author.addressKey, publication.id, `handed-in#${submission.id}#${said}#${hour}`);
  const key = keyIn(hourOf(ask.at));
  if (await wroteLately(cloud, keyIn(hourOf(ask.at) - 1), ask.at)) return undefined;
  const [files, [card]] = await Promise.all([
    listFiles(cloud, publication.id, submission.id),
    readCards(cloud, publication.id, [submission.id]),
  ]);
  const title = labelOf(submission, card?.title, publication.language);
  return {
    asked: { is: "handed-in", publication, title, submission, files: files.map(({ name }) => name) },
    key,
    ...{ addressKey: author.addressKey, address: author.address, language: publication.language, token: undefined },
    makeLink: () => wayBack(cloud, submission),
  };
}

/** What a letter would ask of its author: within an hour nobody is told the same twice, however many files come one by one. */
const saidOf = (submission: Submission): string =>
  digestOf(
    JSON.stringify([
      submission.state,
      submission.state === "waiting" ? submission.waitingFor : [],
      submission.state === "refused" ? submission.refusals : [],
    ]),
  ).slice(0, 16);

const hourMilliseconds = 3_600_000;
const hourOf = (at: string): number => Math.floor(Date.parse(at) / hourMilliseconds);

/** The same was said in the hour before, and less than an hour ago. */
async function wroteLately(cloud: Cloud, key: Key, at: string): Promise<boolean> {
  const mail = await readMail(cloud, key);
  return mail?.state === "accepted" && Date.parse(at) - Date.parse(mail.acceptedAt) < hourMilliseconds;
}

/** To its page at the desk; who was asked by a personal link has no account to open it with. */
async function wayBack(cloud: Cloud, submission: Submission): Promise<string> {
  const { url = "", asked } = submission.desk ?? {};
  if (asked && !asked.isRevoked) return linkOf(cloud, submission);
  return new URL(`/${submission.publication}/submissions/${encodeURIComponent(submission.id)}`, url).href;
}

const linkOf = async (cloud: Cloud, submission: Submission): Promise<string> =>
  new URL(`/r/hand-in/${await makeHandInLink(cloud, submission)}`, submission.desk?.url).href;

/** Undefined when it was taken back, or the article is there already and a reminder would only annoy. */
export async function toCommissioned(cloud: Cloud, ask: CommissionAsk): Promise<AnswerTo | undefined> {
  const [publication, submission] = await Promise.all([
    findPublication(cloud, ask.publication),
    readSubmission(cloud, ask.publication, ask.submission),
  ]);
  const { title = "", asked } = submission?.desk ?? {};
  if (!publication || !submission || !asked || asked.isRevoked) return undefined;
  if (ask.reminds && (ask.until !== asked.until || !isAwaited(submission))) return undefined;
  const [author, issue] = await Promise.all([
    authorOf(cloud, publication.id, submission.by),
    readIssue(cloud, publication.id, asked.issue),
  ]);
  if (!author || !issue) return undefined;
  const about = { issue: issueLabel(issue), until: asked.until, title, words: asked.words, reminds: ask.reminds };
  return {
    asked: { is: "commission", publication, ...about },
    key: deskMailKey(
      author.addressKey,
      publication.id,
      `${ask.reminds ? `reminder#${asked.until}` : ask.id}#${submission.id}`,
    ),
    ...{ addressKey: author.addressKey, address: author.address, language: publication.language, token: undefined },
    makeLink: () => linkOf(cloud, submission),
  };
}

/** One letter an issue, however many articles of theirs are in it. */
export async function toPublished(cloud: Cloud, ask: AppearedAsk): Promise<AnswerTo | undefined> {
  const [publication, issue, author] = await Promise.all([
    findPublication(cloud, ask.publication),
    readIssue(cloud, ask.publication, ask.issue),
    authorOf(cloud, ask.publication, ask.person),
  ]);
  if (!publication || !issue || !author) return undefined;
  const submissions = await readSubmissions(cloud, publication.id, articlesOf(issue));
  const theirs = submissions.filter(({ by }) => by === ask.person).map(({ id }) => id);
  const articles = [...(await readCards(cloud, publication.id, theirs)).values()];
  const [only] = articles;
  if (!only) return undefined;
  const page = articles.length === 1 ? articleAddress(publication, issue, only.slug) : issueAddress(publication, issue);
  const about = { issue: issueLabel(issue), theme: issue.theme.title, url: absoluteAt(publication.baseUrl)(page) };
  return {
    asked: { is: "appeared", publication, ...about, articles: articles.map(({ title }) => ({ title })) },
    key: deskMailKey(author.addressKey, publication.id, `appeared#${ask.issue}`),
    ...{ addressKey: author.addressKey, address: author.address, language: publication.language, token: undefined },
  };
}

async function authorOf(cloud: Cloud, publication: string, id: string): Promise<KnownPerson | undefined> {
  const person = (await listPeople(cloud, publication)).find((one) => one.id === id);
  return person && !(await isSilenced(cloud, person.addressKey)) ? person : undefined;
}
