import { Hono } from "hono";
import { nobody, plusFrozen } from "../../../core/delivery/account.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import { reportPage } from "../../../core/desk/report-page.ts";
import { readyTable, underWay } from "../../../core/desk/walk-view.ts";
import { idOfIssue, issueLabel } from "../../../core/issue/issue.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { latestIssues, upTo } from "../../records/issues.ts";
import { readReport } from "../../records/reports.ts";
import { readRounds } from "../../records/rounds.ts";
import { standingOf } from "../../records/standing.ts";
import type { Walk } from "../../records/walks.ts";
import { deliveriesErrand, handOut } from "../handout.ts";
import { reportErrand } from "../report.ts";
import { type WalkPlace, walkAt } from "../walking.ts";
import { walkOn } from "../walks.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { lateIn } from "./late.ts";
import { fetched, nextPiece } from "./pieces.ts";
import { done, show } from "./show.ts";

/** What became of an issue. */
export function reporting(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/report", (c) => page(cloud, c));
  app.post("/:issue/report", async (c) =>
    evaluated(c, await walkOn(cloud, await reportErrand(cloud, c.var.person, placeOf(c)), lateIn(cloud))),
  );
  app.post("/:issue/report/pieces", async (c) => evaluated(c, await nextPiece(cloud, c, walkOf(c, "report"))));
  app.post("/:issue/report/deliveries", async (c) => {
    const errand = await deliveriesErrand(cloud, c.var.person, placeOf(c), c.var.language);
    const walk = await walkOn(cloud, errand, lateIn(cloud));
    return c.redirect(walk?.state === "done" ? await handOut(cloud, c.var.person, walk) : pageOf(c), 303);
  });
  app.post("/:issue/report/deliveries/pieces", async (c) => {
    await nextPiece(cloud, c, walkOf(c, "deliveries"));
    return c.redirect(pageOf(c), 303);
  });
  app.post("/:issue/report/table", (c) => fetched(cloud, c, walkOf(c, "deliveries"), pageOf(c)));
  return app;
}

const pageOf = (c: DeskContext): string => issuePath(c, "/report", { isWhole: true });
const walkOf = (c: DeskContext, kind: "report" | "deliveries"): WalkPlace => ({ kind, ...placeOf(c) });
const evaluated = (c: DeskContext, walk: Walk | undefined): Response =>
  walk?.state === "done" ? done(c, issuePath(c, "/report"), "evaluated") : c.redirect(pageOf(c), 303);

async function page(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { publication, person, language } = c.var;
  const place = placeOf(c);
  const [seen, report, grown, evaluation, table] = await Promise.all([
    standingOf(cloud, place),
    readReport(cloud, place),
    grownUntil(cloud, publication.id, place.issue),
    walkAt(cloud, person, walkOf(c, "report")),
    walkAt(cloud, person, walkOf(c, "deliveries")),
  ]);
  const { issue } = seen;
  const readers = { publication: publication.id, kind: "subscribers", id: publication.id } as const;
  const mayEvaluate = may(person, "read-subscribers", readers);
  const view = reportPage({ issue, publication, seen, report, grown, mayEvaluate, language });
  const url = pageOf(c);
  const walks = [
    underWay(evaluation, `${url}/pieces`, language),
    underWay(table, `${url}/deliveries/pieces`, language),
  ].filter((one) => one !== null);
  const ready = readyTable(table, `${url}/table`, { timeZone: publication.timeZone, language });
  const frame = issueFrame(person, issue, "report", language);
  const more = { title: issue.theme.title, scripts: walks.length > 0 ? ["goes-on.js"] : [] };
  return show(c, "report", { ...view, url, issue: frame, walks, ready }, more);
}

/** So many issues make a year, and a picture. */
const mostIssues = 12;
/** Among them some that never left, and errata. */
const issuesLookedAt = 24;

/** To how many each issue went, up to this one. */
async function grownUntil(cloud: Cloud, publication: string, issue: string) {
  const { issues } = await latestIssues(cloud, publication, { limit: issuesLookedAt, after: upTo(issue) });
  const sent = issues.filter(
    (one) => (one.status === "sent" || (idOfIssue(one) === issue && "startedAt" in one)) && idOfIssue(one) <= issue,
  );
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
