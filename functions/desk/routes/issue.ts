import { Hono } from "hono";
import { conflictView } from "../../../core/desk/issue-conflict.ts";
import { headFields, headTexts, readHead } from "../../../core/desk/issue-forms.ts";
import { labelOf } from "../../../core/desk/issue-frame.ts";
import { contentsPage, type Untaken } from "../../../core/desk/issue-page.ts";
import { readChange } from "../../../core/desk/read-change.ts";
import type { PlanChange } from "../../../core/issue/change.ts";
import { articlesOf, planOf } from "../../../core/issue/draft.ts";
import { idOfIssue } from "../../../core/issue/issue.ts";
import { Refusal } from "../../../core/refusal.ts";
import { operator } from "../../../core/rights.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { requireIssue } from "../../records/issues.ts";
import { articlesNow } from "../articles-now.ts";
import { renumberIssue } from "../new-issue.ts";
import { changeIssue } from "../planning.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** What stands in an issue (Inhalt), and every change of it: each a form that says what its page had shown. */
export function issue(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:issue", (c) => contents(cloud, c));
  app.post("/:issue/head", (c) => changeHead(cloud, c));
  app.post("/:issue/number", (c) => renumber(cloud, c));
  for (const part of ["sections", "articles", "choices", "teasers"] as const)
    app.post(`/:issue/${part}`, (c) => changePart(cloud, c, part));
  return app;
}

const placeOf = (c: DeskContext) => ({ publication: c.var.publication.id, issue: c.req.param("issue") ?? "" });
const seenIn = (form: Posted): number => Number(form.text("version")) || 0;

async function contents(cloud: Cloud, c: DeskContext, untaken: Untaken = {}): Promise<Response> {
  const { publication, person, language } = c.var;
  const issue = await requireIssue(cloud, publication.id, placeOf(c).issue);
  const articles = await articlesNow(cloud, publication.id, articlesOf(issue));
  const view = contentsPage({ publication, person, issue, articles }, untaken, language);
  const title = `${words(language).desk.tabs.contents}, ${labelOf(issue, language)}`;
  const status = untaken.conflict ? 409 : untaken.head ? 422 : 200;
  return show(c, "issue", view, { title, status, scripts: ["issue.js"] });
}

/** After a change: where it can be seen, and what it cost. */
function changedAt(c: DeskContext, voided: "built" | "approved" | null, anchor = ""): Response {
  const code = voided === "approved" ? "planUnapproved" : voided === "built" ? "planUnbuilt" : "saved";
  return done(c, `/issues/${placeOf(c).issue}${anchor}`, code);
}

async function changeHead(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const { head, problems, typed } = readHead(form.text, c.var.language);
  if (!head) return contents(cloud, c, { head: { typed, problems } });
  try {
    const { voided } = await changeIssue(cloud, c.var.person, placeOf(c), seenIn(form), { kind: "head", head });
    return changedAt(c, voided);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !isMet(refusal)) throw refusal;
    const standing = headTexts(await requireIssue(cloud, c.var.publication.id, placeOf(c).issue));
    const now = words(c.var.language).desk.conflict.now.field;
    const met = headFields.filter(
      (name) => standing[name] !== form.text(`was-${name}`) && standing[name] !== typed[name],
    );
    const beside = Object.fromEntries(met.map((name) => [name, fill(now, { text: standing[name] || "–" })]));
    // What they left alone shows what stands now, not what stood when they began.
    const kept = headFields.map((name) => [
      name,
      typed[name] === form.text(`was-${name}`) ? standing[name] : typed[name],
    ]);
    const shown = { typed: Object.fromEntries(kept), problems: beside };
    return contents(cloud, c, { ...(await conflictOf(cloud, c, refusal, { kind: "head", head })), head: shown });
  }
}

async function changePart(
  cloud: Cloud,
  c: DeskContext,
  part: "sections" | "articles" | "choices" | "teasers",
): Promise<Response> {
  const form = await posted(c);
  const { change, problem, anchor } = readChange(part, form.text, c.var.language);
  if (!change) return contents(cloud, c, problem ? unread(problem, form.text("teaser") || form.text("name")) : {});
  try {
    const { voided } = await changeIssue(cloud, c.var.person, placeOf(c), seenIn(form), change);
    if (form.has("back"))
      return done(c, `/issues/${placeOf(c).issue}/articles?${searchedBefore(form)}`, "articleAdded");
    return changedAt(c, voided, anchor);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !isMet(refusal)) throw refusal;
    const again = {
      action: c.req.path,
      fields: form.names
        .filter((name) => !["version", "token"].includes(name))
        .map((name) => ({ name, value: form.text(name) })),
    };
    return contents(cloud, c, { ...(await conflictOf(cloud, c, refusal, change)), again });
  }
}

/** Where somebody goes on taking articles in: the same search, and the section they chose. */
function searchedBefore(form: Posted): string {
  const query = new URLSearchParams(form.text("back"));
  query.set("section", form.text("section"));
  return query.toString();
}

/** What could not even be understood, and the words it came in. */
const unread = (sentence: string, wanted = ""): Untaken => ({ conflict: { sentence, wanted, now: "" } });

/** Refusals that mean: look again. Others say that nothing can be changed at all. */
const isMet = ({ code }: Refusal): boolean =>
  ["plan-changed", "plan-old", "section-gone", "section-twice", "article-gone", "article-twice", "moved-on"].includes(
    code,
  );

async function conflictOf(cloud: Cloud, c: DeskContext, refusal: Refusal, change: PlanChange): Promise<Untaken> {
  const { publication, language } = c.var;
  const issue = await requireIssue(cloud, publication.id, placeOf(c).issue);
  const named = "article" in change && change.article !== null ? [change.article] : [];
  const articles = await articlesNow(cloud, publication.id, [...articlesOf(issue), ...named]);
  return {
    conflict: conflictView(sentenceOf(c, byName(c, refusal)), change, { plan: planOf(issue), articles }, language),
  };
}

/** Whoever works at the command line has no name here. */
function byName(c: DeskContext, refusal: Refusal): Refusal {
  if (refusal.details.by !== operator.id) return refusal;
  return new Refusal(refusal.code, { ...refusal.details, by: words(c.var.language).desk.conflict.operator });
}

async function renumber(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const typed = { number: form.text("number"), year: form.text("year") };
  const [number, year] = [typed.number, typed.year].map((one) => (/^\d{1,4}$/.test(one) ? Number(one) : 0));
  const isNumber = number && number < 1000 && year && year >= 1900 && year <= 2999;
  if (!isNumber) return contents(cloud, c, { ...unread(words(c.var.language).desk.wrong.number), number: typed });
  try {
    const moved = await renumberIssue(cloud, c.var.person, placeOf(c), seenIn(form), { number, year });
    return done(c, `/issues/${idOfIssue(moved)}`, "saved");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !["issue-exists", "moved-on"].includes(refusal.code)) throw refusal;
    return contents(cloud, c, { ...unread(sentenceOf(c, refusal)), number: typed });
  }
}
