import { Hono } from "hono";
import { issueFrame, labelOf } from "../../../core/desk/issue-frame.ts";
import { anything } from "../../../core/desk/library.ts";
import { longDayOf } from "../../../core/edition/web/dates.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { requireIssue } from "../../records/issues.ts";
import { lookThroughLibrary } from "../library.ts";
import type { DeskEnv } from "./desk-env.ts";
import { pagerOf } from "./pager.ts";
import { show } from "./show.ts";

/** So many fit a page; whoever looks for another one searches. */
const most = 40;

/** Free articles of the library, to be taken into an issue. */
export function issueArticles(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/articles", async (c) => {
    const { publication, person, language } = c.var;
    const dayOf = (at: string): string => longDayOf(new Date(at), publication.timeZone, language);
    const [typed, section] = [c.req.query("words") ?? "", c.req.query("section") ?? ""];
    const [issue, free] = await Promise.all([
      requireIssue(cloud, publication.id, c.req.param("issue")),
      lookThroughLibrary(
        cloud,
        publication.id,
        { ...anything, state: "free", text: typed },
        { most, after: c.req.query("after") },
      ),
    ]);
    const view = {
      issue: issueFrame(person, issue, "contents", language),
      ...{ version: issue.version, words: typed, back: String(new URLSearchParams({ words: typed, section })) },
      sections: issue.sections.map(({ name }) => ({ name, isChosen: name === section })),
      articles: free.articles.map(({ card: { id: article, title, authors, changedAt } }) => ({
        ...{ id: article, title },
        facts: [authors.join(", "), dayOf(changedAt)].filter(Boolean).join(" · "),
      })),
      isMore: free.next !== undefined,
      pager: pagerOf(c, c.req.query("after"), free.next),
    };
    return show(c, "issue-articles", view, { mark: labelOf(issue, language) });
  });
  return app;
}
