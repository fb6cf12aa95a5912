import type { FirstThings } from "../../core/desk/first-steps.ts";
import type { Issue } from "../../core/issue/issue.ts";
import { idOfIssue } from "../../core/issue/issue.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { actKey, articleKey, issueKey } from "../records/keys.ts";

/** A first proof is among the first acts of a publication: so many are looked at, and never more. */
const firstActs = 200;

/** What there is of a publication so far; looks at a few rows, however many there are. */
export async function firstThings({ table }: Cloud, publication: string): Promise<FirstThings> {
  const { pk } = articleKey(publication, "");
  const [articles, issues, acts] = await Promise.all([
    table.query({ pk, from: "article#", to: "article#~", limit: 1 }),
    table.query({ pk, from: issueKey(publication, "").sk, to: "issue#~", limit: 1 }),
    table.query({ pk: actKey(publication, "", "").pk, limit: firstActs }),
  ]);
  const [first] = issues.items as unknown as readonly Issue[];
  return {
    hasArticle: articles.items.length > 0,
    hasProof: acts.items.some(({ act }) => act === "proof" || act === "schedule"),
    ...(first && { issue: { id: idOfIssue(first), isBuilt: first.status !== "draft" } }),
  };
}
