import sharp from "sharp";
import { printMarkdown } from "../../../core/article/markdown.ts";
import type { Person } from "../../../core/rights.ts";
import type { ArticlePlace } from "../../../functions/desk/articles.ts";
import { ingest, ingestSubmission } from "../../../functions/ingest.ts";
import { readArticle, readCard } from "../../../functions/records/articles.ts";
import { submissionFolder } from "../../../functions/records/paths.ts";
import { readSubmission, submissionChanges } from "../../../functions/records/submissions.ts";
import type { TestCloud } from "../../cloud/test-cloud.ts";

/** An article as an author hands it in, and as the library holds it. */

export const paper = "elblandbote";
export const place: ArticlePlace = { publication: paper, article: "steg" };
export const almut: Person = { id: "almut", roles: ["editor"] };
export const guelsen: Person = { id: "guelsen", roles: ["editor"] };
export const joerdis: Person = { id: "joerdis", roles: ["author"] };
export const thomas: Person = { id: "thomas", roles: ["author"] };

const steg = await sharp({ create: { width: 1800, height: 1200, channels: 3, background: "#347" } })
  .jpeg()
  .toBuffer();
export const otherPicture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#743" } })
  .jpeg()
  .toBuffer();
export const head = "titel: Der Steg\nautor: Jana Krahl\ntitelbild: { datei: steg.jpg }";
export const manuscript = (body = "Er steht seit Mai.", front = head) => `---\n${front}\n---\n\n${body}\n`;

/** Puts files where authors put them, as this person's, and lets them be read. */
export async function handIn(
  cloud: TestCloud,
  files: Readonly<Record<string, string | Uint8Array>>,
  by = joerdis.id,
): Promise<void> {
  const { publication, article } = place;
  for (const [name, body] of Object.entries(files))
    await cloud.files.write(submissionFolder(publication, article) + name, body, { type: "text/plain" });
  await ingestSubmission(cloud, publication, article);
  const row = await readSubmission(cloud, publication, article);
  if (row && row.by !== by) await cloud.table.write(submissionChanges(row, { ...row, version: row.version + 1, by }));
}

export const theArticle = (cloud: TestCloud): Promise<void> =>
  handIn(cloud, { "text.md": manuscript(), "steg.jpg": steg });

export const standing = async (cloud: TestCloud, revision?: number) => {
  const article = await readArticle(cloud, place.publication, place.article, revision);
  if (!article) throw new Error("there is no such article");
  return article;
};
export const words = async (cloud: TestCloud, revision?: number) => printMarkdown(await standing(cloud, revision));
export const card = async (cloud: TestCloud) => {
  const found = await readCard(cloud, place.publication, place.article);
  if (!found) throw new Error("there is no such card");
  return found;
};

/** The words as they stand, with one passage put differently. */
export const reworded = async (cloud: TestCloud, passage: string, other: string): Promise<string> =>
  (await words(cloud)).replace(passage, other);

/** Works off what was put on the queue of arrivals. */
export async function arrive(cloud: TestCloud, orders: readonly unknown[]): Promise<void> {
  const Records = orders.map((order, index) => ({ messageId: `${index}`, body: JSON.stringify(order) }));
  await ingest(cloud)({ Records }, { deadline: new Date(Date.now() + 60_000) });
}
