import { describe, expect, it, vi } from "vitest";
import { articleTextSchema } from "../../../core/article/article.ts";
import { operator, type Person } from "../../../core/rights.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { changeIssue } from "../../../functions/desk/planning.ts";
import { previewIssue, standingOf } from "../../../functions/desk/preview.ts";
import { readCard } from "../../../functions/records/articles.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { saveRevision } from "../../../functions/records/revisions.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anArticle, anIssue, aPublication } from "../../people-and-papers.ts";

const place = { publication: "elblandbote", issue: "2026-01" };
const editor: Person = { id: "almut", roles: ["editor"] };

/** Puts an article into the library as it is. */
async function shelve(cloud: TestCloud, title: string, id = title.toLowerCase()): Promise<void> {
  const { v: _, publication, id: __, slug: ___, revision: ____, images, origin, ...text } = anArticle({ title });
  const card = await readCard(cloud, publication, id);
  await saveRevision(cloud, card, { publication, id, text: articleTextSchema.parse(text), images, origin }, () => []);
}

async function planned() {
  const cloud = testCloud();
  await savePublication(cloud, aPublication());
  await Promise.all(["Deich", "Wind"].map((title) => shelve(cloud, title)));
  await draftIssue(cloud, operator, anIssue({ sections: [{ name: "Umland", articles: ["deich", "wind"] }] }));
  return cloud;
}

const letterOf = async (cloud: TestCloud): Promise<string> => {
  const { preview } = await previewIssue(cloud, editor, place);
  return String(preview?.files.find(({ path }) => path === "email.html")?.body);
};

describe("the preview of an issue", () => {
  it("shows the plan as it stands, and saves nothing", async () => {
    const cloud = await planned();
    const write = vi.spyOn(cloud.files, "write");
    expect(await letterOf(cloud)).toContain("Wind");
    await changeIssue(cloud, editor, place, 1, { kind: "teaser", article: "wind", text: "Drei Räder drehen sich." });
    expect(await letterOf(cloud)).toContain("Drei Räder drehen sich.");
    expect(write).not.toHaveBeenCalled();
  });

  it("is built once, however many frames look at it at the same moment", async () => {
    const cloud = await planned();
    await changeIssue(cloud, editor, place, 1, { kind: "head", head: { subject: "Nie gesehen" } });
    const looks = await Promise.all([1, 2, 3].map(() => previewIssue(cloud, editor, place)));
    looks.push(await previewIssue(cloud, editor, place));
    expect(new Set(looks.map(({ preview }) => preview)).size).toBe(1);
  });

  it("reads of the library only what is new", async () => {
    const cloud = await planned();
    await shelve(cloud, "Nie gesehene Böe", "wind");
    const read = vi.spyOn(cloud.files, "read");
    await previewIssue(cloud, editor, place);
    await changeIssue(cloud, editor, place, 1, { kind: "head", head: { subject: "Noch nie" } });
    expect(await letterOf(cloud)).toContain("Nie gesehene Böe");
    expect(read.mock.calls.filter(([key]) => key.includes("/wind/"))).toHaveLength(1);
  });

  it("tells by its stamp when plan, an article or the publication changed", async () => {
    const cloud = await planned();
    const stamp = async (): Promise<string> => (await standingOf(cloud, editor, place)).stamp;
    const seen = [await stamp(), await stamp()];
    await changeIssue(cloud, editor, place, 1, { kind: "head", head: { preheader: "Neu" } });
    seen.push(await stamp());
    await shelve(cloud, "Sturm", "wind");
    seen.push(await stamp());
    await savePublication(cloud, aPublication({ claim: "Neu" }));
    seen.push(await stamp());
    expect(seen[1]).toBe(seen[0]);
    expect(new Set(seen).size).toBe(4);
    expect(await letterOf(cloud)).toContain("Sturm");
  });

  it("shows authors nothing", async () => {
    const author: Person = { id: "thomas", roles: ["author"] };
    await expect(previewIssue(await planned(), author, place)).rejects.toMatchObject({ code: "not-allowed" });
  });
});
