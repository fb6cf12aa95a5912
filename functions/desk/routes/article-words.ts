import { Hono } from "hono";
import { picturesOf } from "../../../core/article/contents.ts";
import { printMarkdown } from "../../../core/article/markdown.ts";
import { compare } from "../../../core/desk/comparison.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { Refusal } from "../../../core/refusal.ts";
import { sentencesOf } from "../../../core/sentences.ts";
import { fill, noteSentence, refusalSentence, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type ArticleDraft, listDrafts } from "../../records/drafts.ts";
import { namesOf } from "../../records/people-listed.ts";
import { mendArticle, type Opened, openToMend } from "../articles.ts";
import { dropTyped, keepTyped } from "../drafts.ts";
import { pathOf, placeOf } from "./article.ts";
import { draftWarnings } from "./article-page.ts";
import { articleUrl } from "./articles.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { passageViews } from "./passages.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** An article's words in a plain editor. What is typed is kept by script while one types, and by a button without. */
export function articleWords(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:article/words", (c) => showWords(cloud, c));
  app.post("/:article/words", async (c) => {
    const typed = typedIn(await posted(c));
    const saving = mendArticle(cloud, c.var.person, placeOf(c), typed);
    const mended = await saving.catch((refusal: unknown) => {
      if (refusal instanceof Refusal && refusal.code === "article-moved-on") return refusal;
      throw refusal;
    });
    if (mended instanceof Refusal) return showBoth(cloud, c, typed, mended);
    if (!mended.card) return showWords(cloud, c, { typed, status: 422, problems: mended.refusals });
    if (mended.notes.length > 0) return showWords(cloud, c, { status: 200, notes: mended.notes });
    return done(c, pathOf(c), "article-saved");
  });
  app.post("/:article/draft", (c) => keep(cloud, c));
  return app;
}

interface Typed {
  readonly revision: number;
  readonly version: number;
  readonly markdown: string;
}

const typedIn = (form: Posted): Typed => ({
  revision: countIn(form, "revision"),
  version: countIn(form, "version"),
  markdown: form.all("markdown")[0] ?? "",
});

/** 0 for what no page of ours can have said: nobody was shown that. */
function countIn(form: Posted, name: string): number {
  const count = Number(form.text(name));
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

interface Shown {
  readonly status?: 200 | 409 | 422;
  readonly typed?: Typed;
  readonly problems?: readonly Refusal[];
  readonly notes?: Parameters<typeof sentencesOf>[1];
  readonly conflict?: Refusal;
}

async function showWords(cloud: Cloud, c: DeskContext, shown: Shown = {}): Promise<Response> {
  const place = placeOf(c);
  const opened = await openToMend(cloud, c.var.person, place);
  const drafts = await listDrafts(cloud, place.publication, place.article);
  const writers = drafts.map(({ by }) => by);
  const people = await namesOf(cloud, place.publication, writers);
  const draft = drafts.find(({ by }) => by === c.var.person.id);
  const begun = shown.typed ?? draft;
  const view = {
    ...frameOf(c, opened),
    // Over the revision it was begun with; after both were shown, over the one that stands.
    revision: shown.conflict || !begun ? opened.card.revision : begun.revision,
    version: draft?.version ?? 0,
    markdown: begun?.markdown ?? printMarkdown(opened.article),
    warnings: draftWarnings(c, drafts, people, { own: false }),
    draft: shown.typed || !draft ? null : draftSentence(c, draft, opened),
    ...said(c, shown),
    conflict: shown.conflict && shown.typed ? conflictOf(c, opened, shown.typed, shown.conflict) : null,
  };
  return show(c, "words", view, { status: shown.status ?? 200, scripts: ["words.js"] });
}

function frameOf(c: DeskContext, { card, article }: Opened): object {
  const say = words(c.var.language).desk.words;
  const names = [...new Set(picturesOf(article).map(({ name }) => name))];
  return {
    url: articleUrl(c.var.publication.id, card.id),
    field: fill(say.field, { article: card.title }),
    articleLanguage: article.language,
    examples: Object.values(say.examples),
    pictureNames: names.length > 0 ? fill(say.pictureNames, { pictures: names.join(", ") }) : null,
  };
}

function said(c: DeskContext, { problems = [], notes = [] }: Shown): object {
  const { language } = c.var;
  return {
    problems: sentencesOf(language, problems, (one) => refusalSentence(language, one)),
    notes: sentencesOf(language, notes, (one) => noteSentence(language, one as Parameters<typeof noteSentence>[1])),
  };
}

function draftSentence(c: DeskContext, draft: ArticleDraft, { card }: Opened): string {
  const { language, publication } = c.var;
  const say = words(language).desk.words;
  const at = spokenTime(draft.keptAt, publication.timeZone, language);
  const begun = draft.revision === card.revision ? "" : say.begun;
  return [fill(say.draft, { at }), fill(begun, { seen: draft.revision, stands: card.revision })]
    .filter(Boolean)
    .join(" ");
}

/** The second of two: what they typed stays in the editor, and what stands now is shown beside it. Kept, too. */
async function showBoth(cloud: Cloud, c: DeskContext, typed: Typed, conflict: Refusal): Promise<Response> {
  const keeping = keepTyped(cloud, c.var.person, placeOf(c), typed);
  // In the form it is anyway; where it cannot be kept besides, nothing is lost yet.
  await keeping.catch((refusal: unknown) => {
    if (!(refusal instanceof Refusal)) throw refusal;
  });
  return showWords(cloud, c, { status: 409, typed, conflict });
}

function conflictOf(c: DeskContext, { card, article }: Opened, { markdown }: Typed, conflict: Refusal): object {
  const { language } = c.var;
  const say = words(language).desk.words;
  const standing = printMarkdown(article);
  return {
    sentence: sentenceOf(c, conflict),
    theirs: fill(say.theirs, { stands: card.revision }),
    standing,
    passages: passageViews(compare(standing.trim(), markdown.trim()), language),
  };
}

/** Answers the script in JSON, and a form with the page. */
async function keep(cloud: Cloud, c: DeskContext): Promise<Response> {
  const form = await posted(c);
  if (form.text("choice") === "drop") {
    await dropTyped(cloud, c.var.person, placeOf(c));
    return done(c, `${pathOf(c)}/words`, "draft-dropped");
  }
  const isScript = c.req.header("accept") === "application/json";
  try {
    const { version, keptAt } = await keepTyped(cloud, c.var.person, placeOf(c), typedIn(form));
    return isScript ? c.json({ version, keptAt }) : done(c, `${pathOf(c)}/words`, "draft-kept");
  } catch (refusal) {
    if (!isScript || !(refusal instanceof Refusal)) throw refusal;
    return c.json({ sentence: sentenceOf(c, refusal) }, 409);
  }
}
