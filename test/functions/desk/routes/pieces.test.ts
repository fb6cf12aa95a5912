import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../../core/rights.ts";
import { takeBackIssue } from "../../../../functions/desk/sending.ts";
import { plan } from "../../../../functions/plan.ts";
import { readReport } from "../../../../functions/records/reports.ts";
import { readWalk } from "../../../../functions/records/walks.ts";
import { afterMinutes, place, wake } from "../../an-issue-to-send.ts";
import { type ADesk, fieldIn, german, type Visitor } from "./a-desk.ts";
import { aDeskThatSends } from "./a-desk-that-sends.ts";

let house: ADesk;
let henrike: Visitor;
const issue = `/issues/${place.issue}`;
const page = async (path: string) => (await henrike.get(path, german)).text();
const walkIn = (html: string) => fieldIn(html, "walk");
const number = async (path: string) => (await page(path)).match(/data-goes-on/g)?.length ?? 0;

beforeEach(async () => {
  ({ house, henrike } = await aDeskThatSends());
});

/** As many readers as a request has time for: each page of the table takes four seconds. */
function slowly(): void {
  const { query } = house.cloud.table;
  vi.spyOn(house.cloud.table, "query").mockImplementation((asked) => {
    if (asked.pk.startsWith("subscribers#")) house.cloud.clock.advance({ seconds: 4 });
    return query(asked);
  });
}
async function send(): Promise<void> {
  await plan(house.cloud)(wake, { deadline: new Date(house.cloud.clock.now().getTime() + 120_000) });
  await afterMinutes(house.cloud, 30);
}
/** Presses the button of the page until none is there. Answers how often. */
async function toTheEnd(path: string, action: string): Promise<number> {
  for (let presses = 0; ; presses++) {
    const walk = walkIn(await page(path));
    if ((await number(path)) === 0) return presses;
    expect((await henrike.post(action, { walk })).status).toBe(303);
  }
}

describe("what takes longer than a request", () => {
  it("counts the audience piece by piece, and says how far it is", async () => {
    slowly();
    expect((await henrike.post(`${issue}/readers`)).headers.get("location")).toBe(`/elblandbote${issue}/readers`);
    const shown = await page(`${issue}/readers`);
    expect(shown).toMatch(/Zählung: Bis hier sind \d+ von etwa \d+ Leserinnen und Lesern durchgesehen/);
    expect(shown).toContain("/goes-on-");
    expect(shown).not.toContain("bekommen die Ausgabe");
    expect(await toTheEnd(`${issue}/readers`, `${issue}/readers/pieces`)).toBeGreaterThan(3);
    expect(await page(`${issue}/readers`)).toContain("bekommen die Ausgabe");
  });

  it("confirms nothing before everybody is counted", async () => {
    await takeBackIssue(house.cloud, operator, place);
    slowly();
    await henrike.post(`${issue}/time`, { when: "now" });
    const shown = await page(`${issue}/schedule`);
    expect([shown.includes('name="sure"'), walkIn(shown).length]).toEqual([false, 22]);
    await toTheEnd(`${issue}/schedule`, `${issue}/schedule/pieces`);
    expect(await page(`${issue}/schedule`)).toContain("Ja, diese Ausgabe geht an 30 Leserinnen und Leser.");
  });

  it("shows the report once it is whole, and the one before until then", async () => {
    await send();
    await henrike.post(`${issue}/report`);
    const before = await readReport(house.cloud, place);
    slowly();
    await henrike.post(`${issue}/report`);
    expect(await readReport(house.cloud, place)).toEqual(before);
    await toTheEnd(`${issue}/report`, `${issue}/report/pieces`);
    expect((await readReport(house.cloud, place))?.at).not.toBe(before?.at);
  });

  it("lays a table ready for whoever may see readers, and hands it out as an act of theirs", async () => {
    await send();
    slowly();
    await henrike.post(`${issue}/report/deliveries`);
    await toTheEnd(`${issue}/report`, `${issue}/report/deliveries/pieces`);
    const shown = await page(`${issue}/report`);
    expect(shown).toMatch(/Die Tabelle vom .* liegt bereit: 30 Zeilen/);
    const fetched = await henrike.post(`${issue}/report/table`, { walk: walkIn(shown) });
    expect(fetched.headers.get("location")).toMatch(/^\/download\?/);
    const editor = await house.as("editor");
    expect(await (await editor.get(`${issue}/report`, german)).text()).not.toContain("liegt bereit");
    expect((await editor.post(`${issue}/report/table`, { walk: walkIn(shown) })).status).toBe(403);
    const acts = (await house.cloud.table.query({ pk: "acts#elblandbote", limit: 100 })).items;
    expect(acts.filter(({ act }) => act === "read-subscribers")).toHaveLength(1);
  });

  it("writes all readers into a table, too", async () => {
    slowly();
    await henrike.post("/subscribers/export");
    expect(await readWalk(house.cloud, { kind: "subscribers", publication: "elblandbote", issue: "" })).toMatchObject({
      state: "walking",
    });
    await toTheEnd("/subscribers", "/subscribers/export/pieces");
    expect(await page("/subscribers")).toContain("liegt bereit: 30 Zeilen");
  });
});
