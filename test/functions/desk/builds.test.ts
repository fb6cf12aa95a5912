import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../core/rights.ts";
import { compareBuilds } from "../../../functions/desk/builds.ts";
import { approveIssue, draftIssue, orderBuild } from "../../../functions/desk/issues.ts";
import { latestBuilds } from "../../../functions/records/builds.ts";
import { requireIssue } from "../../../functions/records/issues.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication, paragraph, people } from "../../people-and-papers.ts";
import { place } from "../an-issue-to-send.ts";
import { shelve } from "./an-issue.ts";

let cloud: TestCloud;
const sections = (...articles: string[]) => [{ name: "Umland", articles }];
const words = (text: string) => ({ blocks: [paragraph(text)], authors: [people.joerdis] });

async function build(): Promise<string> {
  await orderBuild(cloud, operator, place.publication, place.issue);
  await workUntilQuiet(cloud);
  cloud.clock.advance({ minutes: 1 });
  const issue = await requireIssue(cloud, place.publication, place.issue);
  return issue.status === "built" ? issue.fingerprint : issue.status;
}

beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await savePublication(cloud, aPublication({ approvals: "one" }));
  await shelve(cloud, { title: "Deich", ...words("Der Deich hält.") });
  await shelve(cloud, { title: "Wind", ...words("Der Wind dreht.") });
  await draftIssue(cloud, operator, anIssue({ sections: sections("deich") }));
});

describe("the builds of an issue", () => {
  it("are remembered, each that brought other editions, and compared by their fingerprints", async () => {
    const first = await build();
    expect(await build()).toBe(first); // the same words, the same build
    await approveIssue(cloud, operator, place.publication, place.issue, first);
    await draftIssue(cloud, operator, anIssue({ sections: sections("deich", "wind") }));
    const second = await build();
    expect((await latestBuilds(cloud, place, 5)).map(({ fingerprint }) => fingerprint)).toEqual([second, first]);
    const found = await compareBuilds(cloud, operator, place, [first, second]);
    expect(found).toMatchObject({ isSame: false, articles: { added: ["Wind"], dropped: [] }, subject: null });
    expect(JSON.stringify(found.passages)).toContain("Wind");
  });

  it("are nobody's where there is none of that name", async () => {
    const first = await build();
    for (const wrong of ["0".repeat(64), "../../..", ""])
      await expect(compareBuilds(cloud, operator, place, [first, wrong])).rejects.toMatchObject({ code: "no-build" });
  });
});
