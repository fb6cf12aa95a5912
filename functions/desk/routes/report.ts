import { Hono } from "hono";
import { nobody, plusFrozen } from "../../../core/delivery/account.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import { reportPage } from "../../../core/desk/report-page.ts";
import { idOfIssue, issueLabel } from "../../../core/issue/issue.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { latestIssues, upTo } from "../../records/issues.ts";
import { readReport } from "../../records/reports.ts";
import { readRounds } from "../../records/rounds.ts";
import { standingOf } from "../../records/standing.ts";
import { evaluateIssue, handOutDeliveries } from "../report.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { done, show } from "./show.ts";

/** What became of an issue. */
export function reporting(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/report", (c) => page(cloud, c));
  app.post("/:issue/report", async (c) => {
    await evaluateIssue(cloud, c.var.person, placeOf(c));
    return done(c, issuePath(c, "/report"), "evaluated");
  });
  app.post("/:issue/report/deliveries", async (c) => {
    const link = await handOutDeliveries(cloud, c.var.person, placeOf(c), c.var.language);
    return c.redirect(link, 303);
  });
  return app;
}

async function page(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { publication, person, language } = c.var;
  const place = placeOf(c);
  const [seen, report, grown] = await Promise.all([
    standingOf(cloud, place),
    readReport(cloud, place),
    grownUntil(cloud, publication.id, place.issue),
  ]);
  const { issue } = seen;
  const readers = { publication: publication.id, kind: "subscribers", id: publication.id } as const;
  const mayEvaluate = may(person, "read-subscribers", readers);
  const view = reportPage({ issue, publication, seen, report, grown, mayEvaluate, language });
  const url = issuePath(c, "/report", { isWhole: true });
  const frame = issueFrame(person, issue, "report", language);
  return show(c, "report", { ...view, url, issue: frame }, { title: issue.theme.title });
}

/** So many issues make a year, and a picture. */
const mostIssues = 12;
/** Among them some that never left, and errata. */
const issuesLookedAt = 24;

/** To how many each issue went, up to this one. */
async function grownUntil(cloud: Cloud, publication: string, issue: string) {
  const { issues } = await latestIssues(cloud, publication, { limit: issuesLookedAt, after: upTo(issue) });
  const sent = issues.filter((one) => (one.status === "sent" || idOfIssue(one) === issue) && idOfIssue(one) <= issue);
  return Promise.all(
    sent
      .slice(0, mostIssues)
      .reverse()
      .map(async (one) => {
        const rounds = await readRounds(cloud, { publication, issue: idOfIssue(one) });
        return { label: issueLabel(one), readers: rounds.reduce(plusFrozen, nobody).planned };
      }),
  );
}
