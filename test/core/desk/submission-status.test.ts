import { expect, it } from "vitest";
import { standingsIn, type Withdrawn } from "../../../core/desk/standing.ts";
import { statusOf } from "../../../core/desk/submission-status.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import { newSubmission } from "../../../core/mail/received.ts";
import { anIssue } from "../../people-and-papers.ts";

const issue = (number: number, status: Issue["status"]): Issue =>
  ({
    ...anIssue({ number, year: 2026, sections: [{ name: "Orte", articles: ["pegel"] }] }),
    v: 1,
    version: 1,
    status,
  }) as Issue;
const submission = {
  ...newSubmission({ publication: "elblandbote", id: "pegel", by: "jo", at: "2026-01-05T08:00:00.000Z" }, {}),
  ...{ contentId: "c", state: "ingested", revision: 1, masthead: null },
} as never;
const told = (issues: Issue[], withdrawn?: Withdrawn, revision = 1): string => {
  const { name, issue = "" } = statusOf(submission, { revision, stands: standingsIn(issues, withdrawn).get("pegel") });
  return `${name} ${issue}`.trim();
};

it("says of an article the latest issue that names it", () => {
  expect(told([issue(1, "draft"), issue(3, "built"), issue(2, "draft")])).toBe("planned 03|26");
  expect([told([]), told([], undefined, 2)]).toEqual(["received", "working"]);
});

it("says the one that readers have, whatever it is planned for besides", () => {
  expect(told([issue(1, "sent"), issue(2, "draft")])).toBe("appeared 01|26");
  expect(told([issue(1, "sent"), issue(2, "sending"), issue(3, "approved")])).toBe("appeared 02|26");
});

it("says none that was cancelled", () => {
  expect(told([issue(1, "draft"), issue(2, "cancelled")])).toBe("planned 01|26");
  expect(told([issue(2, "cancelled")])).toBe("received");
});

it("says of an article that was withdrawn that it is, and from where", () => {
  const withdrawn = new Map([["2026-01", new Set(["pegel"])]]);
  expect(told([issue(1, "sent")], withdrawn)).toBe("withdrawn 01|26");
  expect(told([issue(1, "sent"), issue(2, "sent")], withdrawn)).toBe("appeared 02|26");
});
