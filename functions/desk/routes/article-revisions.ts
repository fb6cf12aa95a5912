import { type Named, nameOf } from "../../../core/desk/name-of.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { operator } from "../../../core/rights.ts";
import { fill, words } from "../../../core/words.ts";
import type { ArticleCard } from "../../records/articles.ts";
import type { latestRevisions, RevisionLine } from "../../records/revisions.ts";
import type { DeskContext } from "./desk-env.ts";
import { pagerOf } from "./pager.ts";

/** An article's revisions on its page: the newest first, a stretch at a time. */

/** At first; whoever looks further back looks for one among many. */
const firstRevisions = 10;
const laterRevisions = 20;

const revisionsBefore = (c: DeskContext): number => Math.max(0, Math.trunc(Number(c.req.query("after"))) || 0);
const revisionsOnPage = (c: DeskContext): number => (revisionsBefore(c) > 0 ? laterRevisions : firstRevisions);

/** Of the revisions: a page, and one more where others follow. */
export function revisionStretch(c: DeskContext): Parameters<typeof latestRevisions>[3] {
  const before = revisionsBefore(c);
  return { limit: revisionsOnPage(c) + 1, ...(before > 0 && { before }) };
}

interface Lines {
  readonly lines: readonly RevisionLine[];
  readonly card: ArticleCard;
  readonly people: readonly Named[];
}

/** What the page says of them. @param url of the article */
export function revisionsView(c: DeskContext, { lines, card, people }: Lines, url: string): object {
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
