import { type Article, articleTextSchema } from "../../core/article/article.ts";
import { picturesOf } from "../../core/article/contents.ts";
import { describe, type PictureWords } from "../../core/article/mend.ts";
import { type Put, picturePlaces, putPictures, unnamedPictures } from "../../core/article/put-pictures.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { ArticleCard } from "../records/articles.ts";
import { type ArticlePlace, demandSeen, openToMend, saveAs, textOf } from "./articles.ts";

export type { PictureWords } from "../../core/article/mend.ts";

/**
 * Says of an article's pictures what they show, who made them and where the eye should fall, and where those stand that
 * the text does not name, over the revision somebody was shown. What is not said stays as it is.
 *
 * @throws Refusal `article-moved-on`, `article-scheduled`, `no-picture`, `picture-nowhere`, `article-bounds`, `article-closed`, `no-article`, `not-allowed`
 */
export async function describePictures(
  cloud: Cloud,
  person: Person,
  place: ArticlePlace,
  { revision, pictures }: { readonly revision: number; readonly pictures: readonly PictureWords[] },
): Promise<ArticleCard> {
  const opened = await openToMend(cloud, person, place);
  await demandSeen(cloud, opened, revision);
  const put = putsAmong(opened.article, pictures);
  const text = describe(putPictures(textOf(opened.article), put), pictures);
  const { error } = articleTextSchema.safeParse(text);
  if (error) throw new Refusal("article-bounds", { field: String(error.issues[0]?.path.at(-1) ?? "") });
  return saveAs(cloud, person, opened, { how: "pictures", text, images: opened.article.images, seen: revision });
}

/** @throws Refusal `no-picture`, and `picture-nowhere` where words would stand beside a picture that is not printed */
function putsAmong(article: Article, pictures: readonly PictureWords[]): Put[] {
  const named = new Set(picturesOf(article).map(({ name }) => name));
  const unnamed = new Set(unnamedPictures(article));
  const free = new Map(picturePlaces(article).map(({ id, is }) => [id, is]));
  return pictures.flatMap(({ name, place = "", ...said }) => {
    if (named.has(name)) return [];
    if (!unnamed.has(name)) throw new Refusal("no-picture", { name: name.slice(0, 200) });
    const is = free.get(place);
    // An author has one portrait: a second would go nowhere, and its words with it.
    if (is === "portrait") free.delete(place);
    if (is) return [{ name, place }];
    const isSaid = [said.caption, said.credit, said.alt].some((words) => words?.trim());
    if (isSaid || place !== "") throw new Refusal("picture-nowhere", { name });
    return [];
  });
}
