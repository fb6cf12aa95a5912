import { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import { detach as detachFile, offeredNow, replace as replaceFile, unamended } from "../../../core/issue/amend.ts";
import type { Issue } from "../../../core/issue/issue.ts";
import { operator } from "../../../core/rights.ts";
import {
  amendmentsOf,
  attachDownload,
  bringArticleBack,
  correctArticle,
  detachDownload,
  publishAmendments,
  withdrawArticle,
} from "../../../functions/desk/amendments.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { sendRest } from "../../../functions/desk/rest.ts";
import { requireIssue } from "../../../functions/records/issues.ts";
import { publicFile, published } from "../../../functions/site/public-file.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anEpub, aPdf } from "../../papers-to-take.ts";
import { aDownload, anIssue, paragraph } from "../../people-and-papers.ts";
import { bridge, keepArticle, publicPage, sendSpring, wind } from "../a-public-issue.ts";
import { letters, place, someReaders, takeIn } from "../an-issue-to-send.ts";

const issue = "ausgaben/2026-01/";
const windPage = `${issue}wind-ueber-dem-deich/`;
const print = `${issue}druck/`;
const note = "Die Pacht steigt erst 2027.";
const gone = "Dieser Beitrag enthielt einen Namen, der nicht genannt werden durfte.";
const shelf = ["index.html", "archiv/index.html", "feed/atom.xml", "feed/rss.xml", "feed/feed.json", "sitemap.xml"];

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await sendSpring(cloud, { readers: someReaders(3) });
});
const page = (path: string) => publicPage(cloud, `${path}index.html`);
const correct = (seen = 0, more: object = {}) =>
  correctArticle(cloud, operator, place, { article: "wind", text: note, seen, ...more });
const withdraw = (seen = 0, article = "wind") => withdrawArticle(cloud, operator, place, { article, text: gone, seen });
/** How a reader's browser is answered. */
const ask = async (path: string) => {
  const app = new Hono().get("/*", (c) => publicFile(c, published(cloud), c.req.path.slice(1)));
  return app.request(`/elblandbote/${path}`);
};

describe("a correction of an article that is public", () => {
  it("prints a dated note on its page and in the whole issue, and leaves the letters as they were", async () => {
    const before = await requireIssue(cloud, place.publication, place.issue);
    const { web } = await correct();
    expect(await page(windPage)).toContain(note);
    expect(await page(windPage)).toMatch(/Geändert am 23\.\s+November\s+2026:/);
    expect(await page(print)).toContain(note);
    expect(await requireIssue(cloud, place.publication, place.issue)).toEqual(before);
    expect(web).not.toBe("fingerprint" in before && before.fingerprint);
    expect(Object.values(letters(cloud))).toEqual([1, 1, 1]);
  });

  it("prints the article as it was mended since where an editor says so, and only that article", async () => {
    await keepArticle(cloud, { ...wind, blocks: [paragraph("Die Pacht steigt.")] });
    await keepArticle(cloud, { ...bridge, blocks: [paragraph("Der Steg ist wieder zu.")] });
    const { articles } = await amendmentsOf(cloud, operator, place);
    expect(articles.map(({ id, shown, newest }) => [id, shown, newest])).toEqual([
      ["steg", 1, 2],
      ["wind", 1, 2],
    ]);
    await correct(0);
    expect(await page(windPage)).toContain("Die Pacht ist hoch.");
    await correct(1, { revision: 2 });
    expect(await page(windPage)).toContain("Die Pacht steigt.");
    expect(await page(`${issue}der-steg-ist-wieder-offen/`)).not.toContain("wieder zu");
  });

  it("refuses a revision that does not exist, an article of another issue, and a note without words", async () => {
    await expect(correct(0, { revision: 9 })).rejects.toMatchObject({ code: "revision-missing" });
    await expect(correct(0, { article: "rufbus" })).rejects.toMatchObject({ code: "not-in-issue" });
    await expect(correct(0, { text: " \n" })).rejects.toMatchObject({ code: "amendment-words-missing" });
  });

  it("refuses what somebody saw before another changed it", async () => {
    await correct();
    await expect(withdraw(0)).rejects.toMatchObject({ code: "moved-on" });
    await expect(correct(0)).rejects.toMatchObject({ code: "moved-on" });
    expect(await page(windPage)).not.toContain(gone);
  });

  it("comes only after an issue is public", async () => {
    await draftIssue(cloud, operator, anIssue({ number: 2, sections: [{ name: "Neu", articles: ["wind"] }] }));
    const next = { ...place, issue: "2026-02" };
    const correction = { article: "wind", text: note, seen: 0 };
    await expect(correctArticle(cloud, operator, next, correction)).rejects.toMatchObject({ code: "not-public" });
  });

  it("is an editor's, not an author's", async () => {
    const author = { id: "thomas", roles: ["author"] } as const;
    const editor = { id: "guelsen", roles: ["editor"] } as const;
    const correction = { article: "wind", text: note, seen: 0 };
    await expect(correctArticle(cloud, author, place, correction)).rejects.toMatchObject({ code: "not-allowed" });
    await correctArticle(cloud, editor, place, correction);
    await expect(withdrawArticle(cloud, editor, place, { ...correction, seen: 1 })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it("stays when the issue is sent to the rest", async () => {
    await correct();
    await takeIn(cloud, ["neu@auenrode.example"]);
    await sendRest(cloud, operator, place, ["joined"]);
    await workUntilQuiet(cloud);
    expect(letters(cloud)["neu@auenrode.example"]).toBe(1);
    expect(await page(windPage)).toContain(note);
  });

  it("is brought out by the next run where one died between its row and its pages", async () => {
    const write: TestCloud["files"]["write"] = (key, body, options) => {
      if (key.startsWith("public/")) throw new Error("killed");
      return cloud.files.write(key, body, options);
    };
    const dying = { ...cloud, files: { ...cloud.files, write } };
    const correction = { article: "wind", text: note, seen: 0 };
    await expect(correctArticle(dying, operator, place, correction)).rejects.toThrow("killed");
    expect((await amendmentsOf(cloud, operator, place)).isPublished).toBe(false);
    expect(await page(windPage)).not.toContain(note);
    await publishAmendments(cloud, operator, place);
    expect((await amendmentsOf(cloud, operator, place)).isPublished).toBe(true);
    expect(await page(windPage)).toContain(note);
  });
});

describe("an article that is withdrawn", () => {
  it("leaves a sentence in its place, answered with 410, and nothing else anywhere", async () => {
    for (const path of [`${issue}index.html`, `${print}index.html`, "feed/atom.xml"])
      expect(await publicPage(cloud, path)).toContain("Wind über dem Deich");
    await withdraw();
    const answer = await ask(windPage);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([410, "public, max-age=300, gone"]);
    const told = await answer.text();
    expect(told).toContain(gone);
    expect(told).toMatch(/Am 23\.\s+November\s+2026 zurückgezogen:/);
    for (const path of [`${issue}index.html`, `${print}index.html`, `${windPage}index.html`, ...shelf]) {
      const body = await publicPage(cloud, path);
      expect([path, body.includes("Wind über dem Deich"), body.includes("Die Pacht ist hoch")]).toEqual([
        path,
        false,
        false,
      ]);
    }
    expect(await publicPage(cloud, "sitemap.xml")).not.toContain("wind-ueber-dem-deich");
    expect(await page(print)).toContain(gone);
    expect((await ask(`${issue}der-steg-ist-wieder-offen/`)).status).toBe(200);
  });

  it("comes back as it was, with its corrections, and may be asked for as before", async () => {
    await correct();
    await withdraw(1);
    await bringArticleBack(cloud, operator, place, { article: "wind", seen: 2 });
    expect((await ask(windPage)).status).toBe(200);
    expect(await page(windPage)).toContain(note);
    expect(await publicPage(cloud, "sitemap.xml")).toContain("wind-ueber-dem-deich");
    await expect(bringArticleBack(cloud, operator, place, { article: "wind", seen: 3 })).rejects.toMatchObject({
      code: "not-withdrawn",
    });
  });

  it("is not corrected, and not withdrawn twice", async () => {
    await withdraw();
    await expect(correct(1)).rejects.toMatchObject({ code: "is-withdrawn" });
    await expect(withdraw(1)).rejects.toMatchObject({ code: "is-withdrawn" });
  });

  it("takes the whole issue along when nothing else is left, and gives it back", async () => {
    await withdraw(0, "steg");
    await withdraw(1, "wind");
    expect((await ask(issue)).status).toBe(410);
    expect((await ask(print)).status).toBe(410);
    expect(await publicPage(cloud, "archiv/index.html")).not.toContain("Kleine Orte");
    await bringArticleBack(cloud, operator, place, { article: "steg", seen: 2 });
    expect((await ask(issue)).status).toBe(200);
    expect(await publicPage(cloud, "archiv/index.html")).toContain("Kleine Orte");
  });
});

describe("the printed issue", () => {
  it("is offered as a download after the issue was sent", async () => {
    const offered = { file: "Heft 01.pdf", label: "Das gedruckte Heft", body: aPdf() };
    await attachDownload(cloud, operator, place, { offered, seen: 0 });
    const answer = await ask(`${issue}heft-01.pdf`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(await page(issue)).toContain("Das gedruckte Heft");
    expect(await page("")).toContain("Das gedruckte Heft");
    await expect(attachDownload(cloud, operator, place, { offered, seen: 1 })).rejects.toMatchObject({
      code: "download-standing",
    });
  });

  const heft = { file: "heft.pdf", label: "Das gedruckte Heft", body: aPdf() };
  const attach = (seen: number, more: object = {}) =>
    attachDownload(cloud, operator, place, { offered: heft, seen, ...more });
  const detach = (seen: number, file = "heft.pdf") => detachDownload(cloud, operator, place, { file, seen });

  it("is replaced at its address, and keeps its name where the new one has none", async () => {
    await attach(0);
    const offered = { file: "heft-zweite-auflage.pdf", label: "", body: aPdf("Zweite Auflage") };
    await attach(1, { offered, replaces: "heft.pdf" });
    expect(await (await ask(`${issue}heft.pdf`)).text()).toContain("Zweite Auflage");
    expect((await ask(`${issue}heft-zweite-auflage.pdf`)).status).toBe(404);
    expect((await page(issue)).match(/heft\.pdf/g)).toHaveLength(1);
    expect(await page(issue)).toContain("Das gedruckte Heft");
    const epub = { file: "heft.epub", label: "", body: anEpub() };
    await expect(attach(2, { offered: epub, replaces: "heft.pdf" })).rejects.toMatchObject({
      code: "download-other-kind",
    });
    await expect(attach(2, { replaces: "anderes.pdf" })).rejects.toMatchObject({ code: "download-gone" });
  });

  it("is gone when it is offered no more, and may come again", async () => {
    await attach(0);
    await detach(1);
    expect((await ask(`${issue}heft.pdf`)).status).toBe(404);
    expect(await page(issue)).not.toContain("heft.pdf");
    await expect(detach(2)).rejects.toMatchObject({ code: "download-gone" });
    await attach(2);
    expect((await ask(`${issue}heft.pdf`)).status).toBe(200);
    await correct(3);
    expect((await ask(`${issue}heft.pdf`)).status).toBe(200);
  });

  it("is taken away by whoever saw it last, not by whoever saw it replaced", async () => {
    await attach(0);
    await attach(1, { replaces: "heft.pdf" });
    await expect(detach(1)).rejects.toMatchObject({ code: "moved-on" });
    expect((await ask(`${issue}heft.pdf`)).status).toBe(200);
  });

  it("stays where letters lead to it, but may be replaced there too", () => {
    const heft = aDownload();
    const sent = { issue: { ...anIssue({ downloads: [heft] }), startedAt: "2026-03-02" } as unknown as Issue };
    expect(() => detachFile({ ...sent, amendments: unamended }, heft.file)).toThrow(
      expect.objectContaining({ code: "download-in-letters" }),
    );
    const second = aDownload({ sha256: "b".repeat(64), label: "" });
    const amendments = replaceFile({ ...sent, amendments: unamended }, heft.file, second);
    expect(offeredNow(sent.issue, amendments)).toEqual([{ ...second, label: heft.label }]);
    expect(() => detachFile({ ...sent, amendments }, heft.file)).toThrow();
  });

  it("is taken away by the next run where one died before its file was gone", async () => {
    await attach(0);
    const remove = async () => {
      throw new Error("killed");
    };
    const dying = { ...cloud, files: { ...cloud.files, remove } };
    await expect(detachDownload(dying, operator, place, { file: "heft.pdf", seen: 1 })).rejects.toThrow("killed");
    expect((await amendmentsOf(cloud, operator, place)).isPublished).toBe(false);
    await publishAmendments(cloud, operator, place);
    expect((await ask(`${issue}heft.pdf`)).status).toBe(404);
  });
});
