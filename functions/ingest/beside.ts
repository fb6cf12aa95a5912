import { takePictures } from "../../core/article/mended.ts";
import { type Issue, issueLabel } from "../../core/issue/issue.ts";
import { type Note, note } from "../../core/refusal.ts";
import type { Change, Cloud } from "../cloud/cloud.ts";
import { type ArticleCard, readArticle } from "../records/articles.ts";
import { type Revision, saveRevision, setAside } from "../records/revisions.ts";

/** What is told of a revision, in its own transaction. */
type Besides = (revision: number, said: Note) => readonly Change[];

/** Files that come while an issue with the article waits for its hour change nothing of it; they are kept for afterwards. */
export async function keepFor(
  cloud: Cloud,
  card: ArticleCard,
  came: Revision,
  { waiting, besides }: { readonly waiting: Issue; readonly besides: Besides },
): Promise<void> {
  const details = { issue: issueLabel(waiting) };
  await setAside(cloud, card, came, (aside) => besides(aside, note("kept-for-later", { ...details, revision: aside })));
}

/** Files that come after people have mended the text replace none of their words. @param voids what new pictures make void */
export async function saveBeside(
  cloud: Cloud,
  card: ArticleCard,
  came: Revision,
  { besides, voids }: { readonly besides: Besides; readonly voids: readonly Change[] },
): Promise<void> {
  const { publication, id } = came;
  const [mended, read] = await Promise.all([
    readArticle(cloud, publication, id, card.revision),
    readArticle(cloud, publication, id, card.files ?? card.revision),
  ]);
  const text = mended && read && takePictures(mended, read, came.text);
  if (!text) {
    await setAside(cloud, card, came, (aside) => besides(aside, note("mending-kept", { revision: aside })));
    return;
  }
  const images = { ...mended.images, ...came.images };
  await saveRevision(cloud, card, { ...came, text, images, how: "pictures" }, (saved) => [
    ...besides(saved.revision, note("mending-kept-pictures")),
    ...voids,
  ]);
}
