import type { Article } from "../../core/article/article.ts";
import { emailPreview, issueFor, webPreview } from "../../core/desk/article-preview.ts";
import { issuesWith } from "../../core/desk/standing.ts";
import type { Publication } from "../../core/publication.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { latestIssues } from "../records/issues.ts";
import { issuesNaming } from "../records/issues-naming.ts";

export const previewKinds = ["web", "email"] as const;
export type PreviewKind = (typeof previewKinds)[number];

/** So many of the newest tell when the next one may come out. */
const rhythm = 5;

/** An article as readers will see it, in the issue it stands in or the next one. Reads only. */
export async function previewArticle(
  cloud: Cloud,
  publication: Publication,
  article: Article,
  kind: PreviewKind,
): Promise<string> {
  const naming = await issuesNaming(cloud, publication.id, [article.id]);
  const [own] = issuesWith(article.id, naming);
  const latest = own ? [] : (await latestIssues(cloud, publication.id, { limit: rhythm })).issues;
  const today = onTheWall(cloud.clock.now(), publication.timeZone).slice(0, "2026-03-02".length);
  const issue = issueFor(article, latest, own, today);
  const shown = { publication, article, issue, house: house() };
  return kind === "web" ? webPreview(shown) : emailPreview(shown);
}
