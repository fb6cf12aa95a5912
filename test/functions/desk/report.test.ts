import { beforeEach, describe, expect, it, vi } from "vitest";
import { providerOf } from "../../../core/delivery/providers.ts";
import { operator } from "../../../core/rights.ts";
import { handOutDeliveries } from "../../../functions/desk/handout.ts";
import { evaluateIssue } from "../../../functions/desk/report.ts";
import { forget } from "../../../functions/forget.ts";
import { plan } from "../../../functions/plan.ts";
import { readReport } from "../../../functions/records/reports.ts";
import { leave } from "../../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { afterMinutes, keyOf, place, scheduleSpring, someReaders, takeIn, wake } from "../an-issue-to-send.ts";

let cloud: TestCloud;
const deadline = () => ({ deadline: new Date(cloud.clock.now().getTime() + 120_000) });
const at = (domain: string, count: number) =>
  Array.from({ length: count }, (_, index) => `leserin${index + 1}@${domain}`);
/** Invented domains of the houses are nobody's: no letter leaves this machine. */
const readers = [
  ...at("gmx.de", 3),
  ...at("gmx.net", 4),
  ...at("rathaus.example", 6),
  "paula@familie-zschoche.example",
];

async function send(): Promise<void> {
  await plan(cloud)(wake, deadline());
  await afterMinutes(cloud, 30);
}

beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
});

describe("the report of an issue", () => {
  it("counts letters by who carries the mailbox, and keeps no domain that may be one reader's name", async () => {
    await takeIn(cloud, readers);
    await send();
    const report = await evaluateIssue(cloud, operator, place);
    expect(report.providers).toMatchObject([
      { name: "GMX", letters: 7, bounced: 0 },
      { name: "rathaus.example", letters: 6 },
      { name: null, letters: 1 },
    ]);
    expect(JSON.stringify(await readReport(cloud, place))).not.toMatch(/@|zschoche/);
  });

  it("counts who came back, and who left within fourteen days", async () => {
    const all = someReaders(40);
    cloud = testCloud({ manner: { bounced: 1 } });
    await scheduleSpring(cloud);
    await takeIn(cloud, all);
    await send();
    await leave(cloud, place.publication, await keyOf(cloud, all[0] ?? ""));
    cloud.clock.advance({ days: 15 });
    await leave(cloud, place.publication, await keyOf(cloud, all[1] ?? ""));
    const { providers, left } = await evaluateIssue(cloud, operator, place);
    expect(left).toBe(1);
    const [first] = providers;
    expect(first?.bounced).toBeGreaterThan(0);
  });

  it("knows houses by their many domains, and others by their own", () => {
    expect(["gmx.net", "googlemail.com", "rathaus.example"].map(providerOf)).toEqual([
      "GMX",
      "Gmail",
      "rathaus.example",
    ]);
  });

  it("is not there before an issue has left", async () => {
    await expect(evaluateIssue(cloud, operator, place)).rejects.toMatchObject({ code: "not-begun" });
  });
});

describe("the table of deliveries", () => {
  it("is handed out by a link good for five minutes, and gone the day after", async () => {
    await takeIn(cloud, readers);
    await send();
    const link = new URL(await handOutDeliveries(cloud, operator, place, "de"), "http://x");
    const asked = Object.fromEntries(link.searchParams);
    const { name, file } = await cloud.handOut(asked);
    expect(name).toBe("ELBLANDbote 01-2026.csv");
    const lines = Buffer.from(file?.body ?? [])
      .toString()
      .trim()
      .split("\r\n");
    expect(lines).toHaveLength(1 + readers.length);
    expect(lines[0]).toContain("Adresse;Name;Stand");
    expect(lines.filter((line) => line.includes("leserin1@gmx.de"))).toHaveLength(1);
    cloud.clock.advance({ seconds: 301 });
    await expect(cloud.handOut(asked)).rejects.toThrow("too old");
    cloud.clock.advance({ days: 2 });
    await forget(cloud)({}, deadline());
    expect(await cloud.files.list("handouts/")).toEqual([]);
  });

  it("is for who may see readers", async () => {
    await takeIn(cloud, readers);
    await send();
    const guelsen = { id: "guelsen", roles: ["editor"] } as const;
    await expect(handOutDeliveries(cloud, guelsen, place, "de")).rejects.toMatchObject({ code: "not-allowed" });
    await expect(evaluateIssue(cloud, guelsen, place)).rejects.toMatchObject({ code: "not-allowed" });
    expect(await cloud.files.list("handouts/")).toEqual([]);
  });
});
