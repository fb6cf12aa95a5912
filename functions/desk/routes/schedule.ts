import { Hono } from "hono";
import { forecastView } from "../../../core/desk/forecast-view.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import { fieldsOf, readMoment, spokenMoment } from "../../../core/desk/moment.ts";
import { underWay } from "../../../core/desk/walk-view.ts";
import { afterSecondThoughts, schedule as demandSchedulable } from "../../../core/issue/schedule.ts";
import { Refusal } from "../../../core/refusal.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { readForecast } from "../../records/forecasts.ts";
import { requireIssue } from "../../records/issues.ts";
import { forecastErrand } from "../forecast.ts";
import { scheduleIssue } from "../issues.ts";
import { takeBackIssue } from "../sending.ts";
import { walkAt } from "../walking.ts";
import { walkOn } from "../walks.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { lateIn } from "./late.ts";
import { nextPiece } from "./pieces.ts";
import { type Posted, posted } from "./posted.ts";
import { orAgain } from "./sending.ts";
import { done, show } from "./show.ts";

/** When an issue leaves: a time is chosen, what that means is shown, and confirmed once. */
export function scheduling(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.post("/:issue/time", async (c) => {
    const form = await posted(c);
    const typed = { date: form.text("date"), time: form.text("time") };
    return orAgain(cloud, c, "schedule", typed, async () => {
      const sendAt = momentOf(cloud, c, form);
      const place = placeOf(c);
      const issue = await requireIssue(cloud, place.publication, place.issue);
      demandSchedulable(issue, { sendAt, now: cloud.clock.now(), by: c.var.person.id });
      await walkOn(cloud, await forecastErrand(cloud, c.var.person, place, sendAt), lateIn(cloud));
      return c.redirect(issuePath(c, "/schedule", { isWhole: true }), 303);
    });
  });
  app.get("/:issue/schedule", (c) => confirmation(cloud, c));
  app.post("/:issue/schedule/pieces", async (c) => {
    await nextPiece(cloud, c, { kind: "forecast", ...placeOf(c) });
    return c.redirect(issuePath(c, "/schedule", { isWhole: true }), 303);
  });
  app.post("/:issue/schedule", async (c) => {
    const form = await posted(c);
    const place = placeOf(c);
    const forecast = await readForecast(cloud, place);
    const isAsSeen = forecast?.at === form.text("counted") && form.has("sure");
    if (!forecast || !isAsSeen || hasPassed(cloud, forecast)) return confirmation(cloud, c, 422);
    const sendAt = afterSecondThoughts(new Date(forecast.sendAt), cloud.clock.now());
    const seen = Number(form.text("version"));
    const said = { expectedReaders: forecast.readers, seen };
    const moment = spokenMoment(sendAt.toISOString(), c.var.publication.timeZone, c.var.language);
    const typed = { moment: fill(words(c.var.language).desk.sending.notSet, { at: moment }) };
    return orAgain(cloud, c, "page", typed, async () => {
      await scheduleIssue(cloud, c.var.person, place.publication, place.issue, sendAt, said);
      return done(c, issuePath(c, "/sending"), "scheduled");
    });
  });
  app.post("/:issue/schedule/end", (c) =>
    orAgain(cloud, c, "page", {}, async () => {
      await takeBackIssue(cloud, c.var.person, placeOf(c));
      return done(c, issuePath(c, "/sending"), "takenBack");
    }),
  );
  return app;
}

/** Now, which leaves time for second thoughts, or a day and a time by the publication's clock. */
function momentOf(cloud: Cloud, c: DeskContext, form: Posted): Date {
  const now = cloud.clock.now();
  if (form.text("when") === "now") return afterSecondThoughts(undefined, now);
  const [date, time] = [form.text("date"), form.text("time")];
  const moment = readMoment(date, time, c.var.publication.timeZone);
  if (!moment) throw new Refusal("moment-unreadable");
  // In the night the clocks go forward an hour of the wall is none.
  if (fieldsOf(moment, c.var.publication.timeZone).time !== time.slice(0, 5))
    throw new Refusal("moment-skipped", { time });
  if (moment.getTime() < now.getTime()) throw new Refusal("moment-past");
  return afterSecondThoughts(moment, now);
}

/** Whoever leaves the confirmation open over night confirms no time of the morning. */
const hasPassed = ({ clock }: Cloud, { sendAt }: { readonly sendAt: string }): boolean =>
  Date.parse(sendAt) < clock.now().getTime();

/** Names the number of readers before anything is said. */
async function confirmation(cloud: Cloud, c: DeskContext, status: 200 | 422 = 200): Promise<Response> {
  const { publication, person, language } = c.var;
  const place = placeOf(c);
  const [issue, forecast, counting] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    readForecast(cloud, place),
    walkAt(cloud, person, { kind: "forecast", ...place }),
  ]);
  const isApproved = issue.status === "approved";
  const walk = isApproved ? underWay(counting, issuePath(c, "/schedule/pieces", { isWhole: true }), language) : null;
  // Of a time that is being counted anew the numbers of another say nothing.
  const counted = isApproved && !walk ? forecast : undefined;
  const isPast = counted !== undefined && hasPassed(cloud, counted);
  const view = {
    walk,
    issue: issueFrame(person, issue, "sending", language),
    ...{ action: issuePath(c, "/schedule", { isWhole: true }), back: issuePath(c, "/sending", { isWhole: true }) },
    ...{ version: issue.version, counted: counted?.at ?? "", isMissed: status === 422 },
    ...{ isPast, forecast: counted && !isPast ? forecastView(counted, publication.timeZone, language) : null },
  };
  const details = { readers: view.forecast?.readers ?? "" };
  return show(c, "schedule", view, { details, status, scripts: walk ? ["goes-on.js"] : [] });
}
