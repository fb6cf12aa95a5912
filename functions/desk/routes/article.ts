import { type Context, Hono } from "hono";
import type { Focus } from "../../../core/article/article.ts";
import type { PictureWords } from "../../../core/article/mend.ts";
import { Refusal } from "../../../core/refusal.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { previewArticle, previewKinds } from "../article-preview.ts";
import { type ArticlePlace, openArticle } from "../articles.ts";
import { describePictures } from "../pictures.ts";
import { type Asking, askReview } from "../reviews.ts";
import { refuseOffered, takeOffered } from "../revisions.ts";
import { showArticle } from "./article-page.ts";
import { checkBehind } from "./check-behind.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { framed } from "./framed.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** One article: what it is, how it will look, its pictures, who looked it through, its revisions. */
export function article(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:article", (c) => showArticle(cloud, c, placeOf(c)));
  app.get("/:article/preview/:kind", async (c) => {
    const kind = previewKinds.find((one) => one === c.req.param("kind"));
    if (!kind) return show(c, "missing", {}, { status: 404 });
    const opened = await openArticle(cloud, c.var.person, placeOf(c));
    return framed(c, await previewArticle(cloud, c.var.publication, opened.article, kind));
  });
  app.post("/:article/pictures", (c) => savePictures(cloud, c));
  app.post("/:article/offer", async (c) => {
    const form = await posted(c);
    const choice = { seen: Number(form.text("seen")), revision: Number(form.text("revision")) };
    const isTaken = form.text("choice") === "take";
    await (isTaken ? takeOffered : refuseOffered)(cloud, c.var.person, placeOf(c), choice);
    return done(c, pathOf(c), isTaken ? "offer-taken" : "offer-refused");
  });
  app.post("/:article/reviews", (c) => askFor(cloud, c));
  return app;
}

export const placeOf = (c: Context<DeskEnv>): ArticlePlace => ({
  publication: c.var.publication.id,
  article: c.req.param("article") ?? "",
});
/** Behind the publication, as `done` wants it. */
export const pathOf = (c: Context<DeskEnv>): string => `/articles/${encodeURIComponent(c.req.param("article") ?? "")}`;

async function savePictures(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const [pictures, check] = [picturesIn(form), checkBehind(c, form.text("check"))];
  try {
    await describePictures(cloud, c.var.person, placeOf(c), { revision: Number(form.text("revision")), pictures });
    return done(c, check ? `/issues/${check.issue}/check` : `${pathOf(c)}#pictures`, "pictures-saved");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !fieldsStay.has(refusal.code)) throw refusal;
    const status = ["article-bounds", "picture-nowhere"].includes(refusal.code) ? 422 : 409;
    return showArticle(cloud, c, placeOf(c), {
      status,
      problem: sentenceOf(c, refusal),
      pictures,
      ...(check && { check: check.issue }),
    });
  }
}

/** Where the page still has the fields to type on in. */
const fieldsStay: ReadonlySet<string> = new Set([
  "article-moved-on",
  "article-scheduled",
  "article-bounds",
  "picture-nowhere",
]);

/** More than any article has; ingest takes no more files. */
const mostPictures = 100;

export function picturesIn(form: Posted): PictureWords[] {
  const count = Array.from({ length: mostPictures }, (_, index) => index).filter((index) => form.has(`p${index}-name`));
  return count.map((index): PictureWords => {
    const said = (field: string): string | undefined =>
      form.has(`p${index}-${field}`) ? form.text(`p${index}-${field}`) : undefined;
    const [place, caption, credit, alt] = [said("place"), said("caption"), said("credit"), said("alt")];
    return {
      name: form.all(`p${index}-name`)[0] ?? "",
      ...(place !== undefined && { place }),
      ...(caption !== undefined && { caption: caption.replace(/\s+/g, " ") }),
      ...(credit !== undefined && { credit }),
      ...(alt !== undefined && { alt: alt.replace(/\s+/g, " ") }),
      ...(said("asks") === "decorative" && { isDecorative: form.has(`p${index}-decorative`) }),
      ...(form.has(`p${index}-x`) && { focus: focusIn(said("x"), said("y")) }),
    };
  });
}

/** Both or neither: half a point is none. */
function focusIn(x = "", y = ""): Focus | null {
  const inside = (typed: string): boolean => /^\d{1,3}$/.test(typed) && Number(typed) <= 100;
  return inside(x) && inside(y) ? { x: Number(x), y: Number(y) } : null;
}

async function askFor(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  const [name, address] = [form.text("name"), form.text("address")];
  const whom: Asking["whom"] = address === "" ? { person: form.text("person") } : { name, address };
  const [revision, words] = [Number(form.text("revision")), form.text("words")];
  try {
    const { baseUrl: desk, language } = c.var;
    await askReview(cloud, c.var.person, placeOf(c), {
      revision,
      whom,
      words,
      desk,
      language,
      form: form.text("form"),
    });
    return done(c, `${pathOf(c)}#review`, "review-asked");
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not-allowed" || refusal.code === "no-article") throw refusal;
    const asked = { name, address, words, person: form.text("person"), problem: sentenceOf(c, refusal) };
    return showArticle(cloud, c, placeOf(c), { status: refusal.code === "article-moved-on" ? 409 : 422, asked });
  }
}
