import { Hono } from "hono";
import { type SubmissionFilter, statesOf, submissionFilters } from "../../../core/desk/submissions.ts";
import { may } from "../../../core/rights.ts";
import { words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { offeredNames } from "../../records/people-listed.ts";
import { pageOfSubmissions } from "../../records/submission-pages.ts";
import { pasteText, readPasted } from "../hand-in.ts";
import { beginSubmission } from "../submissions.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { handingIn } from "./hand-in.ts";
import { pagerOf } from "./pager.ts";
import { posted } from "./posted.ts";
import { done, show } from "./show.ts";
import { ownHolder } from "./submission-holder.ts";
import { linesOf } from "./submission-lines.ts";

/** Handing in: an author sees theirs, editors see all. */
export function submissions(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", (c) => listed(cloud, c));
  app.get("/new", (c) => show(c, "new-submission", {}));
  app.post("/", (c) => begun(cloud, c));
  handingIn(app, "/:submission", cloud, { holderOf: (c) => ownHolder(cloud, c), missing: "missing" });
  return app;
}

const perPage = 40;
const mostOffered = 100;

async function listed(cloud: Cloud, c: DeskContext): Promise<Response> {
  const { publication, person } = c.var;
  const seesAll = may(person, "read-library", { publication: publication.id, kind: "publication", id: publication.id });
  const filter = filterOf(c);
  const by = seesAll ? c.req.query("by") || undefined : person.id;
  const sought = { by, states: filter && statesOf[filter] };
  const after = c.req.query("after");
  const [page, offered] = await Promise.all([
    pageOfSubmissions(cloud, publication.id, { ...sought, after, size: perPage }),
    seesAll ? offeredNames(cloud, publication.id, by, mostOffered) : [],
  ]);
  return show(c, "submissions", {
    lines: await linesOf(cloud, c, page.submissions),
    newUrl: `/${publication.id}/submissions/new`,
    commissionUrl: seesAll ? `/${publication.id}/commissions/new` : null,
    filter: seesAll ? filterView(c, filter, by, offered) : null,
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

/** With its words at once, where they were pasted; files come on the page it leads to. */
async function begun(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const { publication, person, baseUrl } = c.var;
  const title = form.text("title").slice(0, 300);
  const text = form.text("text");
  if (text) readPasted(text, title); // refused words begin nothing
  const { id } = await beginSubmission(cloud, person, publication, { title, deskUrl: baseUrl.origin });
  if (text) await pasteText(cloud, person, { publication: publication.id, submission: id }, { text, seen: "" });
  return done(c, `/submissions/${encodeURIComponent(id)}`, text ? "submitted" : "begun");
}
