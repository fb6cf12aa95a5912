import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../../core/rights.ts";
import { startOfWalk, type WalkPosition } from "../../../core/subscriber/walk.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { linePages, listDeliveries, type ReaderLine } from "../../../functions/desk/deliveries.ts";
import { forecastErrand } from "../../../functions/desk/forecast.ts";
import { deliveriesWork, handOutDeliveries } from "../../../functions/desk/handout.ts";
import { evaluateIssue, reportErrand } from "../../../functions/desk/report.ts";
import { tableFile, tableWork } from "../../../functions/desk/table.ts";
import { goOnWalking } from "../../../functions/desk/walking.ts";
import { type Errand, type WorkOf, walkOn } from "../../../functions/desk/walks.ts";
import { plan } from "../../../functions/plan.ts";
import { readForecast } from "../../../functions/records/forecasts.ts";
import { readReport } from "../../../functions/records/reports.ts";
import { leave } from "../../../functions/records/subscribers.ts";
import { readWalk, type Walk } from "../../../functions/records/walks.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { afterMinutes, keyOf, place, scheduleSpring, someReaders, takeIn, wake } from "../an-issue-to-send.ts";
import { forecastSpring } from "./a-forecast.ts";

let cloud: TestCloud;
const readers = someReaders(60);
/** Every piece is late after one page: sixteen rounds are sixteen pieces. */
const atOnce = () => true;

beforeEach(async () => {
  for (const way of ["info", "warn", "error"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud({ manner: { bounced: 0.2 } });
  await scheduleSpring(cloud);
  await takeIn(cloud, readers);
  await leave(cloud, place.publication, await keyOf(cloud, readers[0] ?? ""));
});

async function send(): Promise<void> {
  await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
  await afterMinutes(cloud, 30);
  cloud.clock.advance({ seconds: 1 });
  await leave(cloud, place.publication, await keyOf(cloud, readers[1] ?? ""));
}

/** Takes the first page of it. */
const begin = async (errand: Promise<Errand>, on: Cloud = cloud): Promise<Walk | undefined> =>
  walkOn(on, await errand, atOnce);

/** Presses "go on" until it is done. */
async function toTheEnd(kind: Walk["kind"], walk: Walk | undefined, on: Cloud = cloud): Promise<number> {
  let [now, pieces] = [walk, 1];
  for (; now?.state === "walking"; pieces++)
    now = await goOnWalking(on, operator, { kind, ...place }, { id: now.id, isLate: atOnce });
  return pieces;
}

describe("work over all readers, in pieces", () => {
  it("finds of a forecast what one go finds, and keeps nothing before its end", async () => {
    const sendAt = new Date("2026-11-24T08:00:00.000Z");
    const walk = await begin(forecastErrand(cloud, operator, place, sendAt));
    expect(walk).toMatchObject({ state: "walking", position: { round: "1", after: "" } });
    expect(await readForecast(cloud, place)).toBeUndefined();
    expect(await toTheEnd("forecast", walk)).toBe(16);
    const pieceByPiece = await readForecast(cloud, place);
    expect(pieceByPiece).toMatchObject({ candidates: 60, readers: 59, excluded: { unsubscribed: 1 } });
    expect(await forecastSpring(cloud, sendAt)).toEqual(pieceByPiece);
  });

  it("finds of a report what one go finds", async () => {
    await send();
    expect(await toTheEnd("report", await begin(reportErrand(cloud, operator, place)))).toBe(16);
    const pieceByPiece = await readReport(cloud, place);
    expect(pieceByPiece).toMatchObject({ left: 1, providers: [{ name: "auenrode.example", letters: 58 }] });
    expect(await evaluateIssue(cloud, operator, place)).toEqual(pieceByPiece);
  });

  it("is one walk for whoever presses the button too, and another for another wish", async () => {
    const [one, other] = [new Date("2026-11-24T08:00:00.000Z"), new Date("2026-11-25T08:00:00.000Z")];
    const first = await begin(forecastErrand(cloud, operator, place, one));
    const second = await begin(forecastErrand(cloud, operator, place, one));
    expect([second?.id, second?.position.round]).toEqual([first?.id, "2"]);
    const third = await begin(forecastErrand(cloud, operator, place, other));
    expect([third?.id === first?.id, third?.position.round]).toEqual([false, "1"]);
    const stale = { id: first?.id ?? "", isLate: atOnce };
    expect(await goOnWalking(cloud, operator, { kind: "forecast", ...place }, stale)).toEqual(third);
  });

  it("is for who may see readers, where it is about them", async () => {
    await send();
    const walk = await begin(reportErrand(cloud, operator, place));
    const pressed = goOnWalking(
      cloud,
      { id: "jo", roles: ["editor"] },
      { kind: "report", ...place },
      { id: walk?.id ?? "", isLate: atOnce },
    );
    await expect(pressed).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("a piece that dies", () => {
  /** Fails what is asked of the files, or of the table, while it is struck. */
  const struck = { files: false, table: false };
  const frail = (): Cloud => ({
    ...cloud,
    files: { ...cloud.files, write: (...given) => (struck.files ? die() : cloud.files.write(...given)) },
    table: { ...cloud.table, each: (...given) => (struck.table ? die() : cloud.table.each(...given)) },
  });
  const die = (): Promise<never> => Promise.reject(new Error("struck"));

  it("is done again from where it began, and nobody is counted twice", async () => {
    await send();
    const weak = frail();
    let walk = await begin(reportErrand(weak, operator, place), weak);
    for (let number = 0; walk?.state === "walking"; number++) {
      struck.files = number % 2 === 0;
      const { id } = walk;
      walk = await goOnWalking(weak, operator, { kind: "report", ...place }, { id, isLate: atOnce }).catch(() =>
        readWalk(cloud, { kind: "report", ...place }),
      );
    }
    struck.files = false;
    const report = await readReport(cloud, place);
    expect(await evaluateIssue(cloud, operator, place)).toEqual(report);
  });

  it("without a word is waited for as long as it may be alive, and no longer", async () => {
    await send();
    const weak = frail();
    const walk = await begin(reportErrand(weak, operator, place), weak);
    const press = (on: Cloud) =>
      goOnWalking(on, operator, { kind: "report", ...place }, { id: walk?.id ?? "", isLate: atOnce });
    const steps = vi.spyOn(cloud.table, "query");
    struck.files = true;
    const strikeAnd: Cloud["table"]["query"] = (query) => {
      struck.table = true;
      return cloud.table.query(query);
    };
    const dying = press({
      ...weak,
      table: { ...weak.table, query: strikeAnd },
    });
    await expect(dying).rejects.toThrow("struck");
    [struck.files, struck.table] = [false, false];
    steps.mockClear();
    expect((await press(cloud))?.position).toEqual(walk?.position);
    expect(steps).not.toHaveBeenCalled();
    cloud.clock.advance({ seconds: 36 });
    expect((await press(cloud))?.position.round).toBe("2");
  });

  it("counts nobody twice though two begin the same one at the same moment", async () => {
    await send();
    const walk = await begin(reportErrand(cloud, operator, place));
    const press = () =>
      goOnWalking(cloud, operator, { kind: "report", ...place }, { id: walk?.id ?? "", isLate: atOnce });
    for (let turn = 0; turn < 20; turn++) await Promise.all([press(), press()]);
    const report = await readReport(cloud, place);
    expect(await evaluateIssue(cloud, operator, place)).toMatchObject({ ...report, at: expect.any(String) });
  });
});

describe("pages of an issue's readers", () => {
  it.each([1, 3, 400])("are the same readers at %i a page", async (limit) => {
    await send();
    const whole = await Array.fromAsync(listDeliveries(cloud, operator, place));
    const pageAfter = await linePages(cloud, place, limit);
    const found: ReaderLine[] = [];
    let most = 0;
    for (let from: WalkPosition | undefined = startOfWalk; from; ) {
      const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(from);
      found.push(...page.lines.map(({ subscriber: _, ...line }) => line));
      most = Math.max(most, page.lines.length);
      from = page.next;
    }
    expect(found).toEqual(whole);
    expect(most).toBeLessThanOrEqual(limit);
  });
});

describe("a table in pieces", () => {
  const csvOf = async (file: string) => Buffer.from((await cloud.files.read(file))?.body ?? []).toString();

  it("is the same file, of many parts written by many runs", async () => {
    await send();
    const link = new URL(await handOutDeliveries(cloud, operator, place, "de"), "http://x");
    const { file } = await cloud.handOut(Object.fromEntries(link.searchParams));
    const parts = vi.spyOn(cloud.files, "writePart");
    const wish = { kind: "deliveries", ...place, given: "de" } as const;
    const workOf: WorkOf = async (on, walk) => {
      const pageAfter = await linePages(on, place, 3);
      const { deliveriesSheet } = await import("../../../core/delivery/sheet.ts");
      const sheet = deliveriesSheet("de", "Europe/Berlin");
      const page = async (from: WalkPosition) => {
        const { lines, next } = await pageAfter(from);
        return { lines: lines.map(sheet.line), seen: lines.length, next };
      };
      return tableWork(on, walk, sheet.head, page, 300);
    };
    let walk = await walkOn(cloud, { wish, workOf }, atOnce);
    while (walk?.state === "walking") walk = await walkOn(cloud, { wish, workOf }, atOnce);
    expect(parts.mock.calls.length).toBeGreaterThan(10);
    expect(walk?.lines).toBe(60);
    expect(await csvOf(tableFile(walk as Walk))).toBe(Buffer.from(file?.body ?? []).toString());
    expect(await cloud.files.list("parts/")).toEqual([]);
  });

  it("is forgotten where nobody ends it", async () => {
    await send();
    const wish = { kind: "deliveries", ...place, given: "de" } as const;
    const walk = await walkOn(cloud, { wish, workOf: deliveriesWork }, atOnce);
    cloud.clock.advance({ minutes: 61 });
    expect(await readWalk(cloud, wish)).toBeUndefined();
    const anew = await walkOn(cloud, { wish, workOf: deliveriesWork }, atOnce);
    expect(anew?.id).not.toBe(walk?.id);
  });
});
