import { Hono } from "hono";
import { openIssues } from "../../../core/desk/commission.ts";
import type { DoneCode } from "../../../core/desk/page.ts";
import { Refusal } from "../../../core/refusal.ts";
import { onTheWall } from "../../../core/wall-clock.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { latestIssues } from "../../records/issues.ts";
import { commission, commissionAgain, revokeCommission } from "../commissions.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { submissionPage } from "./hand-in.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";
import { ownHolder } from "./submission-holder.ts";

/** Asking authors for articles by a personal link. */
export function commissions(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/new", (c) => asking(cloud, c, { typed: {} }));
  app.post("/", (c) => asked(cloud, c));
  app.post("/:submission", (c) => again(cloud, c));
  app.post("/:submission/revocation", (c) => revoked(cloud, c));
  return app;
}

const fields = ["name", "address", "issue", "until", "title", "words"] as const;
type Typed = Readonly<Partial<Record<(typeof fields)[number], string>>>;

/** Those before them are out. */
const issuesLookedAt = 24;

/** The form, with what was typed where it was not taken. */
async function asking(
  cloud: Cloud,
  c: DeskContext,
  { typed, problem }: { readonly typed: Typed; readonly problem?: string },
): Promise<Response> {
  const { publication, language } = c.var;
  const { issues: issuesAhead } = await latestIssues(cloud, publication.id, { limit: issuesLookedAt });
  const issues = openIssues(issuesAhead.reverse(), typed.issue ?? c.req.query("issue"), language);
  const chosen = issues.find(({ isChosen }) => isChosen);
  const today = onTheWall(cloud.clock.now(), publication.timeZone).slice(0, 10);
  // A day that has passed is nobody's: whoever asks so late gives another one.
  const until = typed.until ?? (chosen?.dueAt && chosen.dueAt >= today ? chosen.dueAt : "");
  const { name = "", address = "", title = "", words = "" } = typed;
  const view = { issues, problem: problem ?? null, typed: { name, address, title, words, until } };
  const urls = { formUrl: `/${publication.id}/commissions`, newIssueUrl: `/${publication.id}/issues#new-issue` };
  return show(c, "commission", { ...view, ...urls }, problem ? { status: 422 } : {});
}

async function asked(cloud: Cloud, c: DeskContext): Promise<Response> {
  const typed = typedIn(await posted(c));
  const { publication, person, baseUrl } = c.var;
  try {
    const { id } = await commission(cloud, person, publication, { ...typed, deskUrl: baseUrl.origin });
    return done(c, `/submissions/${encodeURIComponent(id)}`, "commissioned");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    return asking(cloud, c, { typed, problem: sentenceOf(c, refusal) });
  }
}

const typedIn = (form: Posted) => ({
  ...{ name: form.text("name"), address: form.text("address"), issue: form.text("issue") },
  ...{ until: form.text("until"), title: form.text("title"), words: form.text("words") },
});

/** The row as it was shown. */
const seenIn = (c: DeskContext, form: Posted) => ({
  submission: c.req.param("submission") ?? "",
  version: Number(form.text("version")),
});

async function again(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const seen = seenIn(c, form);
  const until = form.text("until");
  return changed(cloud, c, "commissioned", () =>
    commissionAgain(cloud, c.var.person, c.var.publication, { ...seen, until }),
  );
}

async function revoked(cloud: Cloud, c: DeskContext): Promise<Response> {
  const seen = seenIn(c, await posted(c));
  return changed(cloud, c, "revoked", () => revokeCommission(cloud, c.var.person, c.var.publication, seen));
}

/** Back to the submission; where a rule said no, with its sentence and what stands now. */
async function changed(cloud: Cloud, c: DeskContext, code: DoneCode, change: () => Promise<void>): Promise<Response> {
  try {
    await change();
    return done(c, `/submissions/${encodeURIComponent(c.req.param("submission") ?? "")}`, code);
  } catch (refusal) {
    const isToSay = refusal instanceof Refusal && refusal.code !== "not-allowed";
    const holder = isToSay ? await ownHolder(cloud, c) : undefined;
    if (!isToSay || !holder) throw refusal;
    return submissionPage(cloud, c, holder, { refused: { sentence: sentenceOf(c, refusal) }, status: 409 });
  }
}
