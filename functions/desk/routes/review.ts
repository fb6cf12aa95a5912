import { type Context, Hono } from "hono";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { longDayOf } from "../../../core/edition/web/dates.ts";
import { Refusal } from "../../../core/refusal.ts";
import { fill, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { namesOf } from "../../records/people-listed.ts";
import { requirePublication } from "../../records/publications.ts";
import { previewArticle, previewKinds } from "../article-preview.ts";
import { open } from "../articles.ts";
import { answerReview, isAnswerCurrent, requireLink, requireReview } from "../reviews.ts";
import type { DeskEnv } from "./desk-env.ts";
import { framed } from "./framed.ts";
import { posted } from "./posted.ts";
import { previewFrame } from "./preview-frame.ts";
import { sentenceOf, show } from "./show.ts";

/** "Zur Durchsicht" by a personal link, without an account. To look changes nothing, however often a scanner looks. */
export function review(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/review/:token", async (c) => showReview(cloud, c, await linked(cloud, c)));
  app.get("/review/:token/:kind", async (c) => {
    const kind = previewKinds.find((one) => one === c.req.param("kind"));
    if (!kind) return show(c, "missing", {}, { status: 404 });
    const { article } = await linked(cloud, c);
    return framed(c, await previewArticle(cloud, c.var.publication, article, kind));
  });
  app.post("/review/:token", async (c) => {
    const form = await posted(c);
    const [agrees, said] = [form.text("answer") === "agree", form.text("words")];
    const token = c.req.param("token");
    const held = await linked(cloud, c);
    try {
      await answerReview(cloud, token, {
        ...{ revision: Number(form.text("revision")), agrees, words: said, desk: c.var.baseUrl },
      });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const isChanged = refusal.code === "article-moved-on";
      const problem = isChanged ? words(c.var.language).desk.review.changed : sentenceOf(c, refusal);
      return showReview(cloud, c, held, { problem, words: said, status: isChanged ? 409 : 422 });
    }
    return c.redirect(`/r/review/${token}?done=answered`, 303);
  });
  return app;
}

type Linked = Awaited<ReturnType<typeof linked>>;

/** @throws Refusal `no-review`, `no-article` */
async function linked(cloud: Cloud, c: Context<DeskEnv>) {
  const place = await requireLink(cloud, c.req.param("token") ?? "");
  const [review, opened, publication] = await Promise.all([
    requireReview(cloud, place),
    open(cloud, place),
    requirePublication(cloud, place.publication),
  ]);
  c.set("publication", publication);
  return { review, ...opened };
}

interface Typed {
  readonly problem: string;
  readonly words: string;
  readonly status: 409 | 422;
}

async function showReview(cloud: Cloud, c: Context<DeskEnv>, held: Linked, typed?: Typed): Promise<Response> {
  const { review, article } = held;
  const { language, publication } = c.var;
  const say = words(language).desk.review;
  const [asker] = await namesOf(cloud, publication.id, [review.askedBy]);
  const by = asker?.name ?? publication.title;
  const isVoid = !(await isAnswerCurrent(cloud, review, article));
  const until = longDayOf(new Date(review.until), publication.timeZone, language);
  const url = `/r/review/${c.req.param("token")}`;
  const view = {
    ...{ article: article.title, url, revision: article.revision, isVoid, problem: typed?.problem ?? null },
    lead: fill(say.lead, { by, publication: publication.title }),
    asked: review.words === "" ? null : fill(say.asked, { by, words: review.words }),
    standing: standingOf(c, held),
    thanks: review.answer && c.req.query("done") === "answered" && !typed ? fill(say.thanks, { until }) : null,
    words: typed?.words ?? (isVoid ? "" : (review.answer?.words ?? "")),
    until: fill(say.until, { until }),
    preview: previewFrame(c, url, article.title, ""),
  };
  return show(c, "review", view, { status: typed?.status ?? 200 });
}

function standingOf(c: Context<DeskEnv>, { review: { answer } }: Linked): string | null {
  const { language, publication } = c.var;
  const say = words(language).desk.review;
  if (!answer) return null;
  const at = spokenTime(answer.at, publication.timeZone, language);
  return fill(say.answered, { at, answer: answer.agrees ? say.agreed : say.wished });
}
