import { takePictures } from "../../core/article/mended.ts";
import { type Note, note } from "../../core/refusal.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { type ArticleCard, readArticle } from "../records/articles.ts";
import { type Revision, saveRevision, setAside } from "../records/revisions.ts";

/** Files that come after people have mended the text replace none of their words. */
export async function saveBeside(
  cloud: Cloud,
  card: ArticleCard,
  came: Revision,
  told: (revision: number, said: Note) => readonly Change[],
): Promise<void> {
  const { publication, id } = came;
  const [mended, read] = await Promise.all([
    readArticle(cloud, publication, id, card.revision),
    readArticle(cloud, publication, id, card.files ?? card.revision),
  ]);
  const text = mended && read && takePictures(mended, read, came.text);
  if (!text) {
    await setAside(cloud, card, came, (aside) => told(aside, note("mending-kept", { revision: aside })));
    return;
  }
  const images = { ...mended.images, ...came.images };
  await saveRevision(cloud, card, { ...came, text, images, how: "pictures" }, (saved) =>
    told(saved.revision, note("mending-kept-pictures")),
  );
}
