import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PictureWords } from "../../../core/article/mend.ts";
import { readingMinutes } from "../../../core/article/plain.ts";
import { isStillSo } from "../../../core/article/put-pictures.ts";
import { awaited, holdingWarnings, issueLines, pictureFields } from "../../../core/desk/article-view.ts";
import { lackSentence } from "../../../core/desk/library.ts";
import type { Named } from "../../../core/desk/name-of.ts";
import type { Review } from "../../../core/desk/review.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { closedIssue, issuesWith, type Withdrawn } from "../../../core/desk/standing.ts";
import { type Issue, issueLabel } from "../../../core/issue/issue.ts";
import { may } from "../../../core/rights.ts";
import { sentencesOf } from "../../../core/sentences.ts";
import { fill, noteSentence, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { withdrawnFrom } from "../../records/amendments.ts";
import { type ArticleDraft, listDrafts } from "../../records/drafts.ts";
import { issuesNaming } from "../../records/issues-naming.ts";
import { namesOf } from "../../records/people-listed.ts";
import { listReviews } from "../../records/reviews.ts";
import { latestRevisions, type RevisionLine } from "../../records/revisions.ts";
import { type ArticlePlace, type Opened, openArticle } from "../articles.ts";
import { type Asked, reviewsView } from "./article-reviews.ts";
import { revisionStretch, revisionsView } from "./article-revisions.ts";
import { articleUrl } from "./articles.ts";
import { checkBehind } from "./check-behind.ts";
import type { DeskContext } from "./desk-env.ts";
import { draftWarnings } from "./draft-warnings.ts";
import { previewFrame } from "./preview-frame.ts";
import { show } from "./show.ts";

/** What somebody had typed when a rule said no. */
export interface Typed {
  readonly status?: ContentfulStatusCode;
  readonly problem?: string;
  readonly pictures?: readonly PictureWords[];
  /** The issue whose check they came from. */
  readonly check?: string;
  readonly asked?: Asked;
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
  // Authors neither ask nor look.
  const review = gathered.isEditor ? await reviewsView(cloud, c, gathered, typed.asked) : null;
  const view = { ...viewOf(c, gathered, typed), review };
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
    latestRevisions(cloud, publication, article, revisionStretch(c)),
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
  const notes = (submission?.notes ?? []).filter((one) => isStillSo(one, article));
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
    notes: sentencesOf(language, notes, (one) => noteSentence(language, one)),
    preview: previewFrame(c, url, article.title),
    pictures: pictureFields(article, publication.id, language, typed.pictures).map((picture) => ({
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
    ...revisionsView(c, gathered, url),
  };
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
