import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { DoneCode } from "../../../core/desk/page.ts";
import { submissionView, type Untaken } from "../../../core/desk/submission-page.ts";
import { Refusal } from "../../../core/refusal.ts";
import { fill, refusalSentence, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { readArticle } from "../../records/articles.ts";
import { listFiles } from "../../records/submissions.ts";
import { previewArticle, previewKinds } from "../article-preview.ts";
import { formForOne, formsFor, type HandInPlace, mostOffered, pasteText, removeFile } from "../hand-in.ts";
import { describePictures } from "../pictures.ts";
import { whereTheyStand } from "../where-they-stand.ts";
import { picturesIn } from "./article.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { framed } from "./framed.ts";
import { posted } from "./posted.ts";
import { sentenceOf, show } from "./show.ts";
import { type Holder, linkHolder } from "./submission-holder.ts";
import { asksForData } from "./typed.ts";
import { untakenWords } from "./untaken-words.ts";

type HolderOf = (c: DeskContext) => Promise<Holder | undefined>;

/** The page of one submission and what can be done on it, wherever it stands. */
export function handingIn(
  app: Hono<DeskEnv>,
  path: string,
  cloud: Cloud,
  { holderOf, missing }: { readonly holderOf: HolderOf; readonly missing: "missing" | "link-over" },
): void {
  const forHolder = (answer: (c: DeskContext, holder: Holder) => Promise<Response>) => async (c: DeskContext) => {
    const holder = await holderOf(c);
    if (!holder) return nobodys(c, missing);
    if (holder.closed && c.req.method === "POST") return closed(cloud, c, holder, holder.closed);
    return answer(c, holder);
  };
  app.get(
    path,
    forHolder((c, holder) => submissionPage(cloud, c, holder)),
  );
  app.post(
    `${path}/text`,
    forHolder((c, holder) => pasted(cloud, c, holder)),
  );
  app.post(
    `${path}/uploads`,
    forHolder((c, holder) => offered(cloud, c, holder)),
  );
  app.post(
    `${path}/removals`,
    forHolder((c, holder) => removed(cloud, c, holder)),
  );
  app.post(
    `${path}/pictures`,
    forHolder((c, holder) => described(cloud, c, holder)),
  );
}

/** What was written while the link still led somewhere is not lost with it. */
async function nobodys(c: DeskContext, missing: "missing" | "link-over"): Promise<Response> {
  if (asksForData(c)) return c.json({ problem: words(c.var.language).desk.submission.linkOver }, 404);
  return show(c, missing, { untaken: await untakenWords(c) }, { status: 404 });
}

/** The page says itself why nothing is taken any more. */
async function closed(cloud: Cloud, c: DeskContext, holder: Holder, because: Refusal): Promise<Response> {
  if (asksForData(c)) return c.json({ problem: sentenceOf(c, because) }, 409);
  return submissionPage(cloud, c, holder, { status: 409 });
}

const placeOf = ({ submission }: Holder): HandInPlace => ({
  publication: submission.publication,
  submission: submission.id,
});

interface Answer {
  readonly refused?: Untaken;
  readonly status?: ContentfulStatusCode;
}

/** @param answer what was not taken, and why */
export async function submissionPage(
  cloud: Cloud,
  c: DeskContext,
  holder: Holder,
  { refused, status }: Answer = {},
): Promise<Response> {
  const { submission, at, closed, ...rest } = holder;
  const { publication, language, baseUrl } = c.var;
  const [files, article, stands, form] = await Promise.all([
    listFiles(cloud, publication.id, submission.id),
    readArticle(cloud, publication.id, submission.id),
    whereTheyStand(cloud, publication.id, [submission.id]),
    rest.mayBring ? formForOne(cloud, rest.person, placeOf(holder), new URL(at, baseUrl).href) : undefined,
  ]);
  const now = cloud.clock.now();
  const seen = { submission, files, article, stands: stands.get(submission.id) };
  const shown = { ...rest, now, language, publication, ...seen, at, form, refused };
  const { title, ...view } = submissionView(shown);
  const closedBecause = closed ? refusalSentence(language, closed) : null;
  const more = { title, scripts: ["hand-in.js", "long-text.js"], ...(status && { status }) };
  const untaken = closed && (await untakenWords(c));
  return show(c, "submission", { ...view, closedBecause, untaken, arrived: arrivedAt(c, files) }, more);
}

/** Storage leads back here with the key of what it took. */
function arrivedAt(c: DeskContext, files: readonly { readonly name: string }[]): string | null {
  const key = (c.req.query("key") ?? "").normalize("NFC");
  const found = files.find(({ name }) => key.endsWith(`/${name}`));
  return found ? fill(words(c.var.language).desk.submission.arrived, { name: found.name }) : null;
}

const back = (c: DeskContext, { at }: Holder, code: DoneCode): Response => c.redirect(`${at}?done=${code}`, 303);

async function pasted(cloud: Cloud, c: DeskContext, holder: Holder): Promise<Response> {
  const form = await posted(c);
  const text = form.text("text");
  try {
    await pasteText(cloud, holder.person, placeOf(holder), { text, seen: form.text("seen") });
    return back(c, holder, "submitted");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    // Nothing of what they typed is lost: it stands in the field again, beside what came meanwhile.
    return submissionPage(cloud, c, holder, { refused: { sentence: sentenceOf(c, refusal), text }, status: 409 });
  }
}

/** What was missing of the pictures, over the revision that was shown. */
async function described(cloud: Cloud, c: DeskContext, holder: Holder): Promise<Response> {
  const form = await posted(c);
  const pictures = picturesIn(form);
  const place = { publication: holder.submission.publication, article: holder.submission.id };
  try {
    await describePictures(cloud, holder.person, place, { revision: Number(form.text("revision")), pictures });
    return back(c, holder, "pictures-saved");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    const refused = { sentence: sentenceOf(c, refusal), pictures };
    return submissionPage(cloud, c, holder, { refused, status: 409 });
  }
}

/** As readers will see it, for a frame. */
async function previewed(cloud: Cloud, c: DeskContext, { submission }: Holder): Promise<Response> {
  const kind = previewKinds.find((one) => one === c.req.param("kind"));
  const article = kind && (await readArticle(cloud, submission.publication, submission.id));
  if (!kind || !article) return show(c, "missing", {}, { status: 404 });
  return framed(c, await previewArticle(cloud, c.var.publication, article, kind));
}

/** For people without an account: whoever was asked for an article. */
export function handingInByLink(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  handingIn(app, "/hand-in/:token", cloud, { holderOf: (c) => linkHolder(cloud, c), missing: "link-over" });
  app.get("/hand-in/:token/preview/:kind", async (c) => {
    const holder = await linkHolder(cloud, c);
    return holder ? previewed(cloud, c, holder) : show(c, "link-over", {}, { status: 404 });
  });
  return app;
}

/** A script asks before it sends: a form for each file, or the sentence that says why there is none. */
async function offered(cloud: Cloud, c: DeskContext, holder: Holder): Promise<Response> {
  const form = await posted(c);
  const named = (names: string, sizes: string) =>
    form.all(names).map((name, index) => ({ name, bytes: Number(form.all(sizes)[index]) || 0 }));
  const files = named("name", "bytes").slice(0, mostOffered + 1);
  const onTheWay = named("way-name", "way-bytes").slice(0, mostOffered);
  try {
    const answers = await formsFor(cloud, holder.person, placeOf(holder), { files, onTheWay });
    return c.json({
      files: answers.map((one) =>
        "refused" in one ? { name: one.name, problem: refusalSentence(c.var.language, one.refused) } : one,
      ),
    });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return c.json({ problem: sentenceOf(c, refusal) }, 422);
  }
}

async function removed(cloud: Cloud, c: DeskContext, holder: Holder): Promise<Response> {
  const form = await posted(c);
  try {
    await removeFile(cloud, holder.person, placeOf(holder), { name: form.text("name"), etag: form.text("etag") });
    return back(c, holder, "removed");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed") throw refusal;
    return submissionPage(cloud, c, holder, { refused: { sentence: sentenceOf(c, refusal) }, status: 409 });
  }
}
