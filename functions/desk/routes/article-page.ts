import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PictureWords } from "../../../core/article/mend.ts";
import { readingMinutes } from "../../../core/article/plain.ts";
import { awaited, holdingWarnings, issueLines, pictureFields, reviewLines } from "../../../core/desk/article-view.ts";
import { lackSentence } from "../../../core/desk/library.ts";
import { nameOf } from "../../../core/desk/name-of.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { closedIssue, issuesWith, type Withdrawn } from "../../../core/desk/standing.ts";
import { type Issue, issueLabel } from "../../../core/issue/issue.ts";
import type { KnownPerson } from "../../../core/person.ts";
import { may, operator } from "../../../core/rights.ts";
import { sentencesOf } from "../../../core/sentences.ts";
import { fill, noteSentence, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { listWithdrawn } from "../../records/amendments.ts";
import { type ArticleDraft, listDrafts } from "../../records/drafts.ts";
import { listIssues } from "../../records/issues.ts";
import { listPeople } from "../../records/people.ts";
import { listReviews } from "../../records/reviews.ts";
import { listRevisions, type RevisionLine } from "../../records/revisions.ts";
import { type PreviewKind, previewKinds } from "../article-preview.ts";
import { type ArticlePlace, type Opened, openArticle } from "../articles.ts";
import { isAnswerCurrent } from "../reviews.ts";
import { articleUrl } from "./articles.ts";
import { checkBehind } from "./check-behind.ts";
import type { DeskContext } from "./desk-env.ts";
import { show } from "./show.ts";

/** What somebody had typed when a rule said no. */
export interface Typed {
  readonly status?: ContentfulStatusCode;
  readonly problem?: string;
  readonly pictures?: readonly PictureWords[];
  /** The issue whose check they came from. */
  readonly check?: string;
  readonly asked?: Readonly<Record<"name" | "address" | "words" | "person" | "problem", string>>;
}

/** Everything the page is made of. */
interface Gathered extends Opened {
  readonly issues: readonly Issue[];
  readonly withdrawn: Withdrawn;
  readonly drafts: readonly ArticleDraft[];
  readonly lines: readonly RevisionLine[];
  readonly people: readonly KnownPerson[];
  readonly isEditor: boolean;
  readonly closed: Issue | undefined;
}

export async function showArticle(
  cloud: Cloud,
  c: DeskContext,
  place: ArticlePlace,
  typed: Typed = {},
): Promise<Response> {
  const opened = await openArticle(cloud, c.var.person, place);
  const [all, withdrawn, drafts, lines, people] = await Promise.all([
    listIssues(cloud, place.publication),
    listWithdrawn(cloud, place.publication),
    listDrafts(cloud, place.publication, place.article),
    listRevisions(cloud, place.publication, place.article),
    listPeople(cloud, place.publication),
  ]);
  const isEditor = may(c.var.person, "read-library", opened.thing);
  const closed = isEditor ? undefined : closedIssue(place.article, all);
  const gathered = {
    ...opened,
    issues: issuesWith(place.article, all),
    withdrawn,
    drafts,
    lines,
    people,
    isEditor,
    closed,
  };
  const view = { ...viewOf(c, gathered, typed), review: await reviewOf(cloud, c, gathered, typed.asked) };
  const more = { title: opened.article.title, scripts: ["focal-point.js"], status: typed.status ?? 200 };
  return show(c, "article", view, more);
}

function viewOf(c: DeskContext, gathered: Gathered, typed: Typed): object {
  const { card, article, isEditor, closed, submission, withdrawn } = gathered;
  const { language, publication, person } = c.var;
  const say = words(language).desk.article;
  const url = articleUrl(publication.id, card.id);
  const isMendable = closed === undefined && may(person, "edit-article", gathered.thing);
  return {
    ...{ url, revision: card.revision, subtitle: article.subtitle, conflict: typed.problem ?? null },
    library: isEditor ? `/${publication.id}/articles` : null,
    edit: isMendable ? `${url}/words` : null,
    isBegun: gathered.drafts.some(({ by }) => by === person.id),
    closed: closed ? fill(say.closed, { issue: issueLabel(closed) }) : null,
    warnings: [
      ...(isMendable ? holdingWarnings(gathered.issues, language) : []),
      ...draftWarnings(c, gathered.drafts, gathered.people),
    ],
    offer: offerOf(c, gathered, url),
    facts: factsOf(c, gathered),
    issues: issueLines(gathered.issues, { article: card.id, withdrawn, changedAt: card.changedAt, language }).map(
      (line) => (isEditor ? line : { ...line, url: null, isOlder: false }),
    ),
    lacks: lackSentence(card.lacks, language),
    notes: sentencesOf(language, submission?.notes ?? [], (one) => noteSentence(language, one)),
    preview: previewOf(c, url, article.title),
    pictures: pictureFields(article, publication.id, typed.pictures).map((picture) => ({
      ...picture,
      label: fill(picture.isPortrait ? `${say.picture.portrait}: {name}` : say.picture.alone, {
        name: picture.name,
        number: picture.index + 1,
      }),
      ...Object.fromEntries(
        (["caption", "credit", "alt"] as const).map((field) => [
          field,
          {
            value: picture[field].value,
            now: picture[field].now && fill(say.picture.now, { now: picture[field].now }),
          },
        ]),
      ),
    })),
    awaited: awaited(article),
    check: checkBehind(c, typed.check ?? c.req.query("check")),
    ...revisionsOf(c, gathered, url),
  };
}

/** Whoever writes here without having saved: seen before two write over each other. */
export function draftWarnings(
  c: DeskContext,
  drafts: readonly ArticleDraft[],
  people: readonly KnownPerson[],
  { own = true } = {},
): string[] {
  const { language, publication, person } = c.var;
  const say = words(language).desk.article.drafts;
  return drafts
    .filter(({ by }) => own || by !== person.id)
    .map(({ by, keptAt }) =>
      fill(by === person.id ? say.own : say.other, {
        name: nameOf(people, by, language),
        at: spokenTime(keptAt, publication.timeZone, language),
      }),
    );
}

function offerOf(c: DeskContext, { card }: Gathered, url: string): object | null {
  if (card.offered === undefined) return null;
  const { lead } = words(c.var.language).desk.article.offer;
  return {
    revision: card.offered,
    lead: fill(lead, { revision: card.offered, stands: card.revision }),
    compare: `${url}/revisions?before=${card.revision}&after=${card.offered}`,
  };
}

function factsOf(c: DeskContext, { article, card, submission }: Gathered): object[] {
  const { language, publication } = c.var;
  const { article: say, articles } = words(language).desk;
  const authors = article.authors.map(({ name, roleAtTime }) => [name, roleAtTime].filter(Boolean).join(", "));
  const fact = (label: string, value: string, url: string | null = null) => ({ label, value, url });
  return [
    fact(say.facts.kind, articles.kinds[article.kind]),
    fact(say.facts.authors, authors.join("; ") || say.facts.noAuthors),
    fact(say.facts.teaser, article.teaser || say.facts.noTeaser),
    fact(say.facts.minutes, fill(say.facts.minutesValue, { minutes: readingMinutes(article) })),
    fact(say.facts.changed, spokenTime(card.changedAt, publication.timeZone, language)),
    ...(submission
      ? [fact(say.facts.submission, card.id, `/${publication.id}/submissions/${encodeURIComponent(card.id)}`)]
      : []),
  ];
}

/** @param url of the page the frame stands on; the frame's own lie below it */
export function previewOf(c: DeskContext, url: string, title: string, below = "/preview"): object {
  const { previews } = words(c.var.language).desk.article;
  const kind: PreviewKind = previewKinds.find((one) => one === c.req.query("view")) ?? "web";
  return {
    src: `${url}${below}/${kind}`,
    title: fill(previews.frame, { article: title }),
    ways: previewKinds.map((one) => ({
      ...{ url: `${url}?view=${one}#preview`, label: previews[one], isCurrent: one === kind },
    })),
  };
}

/** Beyond these the rest is asked for. */
const revisionsShown = 10;

function revisionsOf(c: DeskContext, { lines, card, people }: Gathered, url: string): object {
  const { language, publication } = c.var;
  const say = words(language).desk.article.revisions;
  const shown = c.req.query("revisions") === "all" ? lines : lines.slice(0, revisionsShown);
  const who = (by: string | undefined): string =>
    by === undefined || by === operator.id ? say.nobody : nameOf(people, by, language);
  const stateOf = (revision: number): object | null => {
    if (revision === card.revision) return { label: say.counts, tone: "good" };
    return revision === card.offered ? { label: say.waits, tone: "asks" } : null;
  };
  return {
    revisions: shown.map(({ revision, changedAt, by, how, from }) => ({
      ...{
        revision,
        at: spokenTime(changedAt, publication.timeZone, language),
        who: who(by),
        state: stateOf(revision),
      },
      how: fill(say.hows[how], { from: from ?? "" }),
      compare: `${url}/revisions?before=${revision}&after=${card.revision}`,
    })),
    hasMore: shown.length < lines.length,
    more: fill(say.more, { count: lines.length }),
  };
}

/** Undefined where somebody may neither ask nor look. */
async function reviewOf(
  cloud: Cloud,
  c: DeskContext,
  { article, people, submission, isEditor }: Gathered,
  asked: Typed["asked"],
): Promise<object | null> {
  if (!isEditor) return null;
  const { publication, language } = c.var;
  const reviews = await listReviews(cloud, publication.id, article.id);
  const current = await Promise.all(reviews.map((review) => isAnswerCurrent(cloud, review, article)));
  const chosen = asked?.person ?? submission?.by ?? "";
  const now = cloud.clock.now().toISOString();
  return {
    lines: reviewLines(reviews, current, { publication, language, now, people }),
    people: people.map(({ id, name }) => ({ id, name, isChosen: id === chosen })),
    ...{ isOpen: asked !== undefined, problem: asked?.problem ?? null },
    ...{ name: asked?.name ?? "", address: asked?.address ?? "", words: asked?.words ?? "" },
  };
}
