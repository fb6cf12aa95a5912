import { Hono } from "hono";
import { audiencePage } from "../../../core/desk/audience-page.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import { underWay } from "../../../core/desk/walk-view.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { issueAccount } from "../../records/account.ts";
import { readForecast } from "../../records/forecasts.ts";
import { requireIssue } from "../../records/issues.ts";
import type { Walk } from "../../records/walks.ts";
import { forecastErrand } from "../forecast.ts";
import { walkAt } from "../walking.ts";
import { walkOn } from "../walks.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { lateIn } from "./late.ts";
import { nextPiece } from "./pieces.ts";
import { done, show } from "./show.ts";

/** To whom an issue goes: counted when somebody asks, and what was frozen once it has begun. */
export function audience(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/readers", async (c) => {
    const { publication, person, language } = c.var;
    const place = placeOf(c);
    const issue = await requireIssue(cloud, place.publication, place.issue);
    const [forecast, account, counting] = await Promise.all([
      readForecast(cloud, place),
      issueAccount(cloud, place.publication, place.issue),
      walkAt(cloud, person, { kind: "forecast", ...place }),
    ]);
    const walk = account ? null : underWay(counting, `${pageOf(c)}/pieces`, language);
    const view = {
      ...{ issue: issueFrame(person, issue, "readers", language), walk },
      ...audiencePage({ issue, publication, forecast, account, language }),
    };
    return show(c, "audience", view, { title: issue.theme.title, scripts: walk ? ["goes-on.js"] : [] });
  });
  app.post("/:issue/readers", async (c) => {
    const place = placeOf(c);
    const issue = await requireIssue(cloud, place.publication, place.issue);
    const sendAt = issue.status === "scheduled" ? new Date(issue.sendAt) : cloud.clock.now();
    return counted(c, await walkOn(cloud, await forecastErrand(cloud, c.var.person, place, sendAt), lateIn(cloud)));
  });
  app.post("/:issue/readers/pieces", async (c) =>
    counted(c, await nextPiece(cloud, c, { kind: "forecast", ...placeOf(c) })),
  );
  return app;
}

const pageOf = (c: DeskContext): string => issuePath(c, "/readers", { isWhole: true });
const counted = (c: DeskContext, walk: Walk | undefined): Response =>
  walk?.state === "done" ? done(c, issuePath(c, "/readers"), "counted") : c.redirect(pageOf(c), 303);
