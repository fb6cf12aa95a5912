import { describe, expect, it } from "vitest";
import type { PlanChange } from "../../../core/issue/change.ts";
import { draft } from "../../../core/issue/draft.ts";
import { operator, type Person } from "../../../core/rights.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { createIssue, proposeIssue, renumberIssue } from "../../../functions/desk/new-issue.ts";
import { addPerson } from "../../../functions/desk/people.ts";
import { changeIssue } from "../../../functions/desk/planning.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../../people-and-papers.ts";

const place = { publication: "elblandbote", issue: "2026-01" };
const almut: Person = { id: "almut", roles: ["editor"] };
const subject = (words: string): PlanChange => ({ kind: "head", head: { subject: words } });
const sections = [
  { name: "Recht", articles: ["a", "b"] },
  { name: "Umland", articles: ["c"] },
];

async function drafted() {
  const cloud = testCloud();
  await savePublication(cloud, aPublication({ topics: [{ id: "bauen", title: "Bauen" }] }));
  await draftIssue(cloud, operator, anIssue({ sections }));
  return cloud;
}

const approved = { fingerprint: "f".repeat(64), builtBy: "jo", builtAt: "2026-11-23T08:00:00.000Z" };

describe("several editors at one issue", () => {
  it("all win, who change different things at the same moment", async () => {
    const cloud = await drafted();
    const changes: PlanChange[] = [
      subject("Neu"),
      { kind: "add-article", article: "d", section: "Umland" },
      { kind: "place-article", article: "b", section: "Recht", before: "a" },
      { kind: "teaser", article: "a", text: "Zwei Sätze." },
    ];
    await Promise.all(changes.map((change) => changeIssue(cloud, almut, place, 1, change)));
    const issue = await requireIssue(cloud, place.publication, place.issue);
    expect(issue).toMatchObject({ version: 5, subject: "Neu", teasers: { a: "Zwei Sätze." } });
    expect(issue.sections.map(({ articles }) => articles)).toEqual([
      ["b", "a"],
      ["c", "d"],
    ]);
  });

  it("tells the second by name who was quicker, and keeps what stands", async () => {
    const cloud = await drafted();
    const { id } = await addPerson(cloud, operator, place.publication, {
      ...{ address: "gy@elblandbote.example", name: "Gülşen Yıldız" },
    });
    await changeIssue(cloud, { id, roles: ["editor"] }, place, 1, subject("Erster"));
    await expect(changeIssue(cloud, almut, place, 1, subject("Zweiter"))).rejects.toMatchObject({
      ...{ code: "plan-changed", details: { by: "Gülşen Yıldız", issue: "01|26" } },
    });
    expect(await requireIssue(cloud, place.publication, place.issue)).toMatchObject({ subject: "Erster", version: 2 });
  });

  it("changes nothing twice", async () => {
    const cloud = await drafted();
    await changeIssue(cloud, almut, place, 1, subject("Neu"));
    await changeIssue(cloud, almut, place, 1, subject("Neu"));
    expect(await requireIssue(cloud, place.publication, place.issue)).toMatchObject({ version: 2 });
  });

  it("refuses who saw the issue before somebody gave the whole plan anew", async () => {
    const cloud = await drafted();
    await draftIssue(cloud, operator, anIssue({ sections, subject: "Von Hand" }));
    await expect(changeIssue(cloud, almut, place, 1, subject("Neu"))).rejects.toMatchObject({ code: "plan-changed" });
  });

  it.each(["built", "approved"] as const)("makes what was %s void, and says so", async (status) => {
    const cloud = await drafted();
    const draft = await requireIssue(cloud, place.publication, place.issue);
    const approval = { by: "jo", at: approved.builtAt };
    await saveIssue(cloud, { ...draft, ...approved, approval, status } as typeof draft);
    const { issue, voided } = await changeIssue(cloud, almut, place, 1, subject("Neu"));
    expect([issue.status, voided]).toEqual(["draft", status]);
  });
});

describe("a new issue", () => {
  const theme = { title: "Wald", intro: "" };

  it("has the number and sections that follow from the last", async () => {
    const cloud = await drafted();
    const proposal = await proposeIssue(cloud, place.publication);
    expect(proposal).toEqual({ number: 2, year: 2026, date: "2026-12-07" });
    const issue = await createIssue(cloud, almut, place.publication, { ...proposal, theme });
    expect(issue.sections.map(({ name, articles }) => [name, articles.length])).toEqual([
      ["Recht", 0],
      ["Umland", 0],
    ]);
  });

  it("takes no number another issue has", async () => {
    const cloud = await drafted();
    const again = { number: 1, year: 2026, date: "2026-12-07", theme };
    await expect(createIssue(cloud, almut, place.publication, again)).rejects.toMatchObject({ code: "issue-exists" });
    const author: Person = { id: "thomas", roles: ["author"] };
    const next = { ...again, number: 2 };
    await expect(createIssue(cloud, author, place.publication, next)).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("is made once, though two people make it at the same moment", async () => {
    const cloud = await drafted();
    const given = { number: 2, year: 2026, date: "2026-12-07", theme };
    const made = await Promise.allSettled([1, 2].map(() => createIssue(cloud, almut, place.publication, given)));
    expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("another number", () => {
  it("takes the issue along, whole", async () => {
    const cloud = await drafted();
    await renumberIssue(cloud, almut, place, 1, { number: 3, year: 2026 });
    expect(await requireIssue(cloud, place.publication, "2026-03")).toMatchObject({ number: 3, sections, version: 2 });
    await expect(requireIssue(cloud, place.publication, place.issue)).rejects.toMatchObject({ code: "no-issue" });
    const moved = { ...place, issue: "2026-03" };
    expect((await changeIssue(cloud, almut, moved, 2, subject("Neu"))).issue).toMatchObject({ version: 3 });
  });

  it("is refused where another issue has it, or somebody changed this one meanwhile", async () => {
    const cloud = await drafted();
    await draftIssue(cloud, operator, anIssue({ number: 2 }));
    const to = (number: number) => ({ number, year: 2026 });
    await expect(renumberIssue(cloud, almut, place, 1, to(2))).rejects.toMatchObject({ code: "issue-exists" });
    await changeIssue(cloud, almut, place, 1, subject("Neu"));
    await expect(renumberIssue(cloud, almut, place, 1, to(3))).rejects.toMatchObject({ code: "moved-on" });
  });
});

it("begins with the sections of the last issue, not with those of its erratum", async () => {
  const cloud = await drafted();
  await saveIssue(cloud, draft(anIssue({ erratum: 1, sections: [{ name: "Berichtigung", articles: ["a"] }] })));
  const proposed = await proposeIssue(cloud, place.publication);
  const issue = await createIssue(cloud, almut, place.publication, { ...proposed, theme: { title: "Neu", intro: "" } });
  expect(issue.number).toBe(2);
  expect(issue.sections.map(({ name }) => name)).toEqual(["Recht", "Umland"]);
});
