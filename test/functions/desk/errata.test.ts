import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../core/rights.ts";
import { correctArticle, withdrawArticle } from "../../../functions/desk/amendments.ts";
import { audienceAhead } from "../../../functions/desk/audience.ts";
import { checkIssue } from "../../../functions/desk/check.ts";
import { listDeliveries } from "../../../functions/desk/deliveries.ts";
import { draftErratum, errataOf } from "../../../functions/desk/errata.ts";
import { draftIssue } from "../../../functions/desk/issues.ts";
import { restOf } from "../../../functions/desk/rest.ts";
import { suppressAddress } from "../../../functions/desk/suppressions.ts";
import { issueAccount } from "../../../functions/records/account.ts";
import { readCard } from "../../../functions/records/articles.ts";
import { readControl } from "../../../functions/records/issue-control.ts";
import { requireIssue } from "../../../functions/records/issues.ts";
import { moveReader } from "../../../functions/records/readers.ts";
import { leave } from "../../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { anIssue } from "../../people-and-papers.ts";
import { publicPage, sendIssue, sendSpring } from "../a-public-issue.ts";
import { asksToMove } from "../a-reader.ts";
import { afterMinutes, keyOf, letters, place, takeIn } from "../an-issue-to-send.ts";

const erratum = { ...place, issue: "2026-01-e1" };
const [ada, bo, cem, dora] = ["ada", "bo", "cem", "dora"].map((name) => `${name}@auenrode.example`) as [
  string,
  string,
  string,
  string,
];

let cloud: TestCloud;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = testCloud();
  await sendSpring(cloud, { readers: [ada, bo, cem] });
});
const correct = (seen = 0, text = "Die Pacht steigt erst 2027.") =>
  correctArticle(cloud, operator, place, { article: "wind", text, seen });
const lettersOf = async (subject: string) => {
  const { letters: all } = cloud.outbox.list({ limit: 100 });
  const read = await Promise.all(all.map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
  return read.filter((letter) => letter.subject === subject);
};

describe("a mail that corrects an issue", () => {
  it("goes once to those who received it, and to nobody who came, left or was suppressed since", async () => {
    await correct();
    await takeIn(cloud, [dora]);
    await leave(cloud, place.publication, await keyOf(cloud, bo));
    await suppressAddress(cloud, operator, cem, "asked");
    const { status } = await draftErratum(cloud, operator, place);
    expect(status).toBe("draft");
    expect((await audienceAhead(cloud, erratum, cloud.clock.now())).readers).toBe(1);
    await sendIssue(cloud, erratum.issue);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({ [ada]: 2, [bo]: 1, [cem]: 1 });
    expect(await issueAccount(cloud, place.publication, erratum.issue)).toMatchObject({
      ...{ candidates: 4, planned: 1, accepted: 1 },
      excluded: { unsubscribed: 1, suppressed: 1, "not-received": 1 },
    });
    expect(await requireIssue(cloud, place.publication, erratum.issue)).toMatchObject({ status: "sent" });
  });

  it("says what was wrong and where it stands now, and how to leave", async () => {
    await correct();
    await draftErratum(cloud, operator, place);
    await sendIssue(cloud, erratum.issue);
    const [letter] = await lettersOf("ELBLANDbote 01|26: Korrektur");
    expect(letter?.text).toContain("Zu „Wind über dem Deich“");
    expect(letter?.text).toContain("Die Pacht steigt erst 2027.");
    expect(letter?.html).toContain("https://elblandbote.example/ausgaben/2026-01/wind-ueber-dem-deich/");
    expect(letter?.headers.some(({ key }) => key === "list-unsubscribe-post")).toBe(true);
  });

  it("can be read in the browser, and stands on no shelf and in no feed", async () => {
    await correct();
    await draftErratum(cloud, operator, place);
    await sendIssue(cloud, erratum.issue);
    expect(await publicPage(cloud, "ausgaben/2026-01-e1/index.html")).toContain("Wind über dem Deich");
    for (const path of ["archiv/index.html", "feed/atom.xml", "sitemap.xml", "index.html"])
      expect([path, (await publicPage(cloud, path)).includes("2026-01-e1")]).toEqual([path, false]);
  });

  it("reaches a reader who moved since at their new address alone", async () => {
    await correct();
    const token = await asksToMove(cloud, await keyOf(cloud, ada), "ada@neu.example");
    await moveReader(cloud, token ?? "");
    await draftErratum(cloud, operator, place);
    await sendIssue(cloud, erratum.issue);
    expect(letters(cloud)).toEqual({ [ada]: 1, "ada@neu.example": 1, [bo]: 2, [cem]: 2 });
  });

  it("has no rest of readers who came since, and shows why they have none", async () => {
    await correct();
    await draftErratum(cloud, operator, place);
    await sendIssue(cloud, erratum.issue);
    await takeIn(cloud, [dora]);
    expect(await restOf(cloud, erratum)).toMatchObject({ joined: 0, moved: 0 });
    const lines = await Array.fromAsync(listDeliveries(cloud, operator, erratum));
    expect(lines.find(({ address }) => address === dora)).toMatchObject({
      state: "not-planned",
      reason: "not-received",
    });
  });

  it("is one of several: each has a number of its own, and the next issue is not measured by any", async () => {
    await correct();
    await draftErratum(cloud, operator, place);
    await correct(1, "Auch der Deich ist höher.");
    const second = await draftErratum(cloud, operator, place, [1]);
    expect(second.erratum).toBe(2);
    const issue = await requireIssue(cloud, place.publication, place.issue);
    expect((await errataOf(cloud, issue)).map(({ erratum: number }) => number)).toEqual([1, 2]);
    expect((await readCard(cloud, place.publication, "korrektur-2026-01-2"))?.title).toBe("Zu „Wind über dem Deich“");
    const next = { number: 2, date: "2026-12-07", theme: { title: "Sommer", intro: "" } };
    await draftIssue(cloud, operator, anIssue({ ...next, sections: [{ name: "Neu", articles: ["wind"] }] }));
    const { findings } = await checkIssue(cloud, place.publication, "2026-02", undefined);
    expect(findings.filter(({ code }) => /^(number|date)-/.test(code))).toEqual([]);
  });

  it("needs an issue that is public and something that was corrected, while the ledger knows who received it", async () => {
    await expect(draftErratum(cloud, operator, place)).rejects.toMatchObject({ code: "nothing-corrected" });
    const sections = [{ name: "Neu", articles: ["wind"] }];
    const plan = anIssue({ number: 2, erratum: 1, sections });
    await draftIssue(cloud, operator, anIssue({ number: 2, sections }));
    await expect(draftIssue(cloud, operator, plan)).rejects.toMatchObject({ code: "not-public" });
    await correct();
    cloud.clock.advance({ days: 91 });
    await expect(draftErratum(cloud, operator, place)).rejects.toMatchObject({ code: "too-old" });
  });

  it("stays what it is when its own words are withdrawn", async () => {
    await correct();
    await draftErratum(cloud, operator, place);
    await sendIssue(cloud, erratum.issue);
    const withdrawal = { article: "korrektur-2026-01-1", text: "Das war ein Irrtum.", seen: 0 };
    await withdrawArticle(cloud, operator, erratum, withdrawal);
    expect(await publicPage(cloud, "ausgaben/2026-01-e1/index.html")).toContain("Das war ein Irrtum.");
    expect(await publicPage(cloud, "archiv/index.html")).toContain("Kleine Orte");
    expect((await readControl(cloud, erratum))?.state).toBe("sent");
  });
});
