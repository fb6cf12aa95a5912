import { describe, expect, it } from "vitest";
import type { Visit } from "../../../core/check/visits.ts";
import { operator } from "../../../core/rights.ts";
import type { Web } from "../../../functions/cloud/cloud.ts";
import { checkIssue } from "../../../functions/desk/check.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { visitAll } from "../../../functions/desk/visit-all.ts";
import { requireIssue, saveIssue } from "../../../functions/records/issues.ts";
import { publicFile } from "../../../functions/records/paths.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { saveRevision } from "../../../functions/records/revisions.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { link } from "../../core/check/fixtures.ts";
import { anArticle, anIssue, aPublication } from "../../people-and-papers.ts";
import { sendSpring } from "../a-public-issue.ts";

const paper = "elblandbote";

async function aDesk(urls: readonly string[], given: Parameters<typeof aPublication>[0] = {}) {
  const cloud = testCloud();
  await savePublication(cloud, aPublication(given));
  const {
    v: _,
    publication,
    id,
    slug: __,
    revision: ___,
    images,
    origin,
    ...text
  } = anArticle({ blocks: urls.map((url, nth) => link(url, `Ziel ${nth}`)) });
  await saveRevision(cloud, undefined, { publication, id, text, images, origin }, () => []);
  await draftIssue(cloud, operator, anIssue({ sections: [{ name: "Recht", articles: [id] }] }));
  return cloud;
}
/** A web where everybody answers like this; and whom it was asked for. */
function aWeb(visit: Visit = { kind: "answered", status: 404, url: "", isMoved: false }): Web & { asked: string[] } {
  const asked: string[] = [];
  const answer = async (url: string): Promise<Visit> => {
    asked.push(url);
    return visit;
  };
  return { asked, visit: answer };
}

describe("the check of an issue", () => {
  it("follows every link to others once, and none to ourselves", async () => {
    const cloud = await aDesk(["https://amt.example/", "https://amt.example/", "https://elblandbote.example/archiv/"]);
    const web = aWeb();
    const { findings, linksFollowed } = await checkIssue(cloud, paper, "2026-01", web);
    expect([web.asked, linksFollowed]).toEqual([["https://amt.example/"], 1]);
    expect(findings.find(({ code }) => code === "link-gone")?.place).toMatchObject({ in: "article", block: 1 });
  });

  it("follows none where nobody wants it, and none where the publication does not", async () => {
    const cloud = await aDesk(["https://amt.example/"]);
    expect((await checkIssue(cloud, paper, "2026-01", undefined)).linksFollowed).toBeUndefined();
    const [shy, web] = [await aDesk(["https://amt.example/"], { checksLinks: false }), aWeb()];
    expect([(await checkIssue(shy, paper, "2026-01", web)).linksFollowed, web.asked]).toEqual([undefined, []]);
  });

  it("finds pages of earlier issues in the archive", async () => {
    const url = "https://elblandbote.example/ausgaben/2025-04/deich/";
    const cloud = await aDesk([url]);
    const codes = async () => (await checkIssue(cloud, paper, "2026-01", undefined)).findings.map(({ code }) => code);
    expect(await codes()).toContain("link-dead-inside");
    await cloud.files.write(publicFile(paper, "ausgaben/2025-04/deich/index.html"), "", { type: "text/html" });
    expect(await codes()).not.toContain("link-dead-inside");
  });

  it("compares with the issues before, and with today by the publication's clock", async () => {
    const cloud = await aDesk([]);
    await draftIssue(cloud, operator, anIssue({ number: 3, date: "2026-01-01" }));
    const codes = (await checkIssue(cloud, paper, "2026-03", undefined)).findings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["number-skipped", "date-not-after", "theme-again"]));
  });

  it("calls nothing late that has gone out in time", async () => {
    const cloud = testCloud();
    await sendSpring(cloud, { readers: ["ada@leserin.example"] });
    const issue = await requireIssue(cloud, paper, "2026-01");
    await saveIssue(cloud, { ...issue, date: cloud.clock.now().toISOString().slice(0, 10) });
    cloud.clock.advance({ days: 400 });
    const { findings } = await checkIssue(cloud, paper, "2026-01", undefined);
    expect([issue.status, findings.map(({ code }) => code).includes("date-past")]).toEqual(["sent", false]);
  });

  it("leaves no trace: nothing is written, nothing is built", async () => {
    const cloud = await aDesk(["https://amt.example/"]);
    const silent = {
      ...cloud,
      table: { ...cloud.table, write: refuse, each: refuse },
      files: { ...cloud.files, write: refuse },
    };
    await checkIssue(silent as typeof cloud, paper, "2026-01", aWeb());
    expect((await cloud.files.list("editions/")).length).toBe(0);
  });

  it("has no more than two hundred links followed, and says how many were not", async () => {
    const web = aWeb({ kind: "answered", status: 200, url: "", isMoved: false });
    const cloud = await aDesk(Array.from({ length: 203 }, (_, nth) => `https://amt.example/${nth}`));
    const { findings } = await checkIssue(cloud, paper, "2026-01", web);
    expect([web.asked.length, findings.find(({ code }) => code === "links-unvisited")?.details]).toEqual([
      200,
      { links: 3 },
    ]);
  });
});

const refuse = (): never => {
  throw new Error("a check wrote something");
};

describe("visits to many", () => {
  it("ask a host that answers nobody twice in a row, and take the rest for the same", async () => {
    const asked: string[] = [];
    const visit = async (url: string): Promise<Visit> => {
      asked.push(url);
      return url.endsWith("/0") ? { kind: "inward" } : { kind: "silent", reason: "too-slow" };
    };
    const urls = Array.from({ length: 40 }, (_, nth) => `https://tot.example/${nth}`);
    const visits = await visitAll({ visit }, urls);
    expect([asked.length, visits.size, visits.get(urls[39] ?? "")]).toEqual([
      ...[3, 40, { kind: "silent", reason: "too-slow" }],
    ]);
  });

  it("are four at once, and one at a time at each host", async () => {
    const open: string[] = [];
    const most = { atOnce: 0, atOneHost: 0 };
    const visit = async (url: string): Promise<Visit> => {
      open.push(new URL(url).host);
      most.atOnce = Math.max(most.atOnce, open.length);
      most.atOneHost = Math.max(most.atOneHost, open.filter((host) => host === new URL(url).host).length);
      await new Promise((done) => setTimeout(done, 5));
      open.splice(open.indexOf(new URL(url).host), 1);
      return { kind: "inward" };
    };
    const urls = Array.from({ length: 24 }, (_, nth) => `https://host-${nth % 6}.example/${nth}`);
    const visits = await visitAll({ visit }, urls);
    expect([[...visits.keys()], most]).toEqual([urls, { atOnce: 4, atOneHost: 1 }]);
  });
});
