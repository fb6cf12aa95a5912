import { articleTextSchema } from "../../core/article/article.ts";
import { picturesOf } from "../../core/article/contents.ts";
import { describe, type PictureWords } from "../../core/article/mend.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { ArticleCard } from "../records/articles.ts";
import { type ArticlePlace, demandSeen, openToMend, saveAs, textOf } from "./articles.ts";

export type { PictureWords } from "../../core/article/mend.ts";

/**
 * Says of an article's pictures what they show, who made them and where the eye should fall, over the revision somebody
 * was shown. What is not said stays as it is.
 *
 * @throws Refusal `article-moved-on`, `article-scheduled`, `no-picture`, `article-bounds`, `article-closed`, `no-article`, `not-allowed`
 */
export async function describePictures(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { revision, pictures }: { readonly revision: number; readonly pictures: readonly PictureWords[] },
): Promise<ArticleCard> {
  const opened = await openToMend(cloud, person, place);
  await demandSeen(cloud, opened, revision);
  const known = new Set(picturesOf(opened.article).map(({ name }) => name));
  const unknown = pictures.find(({ name }) => !known.has(name));
  if (unknown) throw new Refusal("no-picture", { name: unknown.name.slice(0, 200) });
  const text = describe(textOf(opened.article), pictures);
  const { error } = articleTextSchema.safeParse(text);
  if (error) throw new Refusal("article-bounds", { field: String(error.issues[0]?.path.at(-1) ?? "") });
  return saveAs(cloud, person, opened, { how: "pictures", text, images: opened.article.images, seen: revision });
}
