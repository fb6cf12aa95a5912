import { Hono } from "hono";
import { restGroups } from "../../../core/delivery/rest.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import type { DoneCode } from "../../../core/desk/page.ts";
import { type Asking, questionView } from "../../../core/desk/question-view.ts";
import type { QuestionName } from "../../../core/desk/questions.ts";
import type { Person } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import type { Place } from "../../records/issue-control.ts";
import { standingOf } from "../../records/standing.ts";
import { restOf, sendRest } from "../rest.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../sending.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { issuePath, placeOf } from "./issue-place.ts";
import { posted } from "./posted.ts";
import { orAgain } from "./sending.ts";
import { done, show } from "./show.ts";

/** What people say to an issue on its way. Each is asked once more, with the numbers it is about. */
export function questions(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  for (const [name, { happens, code }] of Object.entries(sayings) as [Saying, (typeof sayings)[Saying]][]) {
    app.get(`/:issue/${name}`, (c) => question(cloud, c, name));
    app.post(`/:issue/${name}`, (c) =>
      orAgain(cloud, c, "page", {}, async () => {
        await happens(cloud, c.var.person, placeOf(c));
        return done(c, issuePath(c, "/sending"), code);
      }),
    );
  }
  app.get("/:issue/rest", async (c) => question(cloud, c, "rest", await restOf(cloud, placeOf(c))));
  app.post("/:issue/rest", async (c) => {
    const groups = (await posted(c)).all("group");
    const ticked = restGroups.filter((group) => groups.includes(group));
    return orAgain(cloud, c, "page", {}, async () => {
      await sendRest(cloud, c.var.person, placeOf(c), ticked);
      return done(c, issuePath(c, "/sending"), "restSent");
    });
  });
  return app;
}

type Saying = Exclude<QuestionName, "rest">;
const sayings: Readonly<
  Record<
    Saying,
    { readonly happens: (cloud: Cloud, person: Person, place: Place) => Promise<void>; readonly code: DoneCode }
  >
> = {
  pause: { happens: pauseIssue, code: "paused" },
  resumption: { happens: resumeIssue, code: "resumed" },
  cancellation: { happens: cancelIssue, code: "cancelled" },
};

async function question(cloud: Cloud, c: DeskContext, name: QuestionName, rest?: Asking["rest"]): Promise<Response> {
  const { person, language } = c.var;
  const standing = await standingOf(cloud, placeOf(c));
  const asked = questionView({ name, standing, rest: rest ?? null, language });
  const view = {
    issue: issueFrame(person, standing.issue, "sending", language),
    ...{ ...asked, noGroups: asked.groups?.length === 0 },
    ...{ action: issuePath(c, `/${name}`, { isWhole: true }), back: issuePath(c, "/sending", { isWhole: true }) },
  };
  return show(c, "question", view, { title: asked.heading });
}
