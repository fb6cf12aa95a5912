import { Hono } from "hono";
import { isWanted, type SubmissionFilter, submissionFilters, submissionLines } from "../../../core/desk/submissions.ts";
import { may } from "../../../core/rights.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { readCards } from "../../records/articles.ts";
import { listIssues } from "../../records/issues.ts";
import { listPeople } from "../../records/people.ts";
import { type Looked, pageOfSubmissions } from "../../records/submissions.ts";
import { pasteText } from "../hand-in.ts";
import { beginSubmission } from "../submissions.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { handingIn } from "./hand-in.ts";
import { posted } from "./posted.ts";
import { done, show } from "./show.ts";
import { ownHolder } from "./submission-holder.ts";

/** Handing in: an author sees theirs, editors see all. */
export function submissions(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => listed(cloud, c));
  app.get("/new", (c) => show(c, "new-submission", {}));
  app.post("/", (c) => begun(cloud, c));
  handingIn(app, "/:submission", cloud, { holderOf: (c) => ownHolder(cloud, c), missing: "missing" });
  return app;
}

const perPage = 50;

async function listed(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { publication, person, language } = c.var;
  const seesAll = may(person, "read-library", { publication: publication.id, kind: "publication", id: publication.id });
  const filter = filterOf(c);
  const by = seesAll ? c.req.query("by") || undefined : person.id;
  const wanted = (one: Looked): boolean => (by === undefined || one.by === by) && isWanted(filter, one);
  const after = c.req.query("after");
  const [page, issues, people] = await Promise.all([
    pageOfSubmissions(cloud, publication.id, { wanted, after, size: perPage }),
    listIssues(cloud, publication.id),
    seesAll ? listPeople(cloud, publication.id) : [],
  ]);
  const ids = page.submissions.map(({ id }) => id);
  const found = await readCards(cloud, publication.id, ids);
  const cards = new Map(found.map((card) => [card.id, card]));
  return show(c, "submissions", {
    lines: submissionLines({ language, publication, submissions: page.submissions, cards, issues, people }),
    newUrl: `/${publication.id}/submissions/new`,
    commissionUrl: seesAll ? `/${publication.id}/commissions/new` : null,
    filter: seesAll ? filterView(c, filter, by, people) : null,
    isFiltered: seesAll && (filter !== undefined || by !== undefined),
    pager: pagerOf(c, after, page.next),
  });
}

const filterOf = (c: DeskContext): SubmissionFilter | undefined =>
  submissionFilters.find((one) => one === c.req.query("state"));

function filterView(
  c: DeskContext,
  filter: SubmissionFilter | undefined,
  by: string | undefined,
  people: readonly { readonly id: string; readonly name: string }[],
) {
  const say = words(c.var.language).desk.submissions.filter;
  return {
    states: submissionFilters.map((value) => ({ value, label: say[value], isChosen: value === filter })),
    people: people.map(({ id, name }) => ({ value: id, label: name, isChosen: id === by })),
  };
}

function pagerOf(c: DeskContext, after: string | undefined, next: string | undefined) {
  if (after === undefined && next === undefined) return null;
  const at = (from?: string): string => {
    const query = new URLSearchParams();
    for (const name of ["state", "by"]) if (c.req.query(name)) query.set(name, c.req.query(name) ?? "");
    if (from !== undefined) query.set("after", from);
    return query.size > 0 ? `${c.req.path}?${query}` : c.req.path;
  };
  return { newest: after === undefined ? null : at(), older: next === undefined ? null : at(next) };
}

/** With its words at once, where they were pasted; files come on the page it leads to. */
async function begun(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const { publication, person, baseUrl } = c.var;
  const title = form.text("title").slice(0, 300);
  const { id } = await beginSubmission(cloud, person, publication, { title, deskUrl: baseUrl.origin });
  const text = form.text("text");
  if (text) await pasteText(cloud, person, { publication: publication.id, submission: id }, { text, seen: "" });
  return done(c, `/submissions/${encodeURIComponent(id)}`, text ? "submitted" : "begun");
}
