import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PictureWords } from "../../../core/article/mend.ts";
import { readingMinutes } from "../../../core/article/plain.ts";
import { awaited, holdingWarnings, issueLines, pictureFields, reviewLines } from "../../../core/desk/article-view.ts";
import { lackSentence } from "../../../core/desk/library.ts";
import { type Named, nameOf } from "../../../core/desk/name-of.ts";
import type { Review } from "../../../core/desk/review.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { closedIssue, issuesWith, type Withdrawn } from "../../../core/desk/standing.ts";
import { type Issue, issueLabel } from "../../../core/issue/issue.ts";
import { may, operator } from "../../../core/rights.ts";
import { sentencesOf } from "../../../core/sentences.ts";
import { fill, noteSentence, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { withdrawnFrom } from "../../records/amendments.ts";
import { type ArticleDraft, listDrafts } from "../../records/drafts.ts";
import { issuesNaming } from "../../records/issues-naming.ts";
import { namesOf, offeredNames } from "../../records/people-listed.ts";
import { listReviews } from "../../records/reviews.ts";
import { latestRevisions, type RevisionLine } from "../../records/revisions.ts";
import { type PreviewKind, previewKinds } from "../article-preview.ts";
import { type ArticlePlace, type Opened, openArticle } from "../articles.ts";
import { isAnswerCurrent } from "../reviews.ts";
import { articleUrl } from "./articles.ts";
import { checkBehind } from "./check-behind.ts";
import type { DeskContext } from "./desk-env.ts";
import { pagerOf } from "./pager.ts";
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
  /** A page of its revisions, and one more where others follow. */
  readonly lines: readonly RevisionLine[];
  readonly reviews: readonly Review[];
  readonly people: readonly Named[];
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
  const gathered = await gather(cloud, c, place, opened);
  const view = { ...viewOf(c, gathered, typed), review: await reviewOf(cloud, c, gathered, typed.asked) };
  const more = { title: opened.article.title, scripts: ["focal-point.js"], status: typed.status ?? 200 };
  return show(c, "article", view, more);
}

/** Nothing of other articles, and of its own past one page. */
async function gather(
  cloud: Cloud,
  c: DeskContext,
  { publication, article }: ArticlePlace,
  opened: Opened,
): Promise<Gathered> {
  const isEditor = may(c.var.person, "read-library", opened.thing);
  const [all, drafts, lines, reviews] = await Promise.all([
    issuesNaming(cloud, publication, [article]),
    listDrafts(cloud, publication, article),
    latestRevisions(cloud, publication, article, stretchOf(c)),
    isEditor ? listReviews(cloud, publication, article) : [],
  ]);
  const asked = reviews.map(({ of }) => ("person" in of ? of.person : undefined));
  const named = [...drafts, ...lines].map(({ by }) => by);
  const [withdrawn, people] = await Promise.all([
    withdrawnFrom(cloud, publication, all),
    namesOf(cloud, publication, [...named, ...asked]),
  ]);
  const closed = isEditor ? undefined : closedIssue(article, all);
  return { ...opened, issues: issuesWith(article, all), withdrawn, drafts, lines, reviews, people, isEditor, closed };
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
  people: readonly Named[],
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

/** At first; whoever looks further back looks for one among many. */
const firstRevisions = 10;
const laterRevisions = 25;

const revisionsBefore = (c: DeskContext): number => Math.max(0, Math.trunc(Number(c.req.query("after"))) || 0);
const revisionsOnPage = (c: DeskContext): number => (revisionsBefore(c) > 0 ? laterRevisions : firstRevisions);

function stretchOf(c: DeskContext): Parameters<typeof latestRevisions>[3] {
  const before = revisionsBefore(c);
  return { limit: revisionsOnPage(c) + 1, ...(before > 0 && { before }) };
}

function revisionsOf(c: DeskContext, { lines, card, people }: Gathered, url: string): object {
  const { language, publication } = c.var;
  const say = words(language).desk.article.revisions;
  const shown = lines.slice(0, revisionsOnPage(c));
  const last = shown.length < lines.length ? shown.at(-1) : undefined;
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
    pager: pagerOf(c, c.req.query("after"), last && String(last.revision), { anchor: "#revisions" }),
  };
}

/** Anybody else is asked by their address. */
const reviewersOffered = 40;

/** Undefined where somebody may neither ask nor look. */
async function reviewOf(
  cloud: Cloud,
  c: DeskContext,
  { article, people, submission, isEditor, reviews }: Gathered,
  asked: Typed["asked"],
): Promise<object | null> {
  if (!isEditor) return null;
  const { publication, language } = c.var;
  const chosen = asked?.person ?? submission?.by ?? "";
  const [offered, ...current] = await Promise.all([
    offeredNames(cloud, publication.id, chosen, reviewersOffered),
    ...reviews.map((review) => isAnswerCurrent(cloud, review, article)),
  ]);
  const now = cloud.clock.now().toISOString();
  return {
    form: cloud.clock.id(),
    lines: reviewLines(reviews, current, { publication, language, now, people }),
    people: offered.map(({ id, name }) => ({ id, name, isChosen: id === chosen })),
    ...{ isOpen: asked !== undefined, problem: asked?.problem ?? null },
    ...{ name: asked?.name ?? "", address: asked?.address ?? "", words: asked?.words ?? "" },
  };
}
