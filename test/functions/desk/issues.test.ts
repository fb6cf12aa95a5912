import { describe, expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import { approveIssue, draftIssue, orderBuild, scheduleIssue } from "../../../functions/desk/issues.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";

const [paper, id, fingerprint] = ["elblandbote", "2026-01", "f".repeat(64)];

async function approved() {
  const cloud = testCloud();
  await savePublication(cloud, aPublication({ approvals: "one" }));
  await draftIssue(cloud, operator, anIssue());
  const draft = await requireIssue(cloud, paper, id);
  if (draft.status !== "draft") return expect.unreachable();
  await saveIssue(cloud, {
    ...draft,
    status: "built",
    fingerprint,
    builtBy: "jo",
    builtAt: "2026-11-23T08:00:00.000Z",
  });
  await approveIssue(cloud, operator, paper, id, fingerprint);
  return cloud;
}
const at = new Date("2026-11-23T10:00:00.000Z");

describe("an issue with a time", () => {
  it("keeps it: who schedules it again hears that it has one", async () => {
    const cloud = await approved();
    await scheduleIssue(cloud, operator, paper, id, at);
    const later = new Date("2026-11-24T10:00:00.000Z");
    await expect(scheduleIssue(cloud, operator, paper, id, later)).rejects.toMatchObject({ code: "in-motion" });
    expect(cloud.timer.nextAt()).toBe(at.getTime());
    expect(await requireIssue(cloud, paper, id)).toMatchObject({ status: "scheduled", sendAt: at.toISOString() });
  });

  it("has it once, though two people set it at the same moment", async () => {
    const cloud = await approved();
    const other = new Date("2026-11-23T11:00:00.000Z");
    const ends = await Promise.allSettled([at, other].map((time) => scheduleIssue(cloud, operator, paper, id, time)));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const issue = await requireIssue(cloud, paper, id);
    expect(issue.status === "scheduled" && cloud.timer.nextAt() === Date.parse(issue.sendAt)).toBe(true);
  });

  it("is built no more: whoever orders it hears so at once", async () => {
    const cloud = await approved();
    await scheduleIssue(cloud, operator, paper, id, at);
    await expect(orderBuild(cloud, operator, paper, id)).rejects.toMatchObject({ code: "in-motion" });
  });
});
