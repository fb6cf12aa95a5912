import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { printMarkdown } from "../../core/article/markdown.ts";
import { Refusal } from "../../core/refusal.ts";
import { sentencesOf } from "../../core/sentences.ts";
import { fill, noteSentence, refusalSentence } from "../../core/words.ts";
import { type HandedIn, submit } from "../../functions/desk/submissions.ts";
import { listArticles, readArticle } from "../../functions/records/articles.ts";
import { readSubmission, type Submission } from "../../functions/records/submissions.ts";
import { findGiven, readGiven } from "../given-file.ts";
import { inSession, person, publicationOf } from "../session.ts";
import { type Call, option, type Run } from "./command.ts";

export const articlesSubmit: Run = (call) =>
  inSession(call, async ({ cloud, settle }) => {
    const path = resolve(call.args[0] ?? "");
    const publication = await publicationOf(call, cloud);
    const id = (option(call, "as") ?? (await nameOf(path))).normalize("NFC");
    await submit(cloud, person, publication, id, await filesAt(path));
    await settle();
    const submission = await readSubmission(cloud, publication, id);
    call.show(
      submission ?? { state: "submitted" },
      submission ? submissionLines(call, id, submission) : [fill(call.say.article.submitted, { article: id })],
    );
    return submission?.state === "refused" ? 2 : 0;
  });

/** A file's name without its ending; a folder's may have dots. */
const nameOf = async (path: string): Promise<string> =>
  (await findGiven(path)).isFile() ? basename(path, extname(path)) : basename(path);

/** A folder's files, or one file alone. @throws Refusal `no-file`, `no-access` */
async function filesAt(path: string): Promise<HandedIn[]> {
  if ((await findGiven(path)).isFile()) return [{ name: basename(path).normalize("NFC"), body: await readGiven(path) }];
  const entries = (await readdir(path, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && !entry.name.startsWith("."),
  );
  return Promise.all(
    entries.map(async ({ name }) => ({ name: name.normalize("NFC"), body: await readFile(join(path, name)) })),
  );
}

function submissionLines(call: Call, id: string, submission: Submission): string[] {
  const { article } = call.say;
  const notes = sentencesOf(call.language, submission.notes, (each) => `  · ${noteSentence(call.language, each)}`);
  if (submission.state === "ingested") return [fill(article.ingested, { article: id }), ...notes];
  if (submission.state === "waiting" && submission.waitingFor.length === 0)
    return [fill(article.waitingAlone, { article: id }), ...notes];
  if (submission.state === "waiting")
    return [fill(article.waiting, { article: id, pictures: submission.waitingFor.join(", ") }), ...notes];
  return [
    fill(article.refused, { article: id }),
    ...sentencesOf(call.language, submission.refusals, (each) => `  ✗ ${refusalSentence(call.language, each)}`),
    ...notes,
  ];
}

export const articlesList: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const cards = await listArticles(cloud, await publicationOf(call, cloud));
    const lines = cards.map(
      ({ id, title, revision }) => `${id}  ${title}  (${fill(call.say.article.revision, { revision })})`,
    );
    call.show(cards, lines.length > 0 ? lines : [call.say.article.none]);
    return 0;
  });

/** The article as canonical Markdown: what the library holds, in a form people can read and correct. */
export const articlesShow: Run = (call) =>
  inSession(call, async ({ cloud }) => {
    const id = call.args[0] ?? "";
    const article = await readArticle(cloud, await publicationOf(call, cloud), id);
    if (!article) throw new Refusal("no-article", { article: id });
    call.show(article, [printMarkdown(article)]);
    return 0;
  });
