import { Hono } from "hono";
import { freeArticles } from "../../../core/desk/free-articles.ts";
import { issueFrame, labelOf } from "../../../core/desk/issue-frame.ts";
import { longDay } from "../../../core/edition/web/dates.ts";
import { idOfIssue } from "../../../core/issue/issue.ts";
import { Refusal } from "../../../core/refusal.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { listArticles } from "../../records/articles.ts";
import { listIssues } from "../../records/issues.ts";
import type { DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/** So many fit a page; whoever looks for another one searches. */
const most = 40;

/** Free articles of the library, to be taken into an issue. */
export function issueArticles(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/articles", async (c) => {
    const { publication, person, language } = c.var;
    const [cards, issues] = await Promise.all([listArticles(cloud, publication.id), listIssues(cloud, publication.id)]);
    const id = c.req.param("issue");
    const issue = issues.find((one) => idOfIssue(one) === id);
    if (!issue) throw new Refusal("no-issue", { issue: id, publication: publication.id });
    const [typed, section] = [c.req.query("words") ?? "", c.req.query("section") ?? ""];
    const free = freeArticles(cards, issues, typed);
    const say = words(language).desk["issue-articles"];
    const view = {
      issue: issueFrame(person, issue, "contents", language),
      ...{ version: issue.version, words: typed, back: String(new URLSearchParams({ words: typed, section })) },
      sections: issue.sections.map(({ name }) => ({ name, isChosen: name === section })),
      articles: free.slice(0, most).map(({ id: article, title, authors, changedAt }) => ({
        ...{ id: article, title },
        facts: [authors.join(", "), longDay(changedAt.slice(0, 10), language)].filter(Boolean).join(" · "),
      })),
      more: free.length > most ? fill(say.more, { articles: free.length - most }) : null,
    };
    return show(c, "issue-articles", view, { mark: labelOf(issue, language) });
  });
  return app;
}
