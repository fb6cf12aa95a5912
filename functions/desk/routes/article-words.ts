import { Hono } from "hono";
import { picturesOf } from "../../../core/article/contents.ts";
import { printMarkdown } from "../../../core/article/markdown.ts";
import { holdingWarnings } from "../../../core/desk/article-view.ts";
import { compare } from "../../../core/desk/comparison.ts";
import { spokenTime } from "../../../core/desk/spoken-time.ts";
import { issuesWith } from "../../../core/desk/standing.ts";
import { placeView, readSought } from "../../../core/desk/words-place.ts";
import { dateFormat } from "../../../core/formats.ts";
import { Refusal } from "../../../core/refusal.ts";
import { sentencesOf } from "../../../core/sentences.ts";
import { fill, noteSentence, refusalSentence, words } from "../../../core/words.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type ArticleDraft, listDrafts } from "../../records/drafts.ts";
import { issuesNaming } from "../../records/issues-naming.ts";
import { namesOf } from "../../records/people-listed.ts";
import { mendArticle, type Opened, openToMend } from "../articles.ts";
import { dropTyped, keepTyped } from "../drafts.ts";
import { pathOf, placeOf } from "./article.ts";
import { articleUrl } from "./articles.ts";
import { type CheckBehind, checkBehind } from "./check-behind.ts";
import type { DeskContext, DeskEnv } from "./desk-env.ts";
import { draftWarnings } from "./draft-warnings.ts";
import { passageViews } from "./passages.ts";
import { type Posted, posted } from "./posted.ts";
import { done, sentenceOf, show } from "./show.ts";

/** An article's words in a plain editor. What is typed is kept by script while one types, and by a button without. */
export function articleWords(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/:article/words", (c) => showWords(cloud, c, { check: checkBehind(c, c.req.query("check")) }));
  app.post("/:article/words", async (c) => {
    const form = await posted(c);
    const [typed, check] = [typedIn(form), checkBehind(c, form.text("check"))];
    const saving = mendArticle(cloud, c.var.person, placeOf(c), typed);
    const mended = await saving.catch((refusal: unknown) => {
      if (refusal instanceof Refusal && typingStays.has(refusal.code)) return refusal;
      throw refusal;
    });
    if (mended instanceof Refusal) return showAgain(cloud, c, typed, mended, check);
    if (!mended.card) return showWords(cloud, c, { typed, status: 422, problems: mended.refusals, check });
    if (mended.notes.length > 0) return showWords(cloud, c, { status: 200, notes: mended.notes, check });
    return done(c, check ? `/issues/${check.issue}/check` : pathOf(c), "article-saved");
  });
  app.post("/:article/draft", (c) => keep(cloud, c));
  return app;
}

/** Somebody else was quicker, or the article waits for its issue to leave: what was typed stays in the editor. */
const typingStays: ReadonlySet<string> = new Set(["article-moved-on", "article-scheduled"]);

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
  readonly check?: CheckBehind | null;
}

async function showWords(cloud: Cloud, c: DeskContext, shown: Shown = {}): Promise<Response> {
  const place = placeOf(c);
  const opened = await openToMend(cloud, c.var.person, place);
  const [drafts, issues] = await Promise.all([
    listDrafts(cloud, place.publication, place.article),
    issuesNaming(cloud, place.publication, [place.article]),
  ]);
  const writers = drafts.map(({ by }) => by);
  const people = await namesOf(cloud, place.publication, writers);
  const draft = drafts.find(({ by }) => by === c.var.person.id);
  const begun = shown.typed ?? draft;
  const markdown = begun?.markdown ?? printMarkdown(opened.article);
  const view = {
    ...frameOf(c, opened),
    check: shown.check ?? null,
    place:
      shown.status === undefined
        ? placeView(
            markdown,
            opened.article,
            readSought((name) => c.req.query(name)),
            c.var.language,
          )
        : null,
    // Over the revision it was begun with; after both were shown, over the one that stands.
    revision: shown.conflict || !begun ? opened.card.revision : begun.revision,
    version: draft?.version ?? 0,
    markdown,
    warnings: [
      ...holdingWarnings(issuesWith(place.article, issues), c.var.language),
      ...draftWarnings(c, drafts, people, { own: false }),
    ],
    draft: shown.typed || !draft ? null : draftSentence(c, draft, opened),
    ...said(c, shown),
    conflict: shown.conflict && shown.typed ? conflictOf(c, opened, shown.typed, shown.conflict) : null,
  };
  return show(c, "words", view, { status: shown.status ?? 200, scripts: ["long-text.js", "words.js"] });
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

/** What they typed stays in the editor, and is kept; the second of two is shown what stands now beside it. */
async function showAgain(
  cloud: Cloud,
  c: DeskContext,
  typed: Typed,
  refusal: Refusal,
  check: CheckBehind | null,
): Promise<Response> {
  const keeping = keepTyped(cloud, c.var.person, placeOf(c), typed);
  // In the form it is anyway; where it cannot be kept besides, nothing is lost yet.
  await keeping.catch((fault: unknown) => {
    if (!(fault instanceof Refusal)) throw fault;
  });
  const why = refusal.code === "article-moved-on" ? { conflict: refusal } : { problems: [refusal] };
  return showWords(cloud, c, { status: 409, typed, check, ...why });
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

/** "15:46", by the clock of the publication, as everywhere at the desk. */
function timeOf({ var: { publication, language } }: DeskContext, at: string): string {
  const clock = { hour: "2-digit", minute: "2-digit", timeZone: publication.timeZone } as const;
  return dateFormat(language === "de" ? "de-DE" : "en-GB", clock).format(new Date(at));
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
    return isScript ? c.json({ version, time: timeOf(c, keptAt) }) : done(c, `${pathOf(c)}/words`, "draft-kept");
  } catch (refusal) {
    if (!isScript || !(refusal instanceof Refusal)) throw refusal;
    return c.json({ sentence: sentenceOf(c, refusal) }, 409);
  }
}
