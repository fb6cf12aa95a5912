import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { rounds } from "../../core/delivery/delivery.ts";
import { type LedgerLine, pack, unpack } from "../../core/delivery/ledger.ts";
import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { cancelIssue } from "../../functions/desk/sending.ts";
import { deliveriesOf } from "../../functions/records/deliveries.ts";
import { keepLedger, readLedger } from "../../functions/records/ledger-files.ts";
import { readRounds, reopenRound } from "../../functions/records/rounds.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { scheduleWhole } from "./a-lost-table.ts";
import { afterMinutes, keyOf, place, readersIn, someReaders, takeIn } from "./an-issue-to-send.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

async function sent(readers: (cloud: Cloud) => Promise<string[]>): Promise<{ cloud: TestCloud; readers: string[] }> {
  const cloud = testCloud();
  await scheduleWhole(cloud);
  const all = await readers(cloud);
  await takeIn(cloud, all);
  await afterMinutes(cloud, 20, 5);
  return { cloud, readers: all };
}
const linesOf = async (cloud: Cloud): Promise<LedgerLine[]> =>
  (await Promise.all(rounds.map((round) => readLedger(cloud, { ...place, round })))).flatMap(
    (file) => file?.lines ?? [],
  );
const rowsOf = async (cloud: Cloud) =>
  (await Promise.all(rounds.map((round) => Array.fromAsync(deliveriesOf(cloud, { ...place, round }))))).flat();
const writes = (cloud: TestCloud) => {
  const write = vi.fn(cloud.files.write);
  return { watched: { ...cloud, files: { ...cloud.files, write } }, write };
};

describe("the ledger as files", () => {
  it("holds every reader's delivery exactly as its row, by key and never by address", async () => {
    const { cloud, readers } = await sent(async () => someReaders(40));
    const rows = await rowsOf(cloud);
    expect(rows).toHaveLength(readers.length);
    expect(await linesOf(cloud)).toEqual(rows);
    const [file] = await cloud.files.list("ledger/elblandbote-2026-01/");
    expect(file?.key).toBe("ledger/elblandbote-2026-01/0.ndjson.gz");
    const text = gunzipSync((await cloud.files.read(file?.key ?? ""))?.body ?? "").toString();
    expect(text).toContain('"state":"delivered"');
    expect(text).not.toMatch(/@|Jördis/);
  });

  it("holds readers nobody has written to, and what was frozen", async () => {
    const cloud = testCloud();
    await scheduleWhole(cloud);
    const readers = await readersIn(cloud, "5", 90);
    await takeIn(cloud, readers);
    await workUntilQuiet(cloud, { functions: { deliver: async () => () => async () => {} } });
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 20, 5);
    const file = await readLedger(cloud, { ...place, round: "5" });
    expect(file?.head).toMatchObject({ round: "5", pass: 0, candidates: 90, planned: 90, excluded: {} });
    expect(new Set(file?.lines.map(({ state }) => state))).toEqual(new Set(["cancelled"]));
    expect(file?.lines[0]).toEqual({ addressKey: expect.any(String), state: "cancelled" });
    expect(file?.lines.map(({ addressKey }) => addressKey)).toEqual(
      (await Promise.all(readers.map((address) => keyOf(cloud, address)))).sort(),
    );
  });

  it("is written once, and again after a late event", async () => {
    const { cloud } = await sent(async (own) => readersIn(own, "8", 3));
    const { watched, write } = writes(cloud);
    await keepLedger(watched, place);
    expect(write).not.toHaveBeenCalled();
    await reopenRound(cloud, { ...place, round: "8" });
    await afterMinutes(watched, 10, 5);
    expect(write.mock.calls.map(([key]) => key).filter((key) => key.startsWith("ledger/"))).toEqual([
      "ledger/elblandbote-2026-01/8.ndjson.gz",
    ]);
  });

  it("outlives its rows: a file is never written over from rows that have left the table", async () => {
    const { cloud, readers } = await sent(async () => someReaders(10));
    const before = await linesOf(cloud);
    cloud.clock.advance({ days: 101 });
    expect(await rowsOf(cloud)).toEqual([]);
    for (const { round, turn } of await readRounds(cloud, place))
      await cloud.table.write([
        { patch: { pk: "issue#elblandbote-2026-01", sk: `round#${round}` }, set: { turn: turn + 1 } },
      ]);
    await keepLedger(cloud, place);
    expect(await linesOf(cloud)).toEqual(before);
    expect(before).toHaveLength(readers.length);
  });

  it("is read whole or not at all", () => {
    const head = { v: 1, ...place, round: "0", pass: 0, candidates: 2, planned: 2, excluded: {} } as const;
    const [one, two] = ["A", "B"].map((letter) => ({ addressKey: letter.repeat(22), state: "cancelled" as const }));
    if (!one || !two) return expect.unreachable();
    const whole = Buffer.concat([pack([head]), pack([one]), pack([two])]);
    expect(unpack(whole)).toEqual({ head, lines: [one, two] });
    expect(() => unpack(Buffer.concat([pack([head]), pack([one])]))).toThrow("a ledger of 2 has 1 lines");
    expect(() => unpack(whole.subarray(0, whole.length - 9))).toThrow();
  });
});
