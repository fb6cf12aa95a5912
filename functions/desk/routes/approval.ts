import { Hono } from "hono";
import { approvalPage } from "../../../core/desk/approval-page.ts";
import { differencesPage } from "../../../core/desk/differences-page.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import { Refusal } from "../../../core/refusal.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { requireIssue } from "../../records/issues.ts";
import { declineBuild } from "../approvals.ts";
import { compareBuilds } from "../builds.ts";
import { builtLetter, builtPage, editionOf, lookAt } from "../built.ts";
import { approveIssue } from "../issues.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { framed } from "./framed.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";
import { untakenWords } from "./untaken-words.ts";

/** A build is looked at, compared, and approved or not. */
export function approving(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue/approval", (c) => approval(cloud, c));
  app.post("/:issue/approval", async (c) => {
    const form = await posted(c);
    const [seen, said] = [form.text("seen"), form.text("words")];
    const place = placeOf(c);
    try {
      if (form.text("answer") === "approved") {
        await approveIssue(cloud, c.var.person, place.publication, place.issue, seen);
        return done(c, issuePath(c, "/sending"), "approved");
      }
      await declineBuild(cloud, c.var.person, place, { seen, words: said });
      return done(c, issuePath(c, "/sending"), "declined");
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
      return approval(cloud, c, { refusal, words: said });
    }
  });
  app.get("/:issue/build/mail", async (c) => {
    const edition = editionOf(await issueHere(cloud, c));
    if (!edition) return show(c, "missing", {}, { status: 404 });
    return framed(c, await builtLetter(cloud, c.var.publication, edition));
  });
  app.get("/:issue/build/page", async (c) => {
    const edition = editionOf(await issueHere(cloud, c));
    const html = edition && (await builtPage(cloud, c.var.publication, edition, c.req.query("page") ?? ""));
    return html === undefined ? show(c, "missing", {}, { status: 404 }) : framed(c, html);
  });
  app.get("/:issue/differences", async (c) => {
    const builds = [c.req.query("from") ?? "", c.req.query("to") ?? ""] as const;
    const [issue, differences] = await Promise.all([
      issueHere(cloud, c),
      compareBuilds(cloud, c.var.person, placeOf(c), builds),
    ]);
    const view = differencesPage(differences, builds, c.var.language);
    const frame = issueFrame(c.var.person, issue, "sending", c.var.language);
    return show(c, "differences", { ...view, issue: frame, back: issuePath(c, "/sending", { isWhole: true }) });
  });
  return app;
}

function issueHere(cloud: Cloud, c: DeskContext) {
  const { publication, issue } = placeOf(c);
  return requireIssue(cloud, publication, issue);
}

/** What was typed stays where a rule says no, and what stands now is beside it. */
async function approval(
  cloud: Cloud,
  c: DeskContext,
  problem?: { readonly refusal: Refusal; readonly words: string },
): Promise<Response> {
  const { publication, person, language } = c.var;
  const issue = await issueHere(cloud, c);
  const edition = editionOf(issue);
  if (!edition && problem) throw problem.refusal;
  if (!edition) return c.redirect(issuePath(c, "/sending", { isWhole: true }), 303);
  const thing = { publication: publication.id, kind: "issue", id: edition.issue } as const;
  const builtBy = issue.status === "built" ? { by: issue.builtBy } : {};
  const mayApprove =
    issue.status === "built" && may(person, "approve", { ...thing, ...builtBy, approvals: publication.approvals });
  const [url, frames] = ["/approval", "/build"].map((path) => issuePath(c, path, { isWhole: true })) as [
    string,
    string,
  ];
  const { fingerprint } = edition;
  const look = await lookAt(cloud, edition);
  const view = approvalPage({ issue, fingerprint, look, url, frames, page: c.req.query("page") ?? "", language });
  const decides = { mayApprove, mayDecline: issue.status === "built" && may(person, "decline", thing), asked: null };
  return show(
    c,
    "approval",
    {
      ...{ ...view, ...decides, message: null, words: problem?.words ?? "" },
      problem: problem ? sentenceOf(c, problem.refusal) : null,
      untaken: decides.mayDecline ? undefined : await untakenWords(c),
      ...{ issue: issueFrame(person, issue, "sending", language), back: issuePath(c, "/sending", { isWhole: true }) },
    },
    { status: problem ? 422 : 200 },
  );
}
