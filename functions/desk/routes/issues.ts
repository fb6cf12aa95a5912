import { Hono } from "hono";
import { readNewIssue } from "../../../core/desk/issue-fields.ts";
import { issueList, newIssueForm } from "../../../core/desk/issue-list.ts";
import { idOfIssue } from "../../../core/issue/issue.ts";
import { Refusal } from "../../../core/refusal.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { latestIssues } from "../../records/issues.ts";
import { createIssue, proposeIssue } from "../new-issue.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** The issues of a publication: a list, and a new one. */
export function issues(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const proposal = await proposeIssue(cloud, c.var.publication.id);
    return list(cloud, c, {
      ...{ number: String(proposal.number), year: String(proposal.year), date: proposal.date, theme: "" },
    });
  });
  app.post("/", async (c) => {
    const form = await posted(c);
    const { given, problems } = readNewIssue(form.text, c.var.language);
    const typed = typedIn(form.text);
    if (!given) return list(cloud, c, typed, problems);
    try {
      const issue = await createIssue(cloud, c.var.person, c.var.publication.id, given);
      return done(c, `/issues/${idOfIssue(issue)}`, "issueBegun");
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== "issue-exists") throw refusal;
      return list(cloud, c, typed, { number: sentenceOf(c, refusal) });
    }
  });
  return app;
}

type Typed = Parameters<typeof newIssueForm>[0];
const typedIn = (text: (name: string) => string): Typed => ({
  ...{ theme: text("theme"), number: text("number"), year: text("year"), date: text("date") },
});

/** So many fit a page. */
const most = 40;

async function list(
  cloud: Cloud,
  c: DeskContext,
  typed: Typed,
  problems: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { publication, person, language } = c.var;
  const after = c.req.query("after");
  const page = await latestIssues(cloud, publication.id, { limit: most, ...(after ? { after } : {}) });
  const thing = { publication: publication.id, kind: "issue", id: publication.id } as const;
  const url = `/${publication.id}/issues`;
  const pager =
    after || page.next
      ? { newest: after && url, older: page.next && `${url}?after=${encodeURIComponent(page.next)}` }
      : null;
  const form = may(person, "draft", thing) ? newIssueForm(typed, problems, language) : null;
  const status = Object.keys(problems).length > 0 ? 422 : 200;
  return show(c, "issues", { issues: issueList(page.issues, language), form, pager }, { status });
}
