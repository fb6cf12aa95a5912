import type { Article } from "../../core/article/article.ts";
import type { Publication } from "../../core/publication.ts";
import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../functions/desk/issues.ts";
import { found } from "../../functions/desk/publications.ts";
import { readCard } from "../../functions/records/articles.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { saveRevision } from "../../functions/records/revisions.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { anArticle, anIssue, aPublication, paragraph } from "../people-and-papers.ts";
import { place, takeIn } from "./an-issue-to-send.ts";

/** The ELBLANDbote 01|26 as it went out: built by the real build, of two articles from the library, and sent. */

export const bridge = anArticle({ id: "steg", title: "Der Steg ist wieder offen" });
export const wind = anArticle({ id: "wind", title: "Wind über dem Deich", blocks: [paragraph("Die Pacht ist hoch.")] });

/** Puts an article into the library, over the revision that stands there. */
export async function keepArticle(cloud: Cloud, { publication, id, images, origin, ...article }: Article) {
  const { v: _, slug: __, revision: ___, ...text } = article;
  return saveRevision(
    cloud,
    await readCard(cloud, publication, id),
    { publication, id, text, images, origin },
    () => [],
  );
}

export async function sendSpring(
  cloud: TestCloud,
  { readers, articles = [bridge, wind], settings = {} }: Sent,
): Promise<void> {
  await found(cloud, operator, aPublication({ approvals: "one", ...settings }));
  for (const article of articles) await keepArticle(cloud, article);
  await takeIn(cloud, readers);
  const sections = [{ name: "Aus den Gemeinden", articles: articles.map(({ id }) => id) }];
  await draftIssue(cloud, operator, anIssue({ sections }));
  await sendIssue(cloud, place.issue);
}
interface Sent {
  readonly readers: readonly string[];
  readonly articles?: readonly Article[];
  readonly settings?: Partial<Publication>;
}

/** Builds, approves and sends what stands as a draft. */
export async function sendIssue(cloud: TestCloud, issue: string): Promise<void> {
  await orderBuild(cloud, operator, place.publication, issue);
  await workUntilQuiet(cloud);
  const built = await requireIssue(cloud, place.publication, issue);
  if (built.status !== "built") throw new Error(`${issue} is ${built.status}`);
  await approveIssue(cloud, operator, place.publication, issue, built.fingerprint);
  await scheduleIssue(cloud, operator, place.publication, issue, cloud.clock.now());
  await workUntilQuiet(cloud);
}

/** A public page as it stands now, and how long browsers keep it. */
export async function publicPage(cloud: Cloud, path: string): Promise<string> {
  const file = await cloud.files.read(`public/${place.publication}/${path}`);
  return file ? new TextDecoder().decode(file.body) : "";
}
