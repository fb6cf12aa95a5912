import { expect, it } from "vitest";
import { issueOfEach } from "../../../core/desk/submission-status.ts";
import { type Issue, issueLabel } from "../../../core/issue/issue.ts";
import { anIssue } from "../../people-and-papers.ts";

const issue = (number: number, status: Issue["status"]): Issue =>
  ({
    ...anIssue({ number, year: 2026, sections: [{ name: "Orte", articles: ["pegel"] }] }),
    v: 1,
    version: 1,
    status,
  }) as Issue;
const named = (...issues: Issue[]): string | undefined => {
  const found = issueOfEach(issues).get("pegel");
  return found && issueLabel(found);
};

it("says of an article the latest issue that names it", () => {
  expect(named(issue(1, "draft"), issue(3, "built"), issue(2, "draft"))).toBe("03|26");
  expect(named()).toBeUndefined();
});

it("says the one that readers have, whatever it is planned for besides", () => {
  expect(named(issue(1, "sent"), issue(2, "draft"))).toBe("01|26");
  expect(named(issue(1, "sent"), issue(2, "sending"), issue(3, "approved"))).toBe("02|26");
});

it("says none that was cancelled", () => {
  expect(named(issue(1, "draft"), issue(2, "cancelled"))).toBe("01|26");
  expect(named(issue(2, "cancelled"))).toBeUndefined();
});
