import type { Article } from "../../core/article/article.ts";
import { emailPreview, issueFor, webPreview } from "../../core/desk/article-preview.ts";
import { issuesWith } from "../../core/desk/standing.ts";
import type { Publication } from "../../core/publication.ts";
import { onTheWall } from "../../core/wall-clock.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { house } from "../house.ts";
import { listIssues } from "../records/issues.ts";

export const previewKinds = ["web", "email"] as const;
export type PreviewKind = (typeof previewKinds)[number];

/** An article as readers will see it, in the issue it stands in or the next one. Reads only. */
export async function previewArticle(
  cloud: Cloud,
  publication: Publication,
  article: Article,
  kind: PreviewKind,
): Promise<string> {
  const issues = await listIssues(cloud, publication.id);
  const today = onTheWall(cloud.clock.now(), publication.timeZone).slice(0, "2026-03-02".length);
  const issue = issueFor(article, issues, issuesWith(article.id, issues)[0], today);
  const shown = { publication, article, issue, house: house() };
  return kind === "web" ? webPreview(shown) : emailPreview(shown);
}
