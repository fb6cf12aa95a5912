import { Hono } from "hono";
import { articleKinds } from "../../../core/article/article.ts";
import {
  type Filter,
  isEverything,
  type Listed,
  lackSentence,
  standings,
  stateShown,
} from "../../../core/desk/library.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import type { Stands } from "../../../core/desk/standing.ts";
import { spokenNumber } from "../../../core/spoken-number.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { listHeadings } from "../../records/issues-naming.ts";
import { type LookedThrough, lookThroughLibrary } from "../library.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { pagerOf } from "./pager.ts";
import { show } from "./show.ts";

/** The library. */
export function articles(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { id } = c.var.publication;
    const filter = filterOf(c);
    const walk = { after: c.req.query("after"), seen: Math.max(0, Math.trunc(Number(c.req.query("seen"))) || 0) };
    const [piece, headings] = await Promise.all([lookThroughLibrary(cloud, id, filter, walk), listHeadings(cloud, id)]);
    return show(c, "articles", {
      filter: filterView(c, filter, headings),
      isMore: piece.next !== undefined,
      reach: reachOf(c, filter, piece, walk),
      articles: piece.articles.map(({ card, stands }) => line(c, card, stands)),
      pager: pagerOf(c, walk.after, piece.next, { more: { seen: String(walk.seen + piece.lookedAt) } }),
    });
  });
  return app;
}

/** Where an article's page stands. */
export const articleUrl = (publication: string, article: string): string =>
  `/${publication}/articles/${encodeURIComponent(article)}`;

const longestQuery = 200;

function filterOf(c: DeskContext): Filter {
  const asked = (name: string): string => (c.req.query(name) ?? "").slice(0, longestQuery).trim();
  return {
    state: standings.find((one) => one === asked("state")) ?? "",
    kind: articleKinds.find((one) => one === asked("kind")) ?? "",
    section: asked("section"),
    author: asked("author"),
    text: asked("q"),
    isLacking: asked("lacking") !== "",
  };
}

function filterView(c: DeskContext, filter: Filter, sections: readonly string[]): object {
  const say = words(c.var.language).desk.articles;
  const choices = (values: readonly string[], label: (value: never) => string, chosen: string) =>
    ["", ...values].map((value) => ({
      ...{ value, isChosen: value === chosen },
      label: value === "" ? say.filter.any : label(value as never),
    }));
  return {
    ...filter,
    states: choices(standings, (one) => say.states[one], filter.state),
    kinds: choices(articleKinds, (one) => say.kinds[one], filter.kind),
    sections: choices(sections, (one) => one, filter.section),
    isOn: !isEverything(filter),
    all: `/${c.var.publication.id}/articles`,
  };
}

/** Where somebody has got to in the library. */
interface Walk {
  readonly after: string | undefined;
  /** Looked at before. */
  readonly seen: number;
}

/** How many there are; of those somebody looks for, as soon as it is known. */
function reachOf(
  c: DeskContext,
  filter: Filter,
  { articles, lookedAt, total, next }: LookedThrough,
  walk: Walk,
): string {
  const { language } = c.var;
  const say = words(language).desk.articles;
  const number = (count: number): string => spokenNumber(language, count);
  const isWhole = next === undefined && walk.after === undefined;
  if (isEverything(filter) || isWhole) {
    const count = isEverything(filter) ? total : articles.length;
    return count === 1 ? say.one : fill(say.count, { count: number(count) });
  }
  return fill(next ? say.reach : say.whole, { seen: number(walk.seen + lookedAt), total: number(total) });
}

function line(c: DeskContext, article: Listed, stands: Stands | undefined): object {
  const { language, publication } = c.var;
  const say = words(language).desk.articles;
  const at = spokenTime(article.changedAt, publication.timeZone, language);
  return {
    url: articleUrl(publication.id, article.id),
    title: article.title,
    meta: [say.kinds[article.kind], article.authors.join(", "), fill(say.changed, { at })].filter(Boolean).join(" · "),
    lacks: lackSentence(article.lacks, language),
    offered: article.offered === undefined ? null : { label: say.offered, tone: "asks" },
    state: stateShown(stands, language),
  };
}
