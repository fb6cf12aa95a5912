import type { Image } from "../../core/article/article.ts";
import type { CutOrder } from "../../core/article/cut-order.ts";
import { uncut } from "../../core/article/mend.ts";
import { makePicture } from "../../core/article/picture.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { readArticle, readCard } from "../records/articles.ts";
import { originalFile } from "../records/paths.ts";
import { saveRevision } from "../records/revisions.ts";
import { keepPicture } from "./pictures.ts";

/** Cuts what is not cut yet; ordered twice, it is done once. @throws Conflict when the article changed meanwhile */
export async function cutPictures(cloud: Cloud, { publication, article: id }: CutOrder): Promise<void> {
  const card = await readCard(cloud, publication, id);
  const article = card && (await readArticle(cloud, publication, id, card.revision));
  if (!article) return;
  const images: Record<string, Image> = { ...article.images };
  for (const { name, focuses } of uncut(article)) {
    const image = article.images[name];
    const original = image && (await cloud.files.read(originalFile(publication, image.sha256)));
    if (!original) continue; // its bytes are gone: the guess stays
    const made = await makePicture(name, original.body, focuses);
    await keepPicture(cloud, publication, { made, bytes: original.body });
    images[name] = made.image;
  }
  if (Object.entries(images).every(([name, image]) => image === article.images[name])) return;
  const { origin, v: _, publication: __, id: ___, slug: ____, revision: _____, images: ______, ...text } = article;
  await saveRevision(cloud, card, { publication, id, text, images, origin, how: "cut" }, () => []);
}
