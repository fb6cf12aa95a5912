import { Hono } from "hono";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import { progressView } from "../../../core/desk/progress-view.ts";
import { namedOn, sendingPage } from "../../../core/desk/sending-page.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { latestRequests } from "../../records/approval-requests.ts";
import { latestBuilds } from "../../records/builds.ts";
import { requireIssue } from "../../records/issues.ts";
import { namesOf } from "../../records/people-listed.ts";
import { latestProofs } from "../../records/proofs.ts";
import { standingOf } from "../../records/standing.ts";
import { askApproval } from "../asking-approval.ts";
import { sendProof, teamOf } from "../proofs.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { part } from "./part.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** An issue's way out of the house: proofs, approval, time, and how far it is. */
export function sending(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/sending", (c) => sendingAnswer(cloud, c));
  app.get("/:issue/progress", async (c) => {
    const standing = await standingOf(cloud, placeOf(c));
    const before = { accepted: Number(c.req.query("accepted")), at: c.req.query("at") ?? "" };
    const isKnown = Number.isInteger(before.accepted) && !Number.isNaN(Date.parse(before.at));
    const { timeZone } = c.var.publication;
    const progress = progressView(standing, timeZone, c.var.language, isKnown ? before : undefined);
    return progress ? part(c, "progress", "sending", { progress }) : c.body(null, 204);
  });
  app.post("/:issue/proofs", async (c) => {
    const form = await posted(c);
    return orAgain(cloud, c, "proof", {}, async () => {
      await sendProof(cloud, c.var.person, placeOf(c), { seen: form.text("seen"), to: form.all("to") });
      return done(c, issuePath(c, "/sending"), "proofSent");
    });
  });
  app.post("/:issue/approval-requests", async (c) => {
    const form = await posted(c);
    const asked = { seen: form.text("seen"), name: form.text("name"), address: form.text("address") };
    return orAgain(cloud, c, "ask", asked, async () => {
      const { baseUrl: desk, language } = c.var;
      await askApproval(cloud, c.var.person, placeOf(c), { ...asked, desk, language });
      return done(c, issuePath(c, "/sending"), "approvalAsked");
    });
  });
  return app;
}

/** Which form a rule said no to, and what was typed there. */
interface Problem {
  readonly at: "proof" | "ask" | "schedule" | "page";
  readonly sentence: string;
  readonly typed: Readonly<Record<string, string>>;
}

/** What a form asks for, or the page again with what was typed and why it cannot be. */
export async function orAgain(
  cloud: Cloud,
  c: DeskContext,
  at: Problem["at"],
  typed: Problem["typed"],
  act: () => Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    return sendingAnswer(cloud, c, { at, typed, sentence: sentenceOf(c, refusal) });
  }
}

async function sendingAnswer(cloud: Cloud, c: DeskContext, problem?: Problem): Promise<Response> {
  const { publication, person, language } = c.var;
  const place = placeOf(c);
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const [team, proofs, answers, builds, standing] = await Promise.all([
    teamOf(cloud, person, publication.id),
    latestProofs(cloud, place, 5),
    latestRequests(cloud, place, 10),
    latestBuilds(cloud, place, 10),
    "sendAt" in issue || issue.status === "cancelled" ? standingOf(cloud, place) : undefined,
  ]);
  const people = await namesOf(cloud, publication.id, namedOn({ issue, proofs, answers }));
  const progress = standing ? progressView(standing, publication.timeZone, language, undefined) : null;
  const isMoving = issue.status === "scheduled" || issue.status === "sending";
  const view = {
    ...sendingPage({
      ...{ issue, publication, person, people, team, proofs, answers, builds, language },
      ...{ account: standing?.account ?? null, now: cloud.clock.now() },
    }),
    ...{ issue: issueFrame(person, issue, "sending", language), status: issue.status, progress },
    live: isMoving ? issuePath(c, "/progress", { isWhole: true }) : null,
    problem: problem ? { [problem.at]: problem.sentence } : {},
    typed: { name: "", address: "", date: "", time: "", ...problem?.typed },
  };
  const more = {
    title: issue.theme.title,
    scripts: isMoving ? ["progress.js"] : [],
    status: problem ? 422 : 200,
  } as const;
  return show(c, "sending", view, more);
}
