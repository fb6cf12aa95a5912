import { Hono } from "hono";
import { approvalPage } from "../../../core/desk/approval-page.ts";
import { Refusal } from "../../../core/refusal.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type Asked, answerAsked, askedBy } from "../approvals.ts";
import { builtLetter, builtPage, editionOf, lookAt } from "../built.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { framed } from "./framed.ts";
import { posted } from "./posted.ts";
import { sentenceOf, show } from "./show.ts";
import { untakenWords } from "./untaken-words.ts";

/** Approval by whoever holds a personal link. A GET changes nothing: link scanners follow every link. */
export function approvingByLink(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/approval/:token", async (c) => answer(cloud, c, await held(cloud, c)));
  app.post("/approval/:token", async (c) => {
    const form = await posted(c);
    const is = form.text("answer") === "approved" ? "approved" : "declined";
    const asked = await held(cloud, c);
    const given = { is, words: form.text("words"), signedIn: c.var.session?.addressKey, desk: c.var.baseUrl } as const;
    try {
      return answer(cloud, c, asked && (await answerAsked(cloud, tokenOf(c), given)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const problem = { sentence: sentenceOf(c, refusal), words: given.words };
      return answer(cloud, c, await held(cloud, c), problem);
    }
  });
  app.get("/approval/:token/mail", async (c) => {
    const open = await openEdition(cloud, c);
    if (!open) return show(c, "missing", {}, { status: 404 });
    return framed(c, await builtLetter(cloud, c.var.publication, open));
  });
  app.get("/approval/:token/page", async (c) => {
    const open = await openEdition(cloud, c);
    const html = open && (await builtPage(cloud, c.var.publication, open, c.req.query("page") ?? ""));
    return html === undefined ? show(c, "missing", {}, { status: 404 }) : framed(c, html);
  });
  return app;
}

const tokenOf = (c: DeskContext): string => c.req.param("token") ?? "";

/** Dressed like the publication, and in its language where the browser says nothing else. */
async function held(cloud: Cloud, c: DeskContext): Promise<Asked | undefined> {
  const asked = await askedBy(cloud, tokenOf(c));
  if (asked) c.set("publication", asked.publication);
  return asked;
}

/** Only of what can still be decided: a link that is over shows nothing. */
async function openEdition(cloud: Cloud, c: DeskContext) {
  const asked = await held(cloud, c);
  return asked?.is === "open" ? editionOf(asked.issue) : undefined;
}

async function answer(
  cloud: Cloud,
  c: DeskContext,
  asked: Asked | undefined,
  problem?: { readonly sentence: string; readonly words: string },
): Promise<Response> {
  const { language } = c.var;
  const say = words(language).desk.approval;
  const page = {
    ...{ issue: null, back: null, problem: problem?.sentence ?? null, words: problem?.words ?? "" },
    ...{ mayApprove: false, mayDecline: false, asked: null, mail: null, message: null },
    untaken: (problem || !asked) && asked?.is !== "open" ? await untakenWords(c) : undefined,
  };
  if (!asked) return show(c, "approval", { ...page, message: say.over }, { status: 404 });
  const said = asked.request.answer;
  if (said)
    return show(c, "approval", { ...page, message: said.is === "approved" ? say.doneApproved : say.doneDeclined });
  const edition = asked.is === "open" ? editionOf(asked.issue) : undefined;
  if (!edition) return show(c, "approval", { ...page, message: say.stale }, { status: problem ? 422 : 410 });
  const url = `/r/approval/${tokenOf(c)}`;
  const view = approvalPage({
    ...{ issue: asked.issue, fingerprint: edition.fingerprint, look: await lookAt(cloud, edition) },
    ...{ url, frames: url, page: c.req.query("page") ?? "", language },
  });
  const decides = { mayApprove: true, mayDecline: true, asked: fill(say.leadAsked, { name: asked.request.name }) };
  return show(c, "approval", { ...page, ...view, ...decides }, { status: problem ? 422 : 200 });
}
