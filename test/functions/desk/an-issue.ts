import { articleTextSchema } from "../../../core/article/article.ts";
import { operator } from "../../../core/rights.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { readCard } from "../../../functions/records/articles.ts";
import { saveRevision } from "../../../functions/records/revisions.ts";
import { anArticle, anIssue, aPicture, paragraph, people, t } from "../../people-and-papers.ts";

/** An issue on the desk, and the library it is made from. */

/** Puts an article into the library as it is; its id is its title in small letters. */
export async function shelve(cloud: Cloud, given: Parameters<typeof anArticle>[0], id?: string): Promise<void> {
  const { v: _, publication, id: __, slug, revision: ___, images, origin, ...text } = anArticle(given);
  const name = id ?? slug;
  const card = await readCard(cloud, publication, name);
  await saveRevision(
    cloud,
    card,
    { publication, id: name, text: articleTextSchema.parse(text), images, origin },
    () => [],
  );
}

/** Five articles, of which three stand in issue 01|26 in two sections, the first the lead. */
export async function aPlannedIssue(cloud: Cloud): Promise<void> {
  const blocks = [paragraph("Der Gemeinderat hat im Herbst beschlossen, was im Frühjahr gebaut wird.")];
  await shelve(cloud, {
    title: "Deich",
    authors: [people.joerdis],
    lead: t("Er hält."),
    hero: aPicture("deich.jpg"),
    blocks,
  });
  await shelve(cloud, {
    title: "Wind",
    authors: [people.thomas],
    hero: aPicture("wind.jpg", { alt: null, credit: null }),
    blocks,
  });
  await shelve(cloud, { title: "Urteil", kind: "judgement", blocks });
  await shelve(cloud, { title: "Brücke", authors: [people.thomas], blocks });
  await shelve(cloud, { title: "Rufbus", authors: [people.joerdis], blocks });
  const sections = [
    { name: "Umland", articles: ["deich", "wind"] },
    { name: "Recht & Finanzen", articles: ["urteil"] },
  ];
  await draftIssue(cloud, operator, anIssue({ sections }));
}
