import { Hono } from "hono";
import { audiencePage } from "../../../core/desk/audience-page.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { issueAccount } from "../../records/account.ts";
import { readForecast } from "../../records/forecasts.ts";
import { requireIssue } from "../../records/issues.ts";
import { forecastIssue } from "../forecast.ts";
import type { DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { done, show } from "./show.ts";

/** To whom an issue goes: counted when somebody asks, and what was frozen once it has begun. */
export function audience(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/readers", async (c) => {
    const { publication, person, language } = c.var;
    const place = placeOf(c);
    const issue = await requireIssue(cloud, place.publication, place.issue);
    const [forecast, account] = await Promise.all([
      readForecast(cloud, place),
      issueAccount(cloud, place.publication, place.issue),
    ]);
    const view = audiencePage({ issue, publication, forecast, account, language });
    return show(
      c,
      "audience",
      { issue: issueFrame(person, issue, "readers", language), ...view },
      { title: issue.theme.title },
    );
  });
  app.post("/:issue/readers", async (c) => {
    const place = placeOf(c);
    const issue = await requireIssue(cloud, place.publication, place.issue);
    const sendAt = issue.status === "scheduled" ? new Date(issue.sendAt) : cloud.clock.now();
    await forecastIssue(cloud, c.var.person, place, sendAt);
    return done(c, issuePath(c, "/readers"), "counted");
  });
  return app;
}
