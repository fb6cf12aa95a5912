import { note } from "../core/refusal.ts";
import { sentencesOf } from "../core/sentences.ts";
import { fill, noteSentence, refusalSentence } from "../core/words.ts";
import type { Cloud } from "../functions/cloud/cloud.ts";
import { listArticles } from "../functions/records/articles.ts";
import type { BuildReport } from "../functions/records/build-reports.ts";
import type { Call } from "./commands/command.ts";

/** What a build had to say, for people. */
export const buildLines = (call: Call, { fingerprint, refusals, notes }: BuildReport, id: string): string[] => [
  fingerprint ? fill(call.say.issue.built, { id, fingerprint: fingerprint.slice(0, 12) }) : call.say.issue.refused,
  ...sentencesOf(call.language, refusals, (refusal) => `  ✗ ${refusalSentence(call.language, refusal)}`),
  ...sentencesOf(call.language, notes, (each) => `  · ${noteSentence(call.language, each)}`),
];

/** Whoever named an article that is not there is told which are. */
export async function articlesThere(
  call: Call,
  cloud: Cloud,
  publication: string,
  { refusals }: BuildReport,
): Promise<string[]> {
  if (!refusals.some(({ code }) => code === "no-article")) return [];
  const articles = (await listArticles(cloud, publication)).map(({ id }) => id).join(", ");
  return articles ? [`  · ${noteSentence(call.language, note("articles-there", { articles }))}`] : [];
}
