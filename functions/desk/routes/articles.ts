import { Hono } from "hono";
import { articleKinds } from "../../../core/article/article.ts";
import {
  articlesOnPage,
  type Filter,
  type Found,
  type Listed,
  lackSentence,
  search,
  sectionsIn,
  standings,
  stateShown,
} from "../../../core/desk/library.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { type Stands, standingsIn } from "../../../core/desk/standing.ts";
import { spokenNumber } from "../../../core/spoken-number.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { listWithdrawn } from "../../records/amendments.ts";
import { listArticles } from "../../records/articles.ts";
import { listIssues } from "../../records/issues.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/** The library. */
export function articles(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { id } = c.var.publication;
    const [all, issues, withdrawn] = await Promise.all([
      listArticles(cloud, id),
      listIssues(cloud, id),
      listWithdrawn(cloud, id),
    ]);
    const [filter, stands] = [filterOf(c), standingsIn(issues, withdrawn)];
    const page = Math.max(1, Math.min(10_000, Math.trunc(Number(c.req.query("page"))) || 1));
    const found = search(all, stands, filter, page);
    return show(c, "articles", {
      filter: filterView(c, filter, sectionsIn(stands)),
      count: countOf(c, found.total),
      articles: found.articles.map((article) => line(c, article, stands.get(article.id))),
      pager: pagerOf(c, found, page),
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
    isOn: Object.values(filter).some((value) => value !== "" && value !== false),
    all: `/${c.var.publication.id}/articles`,
  };
}

const countOf = (c: DeskContext, total: number): string => {
  const say = words(c.var.language).desk.articles;
  return total === 1 ? say.one : fill(say.count, { count: spokenNumber(c.var.language, total) });
};

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

function pagerOf(c: DeskContext, { isMore, total }: Found, page: number): object | null {
  if (total <= articlesOnPage) return null;
  const at = (number: number): string => {
    const query = new URL(c.req.url).searchParams;
    query.set("page", String(number));
    return `?${query}`;
  };
  return { newest: page > 1 ? at(1) : null, older: isMore ? at(page + 1) : null };
}
