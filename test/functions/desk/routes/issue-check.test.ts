import { beforeEach, describe, expect, it } from "vitest";
import type { Visit } from "../../../../core/check/visits.ts";
import { operator } from "../../../../core/rights.ts";
import { words } from "../../../../core/words.ts";
import type { Web } from "../../../../functions/cloud/cloud.ts";
import { draftIssue } from "../../../../functions/desk/issues.ts";
import { desk } from "../../../../functions/desk.ts";
import { readVisits } from "../../../../functions/records/visits.ts";
import { workUntilQuiet } from "../../../../local/wiring.ts";
import { link } from "../../../core/check/fixtures.ts";
import { anIssue } from "../../../people-and-papers.ts";
import { aPlannedIssue, shelve } from "../an-issue.ts";
import { type ADesk, aDesk, deskUrl, publication, type Visitor, visitorWith } from "./a-desk.ts";

const say = words("de").desk.check;
const at = "/issues/2026-01/check";

let house: ADesk;
let editor: Visitor;
const asked: string[] = [];
let visit: () => Promise<Visit>;
const web: Web = {
  visit: (url) => {
    asked.push(url);
    return visit();
  },
};
beforeEach(async () => {
  asked.length = 0;
  visit = async () => ({ kind: "answered", status: 200, url: "https://amt.example/", isMoved: false });
  house = await aDesk();
  await aPlannedIssue(house.cloud);
  await shelve(house.cloud, {
    title: "Satzung",
    blocks: [1, 2].map((nth) => link(`https://amt-${nth}.example/`, `Ziel ${nth}`)),
  });
  const as = await house.as("editor");
  const app = desk(house.cloud, { baseUrl: deskUrl, web });
  editor = visitorWith(app, as.person, as.cookie.split("=")[1] ?? "");
});
const readAt = async (path = at): Promise<string> => (await (await editor.get(path)).text()).replaceAll("&#x3D;", "=");
const linked = () =>
  draftIssue(house.cloud, operator, anIssue({ sections: [{ name: "Recht", articles: ["satzung"] }] }));

describe("Prüfung", () => {
  it("says each finding in words, red or amber, with the way to its place", async () => {
    const html = await readAt();
    expect(html).toContain(say.someRed);
    expect(html).toContain(`href="/${publication}/articles/wind?check=2026-01#alt-wind.jpg"`);
    expect(html).toContain(`href="/${publication}/issues/2026-01#subject"`);
    expect(html).toMatch(/<li class="red"><p><span class="colour">Rot:<\/span> <span id="finding-0-0">[^<]*wind\.jpg/);
    const fields = await readAt("/articles/wind");
    for (const id of ["picture", "alt", "caption", "credit"]) expect(fields).toContain(`id="${id}-wind.jpg"`);
    for (const head of [">Wind</h2>", `>${say.ofIssue}</h2>`]) expect(html).toContain(head);
  });

  it("follows the links when somebody wants it, keeps what became of them, and says when that was", async () => {
    await linked();
    expect(await readAt()).toContain(say.linksUnfollowed);
    visit = async () => ({ kind: "answered", status: 404, url: "https://amt.example/", isMoved: false });
    expect((await editor.post(at)).headers.get("location")).toBe(`/${publication}${at}?done=linksFollowed`);
    const html = await readAt();
    expect(asked).toEqual(["https://amt-1.example/", "https://amt-2.example/"]);
    expect(html).toContain("Die Seite https://amt-1.example/ gibt es nicht");
    expect(html).toContain("Aufgerufen: 2, zuletzt am 23. November 2026, 09:00 Uhr");
    await readAt();
    expect(asked).toHaveLength(2);
  });

  it("asks nobody again within the hour, and everybody after it", async () => {
    await linked();
    await editor.post(at);
    await editor.post(at);
    expect(asked).toHaveLength(2);
    house.cloud.clock.advance({ hours: 1, minutes: 1 });
    await editor.post(at);
    expect(asked).toHaveLength(4);
  });

  it("stops in time for an answer, says what is left, and goes on from there", async () => {
    await linked();
    const urls = Array.from({ length: 9 }, (_, nth) => `https://amt.example/${nth}`);
    await shelve(
      house.cloud,
      { title: "Satzung", blocks: urls.map((url, nth) => link(url, `Ziel ${nth}`)) },
      "satzung",
    );
    visit = async () => {
      house.cloud.clock.advance({ seconds: 4 });
      return { kind: "answered", status: 200, url: "https://amt.example/", isMoved: false };
    };
    await editor.post(at);
    expect(asked).toHaveLength(5);
    expect(await readAt()).toContain("4 weitere Links wurden nicht aufgerufen");
    await editor.post(at);
    expect([asked.length, (await readVisits(house.cloud, publication, "2026-01"))?.visits.size]).toEqual([9, 9]);
  });

  it("builds the issue on request, waits, and says what came of it", async () => {
    expect(await readAt()).toContain(say.neverBuilt);
    await editor.post("/issues/2026-01/build");
    expect(await readAt()).toContain(say.buildWaiting);
    house.cloud.clock.advance({ minutes: 3 });
    expect(await readAt()).toContain(say.buildLate);
    await workUntilQuiet(house.cloud);
    const refused = await readAt();
    expect(refused).toContain("wurde abgelehnt");
    expect(refused).toMatch(/<li class="problem">[^<]*wind\.jpg/);
  });

  it("says whether the build still stands", async () => {
    await draftIssue(house.cloud, operator, anIssue({ sections: [{ name: "Umland", articles: ["deich"] }] }));
    await editor.post("/issues/2026-01/build");
    await workUntilQuiet(house.cloud);
    expect(await readAt()).toContain("Genau dieser Bau kann freigegeben werden.");
    await draftIssue(
      house.cloud,
      operator,
      anIssue({ subject: "Neu", sections: [{ name: "Umland", articles: ["deich"] }] }),
    );
    expect(await readAt()).toContain("Seither wurde etwas geändert");
  });

  it("is no business of authors", async () => {
    const author = await house.as("author");
    expect((await author.get(at)).status).toBe(403);
    for (const path of [at, "/issues/2026-01/build"]) expect((await author.post(path)).status).toBe(403);
  });
});
