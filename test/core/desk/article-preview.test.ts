import { describe, expect, it } from "vitest";
import { issueFor } from "../../../core/desk/article-preview.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import { anArticle, anIssue } from "../../people-and-papers.ts";

const article = anArticle({ title: "Der Steg" });
const issue = (number: number, status: Issue["status"], given: Parameters<typeof anIssue>[0] = {}): Issue =>
  ({ ...anIssue({ number, ...given }), v: 1, version: 1, status }) as Issue;
const shownIn = (issues: readonly Issue[]): number => issueFor(article, issues, undefined, "2026-03-02").number;

describe("an article that stands in no issue", () => {
  it("is shown in the one that is being made", () => {
    expect(shownIn([issue(4, "draft"), issue(3, "built"), issue(2, "sent")])).toBe(3);
  });

  it("is shown in the next one where all are out, and in no erratum", () => {
    expect(shownIn([issue(2, "sent"), issue(1, "sent")])).toBe(3);
    expect(shownIn([issue(2, "draft", { erratum: 1 }), issue(2, "sent")])).toBe(3);
  });
});
