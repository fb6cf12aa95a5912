import { Hono } from "hono";
import { printMarkdown } from "../../../core/article/markdown.ts";
import { compare } from "../../../core/desk/comparison.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { closedIssue } from "../../../core/desk/standing.ts";
import { may } from "../../../core/rights.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { issuesNaming } from "../../records/issues-naming.ts";
import { latestRevisions, type RevisionLine, readRevisions } from "../../records/revisions.ts";
import { type ArticlePlace, type Opened, openArticle } from "../articles.ts";
import { requireRevision, restoreRevision } from "../revisions.ts";
import { pathOf, placeOf } from "./article.ts";
import { articleUrl } from "./articles.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { passageViews } from "./passages.ts";
import { posted } from "./posted.ts";
import { done, show } from "./show.ts";

/** An article's revisions, two at a time; an earlier one can come back. */
export function revisions(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:article/revisions", async (c) => {
    const place = placeOf(c);
    const opened = await openArticle(cloud, c.var.person, place);
    const { revision } = opened.card;
    const asked = (name: string, otherwise: number): number => Number(c.req.query(name) ?? otherwise);
    const [before, after] = [asked("before", Math.max(1, revision - 1)), asked("after", revision)];
    const [one, other, lines, isOpen] = await Promise.all([
      requireRevision(cloud, place, before),
      requireRevision(cloud, place, after),
      choosable(cloud, place, [before, after]),
      isMendable(cloud, c, opened),
    ]);
    const [left, right] = [printMarkdown(one), printMarkdown(other)];
    return show(c, "comparison", {
      url: articleUrl(place.publication, place.article),
      article: opened.card.title,
      lead: fill(words(c.var.language).desk.comparison.lead, { before, after }),
      isSame: left === right,
      passages: passageViews(compare(left, right), c.var.language),
      choices: choicesOf(c, lines, before, after),
      restore: isOpen && before !== revision && before !== opened.card.offered ? restoring(c, before, revision) : null,
    });
  });
  app.post("/:article/restoration", async (c) => {
    const form = await posted(c);
    const choice = { seen: Number(form.text("seen")), revision: Number(form.text("revision")) };
    await restoreRevision(cloud, c.var.person, placeOf(c), choice);
    return done(c, pathOf(c), "revision-restored");
  });
  return app;
}

/** Among the newest somebody chooses; an older one that is looked at stands beside them. */
const mostOffered = 100;

async function choosable(
  cloud: Cloud,
  { publication, article }: ArticlePlace,
  shown: readonly number[],
): Promise<RevisionLine[]> {
  const latest = await latestRevisions(cloud, publication, article, { limit: mostOffered });
  const there = new Set(latest.map(({ revision }) => revision));
  const missing = [...new Set(shown)].filter((revision) => !there.has(revision)).sort((one, other) => other - one);
  return [...latest, ...(await readRevisions(cloud, publication, article, missing))];
}

async function isMendable(cloud: Cloud, c: DeskContext, { thing, card }: Opened): Promise<boolean> {
  if (!may(c.var.person, "edit-article", thing)) return false;
  if (may(c.var.person, "read-library", thing)) return true;
  return closedIssue(card.id, await issuesNaming(cloud, card.publication, [card.id])) === undefined;
}

function choicesOf(c: DeskContext, lines: readonly RevisionLine[], before: number, after: number): object[] {
  const { language, publication } = c.var;
  const { option } = words(language).desk.comparison;
  return lines.map(({ revision, changedAt }) => ({
    ...{ revision, isBefore: revision === before, isAfter: revision === after },
    label: fill(option, { revision, at: spokenTime(changedAt, publication.timeZone, language) }),
  }));
}

const restoring = (c: DeskContext, revision: number, seen: number): object => ({
  ...{ revision, seen },
  label: fill(words(c.var.language).desk.comparison.restore, { revision }),
});
