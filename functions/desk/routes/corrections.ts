import { Hono } from "hono";
import { type CorrectionsPage, correctionsView } from "../../../core/desk/corrections-view.ts";
import { issueFrame } from "../../../core/desk/issue-frame.ts";
import type { DoneCode } from "../../../core/desk/page.ts";
import { idOfIssue } from "../../../core/issue/issue.ts";
import { Refusal } from "../../../core/refusal.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import {
  amendmentsOf,
  bringArticleBack,
  correctArticle,
  detachDownload,
  publishAmendments,
  withdrawArticle,
} from "../amendments.ts";
import { draftErratum, errataOf } from "../errata.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { placeOf } from "./issue-place.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** What is done to an issue that is public. */
export function corrections(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const path = "/:issue/corrections";
  app.get(path, (c) => shown(cloud, c));
  app.post(path, (c) => changed(cloud, c, "corrected", correct));
  app.post(`${path}/withdrawals`, (c) => changed(cloud, c, "withdrawn", withdraw));
  app.post(`${path}/returns`, (c) => changed(cloud, c, "returned", bringBack));
  app.post(`${path}/removals`, (c) => changed(cloud, c, "detached", detach));
  app.post(`${path}/publication`, (c) => changed(cloud, c, "published", publish));
  app.post(`${path}/erratum`, (c) => drafted(cloud, c));
  return app;
}

type Work = (cloud: Cloud, c: DeskContext, form: Posted) => Promise<unknown>;

const seenIn = (form: Posted): number => Number(form.text("seen"));

const correct: Work = async (cloud, c, form) => {
  const article = form.text("article");
  const { articles } = await amendmentsOf(cloud, c.var.person, placeOf(c));
  const newest = articles.find(({ id }) => id === article)?.newest;
  const mended = form.text("mended") === "yes" && newest !== undefined ? { revision: newest } : {};
  const correction = { article, text: form.text("text"), seen: seenIn(form), ...mended };
  await correctArticle(cloud, c.var.person, placeOf(c), correction);
};

const withdraw: Work = (cloud, c, form) =>
  withdrawArticle(cloud, c.var.person, placeOf(c), {
    ...{ article: form.text("article"), text: form.text("sentence"), seen: seenIn(form) },
  });

const bringBack: Work = (cloud, c, form) =>
  bringArticleBack(cloud, c.var.person, placeOf(c), { article: form.text("article"), seen: seenIn(form) });

const detach: Work = (cloud, c, form) =>
  detachDownload(cloud, c.var.person, placeOf(c), { file: form.text("file"), seen: seenIn(form) });

const publish: Work = (cloud, c) => publishAmendments(cloud, c.var.person, placeOf(c));

/** What was refused, or came second, comes back with what stands now; nothing that was typed is lost. */
async function changed(cloud: Cloud, c: DeskContext, code: DoneCode, work: Work): Promise<Response> {
  const form = await posted(c);
  try {
    await work(cloud, c, form);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || ["not-allowed", "no-issue", "not-public"].includes(refusal.code))
      throw refusal;
    return shown(cloud, c, { form, refusal });
  }
  return done(c, `/issues/${placeOf(c).issue}/corrections`, code);
}

async function drafted(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const which = form.all("which").map(Number);
  try {
    const erratum = await draftErratum(cloud, c.var.person, placeOf(c), which);
    return c.redirect(`/${c.var.publication.id}/issues/${idOfIssue(erratum)}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || ["not-allowed", "no-issue", "not-public"].includes(refusal.code))
      throw refusal;
    return shown(cloud, c, { form, refusal });
  }
}

async function shown(cloud: Cloud, c: DeskContext, given?: { form: Posted; refusal: Refusal }): Promise<Response> {
  const { person, publication, language } = c.var;
  const found = await amendmentsOf(cloud, person, placeOf(c));
  const thing = { publication: publication.id, kind: "issue", id: placeOf(c).issue } as const;
  const typed = given && typedIn(given.form);
  const page: CorrectionsPage = {
    ...found,
    ...{ errata: await errataOf(cloud, found.issue), mayWithdraw: may(person, "withdraw", thing) },
    ...(typed && { typed }),
    ...(given && { problem: sentenceOf(c, given.refusal) }),
  };
  const status = !given ? 200 : given.refusal.code === "moved-on" ? 409 : 422;
  const frame = issueFrame(person, found.issue, "corrections", language);
  return show(
    c,
    "corrections",
    { ...correctionsView(page, language), issue: frame },
    {
      ...{ status, title: found.issue.theme.title },
    },
  );
}

function typedIn(form: Posted): CorrectionsPage["typed"] {
  const article = form.text("article");
  if (form.has("text"))
    return { form: "correction", article, text: form.text("text"), takesMended: form.has("mended") };
  if (form.has("sentence")) return { form: "withdrawal", article, text: form.text("sentence") };
  return undefined;
}
