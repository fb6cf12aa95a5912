import { build as buildEditions } from "../core/edition/build.ts";
import { type BuildOrder, buildOrder } from "../core/issue/build-order.ts";
import { articlesOf, markBuilt } from "../core/issue/draft.ts";
import { idOfIssue } from "../core/issue/issue.ts";
import { Refusal } from "../core/refusal.ts";
import type { Cloud, FunctionMaker } from "./cloud/cloud.ts";
import { eachMessage } from "./cloud/each-message.ts";
import { onAws } from "./cloud/on-aws.ts";
import { house } from "./house.ts";
import { actRow } from "./records/acts.ts";
import { readArticles } from "./records/articles.ts";
import { saveBuildReport } from "./records/build-reports.ts";
import { newBuildChange } from "./records/builds.ts";
import { saveEdition } from "./records/editions.ts";
import { requireIssue, saveIssue } from "./records/issues.ts";
import { release } from "./records/pictures.ts";
import { requirePublication } from "./records/publications.ts";

/** Makes the editions of an issue and notes their fingerprint on it, or keeps the reasons why it did not. */
export const build: FunctionMaker = (cloud) => eachMessage(buildOrder.parse, (order) => buildUntilSaved(cloud, order));

/** Somebody may change the plan, or an article, while it is being built. */
const mostTurns = 3;

async function buildUntilSaved(cloud: Cloud, order: BuildOrder): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await buildIssue(cloud, order);
    } catch (refusal) {
      const isRace = refusal instanceof Refusal && refusal.code === "moved-on";
      if (!isRace || turn === mostTurns) throw refusal;
    }
  }
}

async function buildIssue(cloud: Cloud, { publication: publicationId, issue: issueId, by }: BuildOrder): Promise<void> {
  const [publication, issue] = await Promise.all([
    requirePublication(cloud, publicationId),
    requireIssue(cloud, publicationId, issueId),
  ]);
  const articles = await readArticles(cloud, publicationId, articlesOf(issue));
  const { refusals, notes, editions } = await buildEditions({ publication, issue, articles, house: house() });
  const at = cloud.clock.now().toISOString();
  if (editions) {
    const { fingerprint, language } = editions.manifest;
    const place = { publication: publicationId, issue: issueId, fingerprint, language };
    await saveEdition(cloud, place, editions.files, editions.manifest);
    const built = markBuilt(issue, { fingerprint, by: by.id, at });
    const thing = { publication: publicationId, kind: "issue", id: idOfIssue(issue) } as const;
    const made = newBuildChange({ publication: publicationId, issue: issueId }, { v: 1, at, by: by.id, fingerprint });
    const act = actRow(cloud.clock, by, "build", thing, { fingerprint });
    if (built !== issue) await saveIssue(cloud, built, [act, made]);
    // After the issue says what it shows: whoever takes pictures back at the same moment looks there afterwards.
    await release(cloud, publicationId, editions.manifest.pictures);
  }
  await saveBuildReport(cloud, publicationId, issueId, {
    at,
    fingerprint: editions?.manifest.fingerprint ?? null,
    refusals: refusals.map(({ code, details }) => ({ code, details })),
    notes,
  });
}

export const handler = onAws(build);
