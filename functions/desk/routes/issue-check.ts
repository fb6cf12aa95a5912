import { Hono } from "hono";
import { checkView } from "../../../core/desk/issue-check.ts";
import { issueFrame, labelOf } from "../../../core/desk/issue-frame.ts";
import { articlesOf } from "../../../core/issue/draft.ts";
import { may } from "../../../core/rights.ts";
import { words } from "../../../core/words.ts";
import type { Cloud, Web } from "../../cloud/cloud.ts";
import { readCards } from "../../records/articles.ts";
import { readBuildState } from "../../records/build-reports.ts";
import { requireIssue } from "../../records/issues.ts";
import { orderBuild } from "../issues.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { done, show } from "./show.ts";

/** The check of an issue (Prüfung): what was found and where, its links when somebody wants them followed, its build. */
export function issueCheck(cloud: Cloud, web: Web): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/check", (c) => page(cloud, c));
  app.post("/:issue/check", async (c) => {
    const { followLinks } = await import("../look-through.ts");
    await followLinks(cloud, c.var.person, placeOf(c), web);
    return done(c, `/issues/${placeOf(c).issue}/check`, "linksFollowed");
  });
  app.post("/:issue/build", async (c) => {
    await orderBuild(cloud, c.var.person, c.var.publication.id, placeOf(c).issue);
    return done(c, `/issues/${placeOf(c).issue}/check#build`, "buildOrdered");
  });
  return app;
}

const placeOf = (c: DeskContext) => ({ publication: c.var.publication.id, issue: c.req.param("issue") ?? "" });

async function page(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { publication, person, language } = c.var;
  const place = placeOf(c);
  const issue = await requireIssue(cloud, publication.id, place.issue);
  // It builds the issue: MJML is loaded by who looks one through.
  const { lookThrough } = await import("../look-through.ts");
  const [looked, build, cards] = await Promise.all([
    lookThrough(cloud, person, place),
    readBuildState(cloud, publication.id, place.issue),
    readCards(cloud, publication.id, articlesOf(issue)),
  ]);
  const setting = {
    ...{ articles: new Map(cards.map((card) => [card.id, card])), timeZone: publication.timeZone },
    ...{ checksLinks: publication.checksLinks, now: cloud.clock.now() },
    mayChangePublication: may(person, "change-publication", {
      ...{ publication: publication.id, kind: "publication", id: publication.id },
    }),
  };
  const view = checkView(issue, { ...looked, build }, setting, language);
  const title = `${words(language).desk.tabs.check}, ${labelOf(issue, language)}`;
  return show(
    c,
    "check",
    { issue: issueFrame(person, issue, "check", language), ...view },
    { title, scripts: ["check.js"] },
  );
}
