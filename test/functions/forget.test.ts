import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { evidenceDay } from "../../core/subscriber/retention.ts";
import { ask } from "../../functions/ask.ts";
import type { Change, Key, Table } from "../../functions/cloud/cloud.ts";
import { forget } from "../../functions/forget.ts";
import { blinded } from "../../functions/records/caps.ts";
import { evidenceOf } from "../../functions/records/consents.ts";
import { forgetRow, notesOf } from "../../functions/records/forgetting.ts";
import { undoKey } from "../../functions/records/keys.ts";
import { eraseReader, moveReader } from "../../functions/records/readers.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { almut, asksToMove, at, becomesReader, foundPapers, paper, signUp } from "./a-reader.ts";
import { keyOf } from "./an-issue-to-send.ts";

let cloud: TestCloud;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await foundPapers(cloud);
});

const night = (seconds = 300, by: TestCloud = cloud) =>
  forget(by)({}, { deadline: new Date(cloud.clock.now().getTime() + seconds * 1000) });
const hear = async () => {
  const message = await signUp(cloud);
  await ask(cloud)(
    { Records: [{ messageId: "1", body: JSON.stringify(message) }] },
    { deadline: new Date(cloud.clock.now().getTime() + 60_000) },
  );
};
/** Whether a row has it, lapsed ones too: DynamoDB may keep those for days. */
function isOnDisk(words: string): boolean {
  const database = new DatabaseSync(join(cloud.folder, "table.db"), { readOnly: true });
  const rows = database.prepare("SELECT pk || ' ' || sk || ' ' || body AS text FROM item").all() as { text: string }[];
  database.close();
  return rows.some(({ text }) => text.includes(words));
}

describe("the night", () => {
  it("removes what nobody confirmed, from the disk too", async () => {
    await hear();
    expect(isOnDisk(almut)).toBe(true);
    cloud.clock.advance({ days: 7, minutes: 1 });
    expect(await at(cloud, almut)).toBeUndefined();
    expect(isOnDisk(almut)).toBe(true);
    cloud.clock.advance({ days: 1 });
    await night();
    expect(isOnDisk(almut)).toBe(false);
    expect(isOnDisk("token#")).toBe(false);
  });

  it("leaves whoever confirmed where they are", async () => {
    await becomesReader(cloud);
    await hear();
    cloud.clock.advance({ days: 9 });
    await night();
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed" });
  });

  it("leaves whoever asked again since", async () => {
    await hear();
    cloud.clock.advance({ days: 6 });
    await hear();
    cloud.clock.advance({ days: 2, minutes: 1 });
    await night();
    expect(await at(cloud, almut)).toMatchObject({ state: "pending" });
  });

  it("takes what leaving kept for ten minutes", async () => {
    const addressKey = await becomesReader(cloud);
    await leave(cloud, paper, addressKey);
    expect(isOnDisk(almut)).toBe(true);
    cloud.clock.advance({ days: 1, minutes: 11 });
    await night();
    expect(isOnDisk(almut)).toBe(false);
    expect((await cloud.table.get([undoKey(addressKey, paper)]))[0]).toBeUndefined();
  });

  it("that comes twice on one day takes what was noted in between", async () => {
    await night();
    const lapsed = { pk: "lapsed", sk: "once" };
    const yesterday = new Date(cloud.clock.now().getTime() - 86_400_000).toISOString();
    await cloud.table.each([{ put: { ...lapsed, v: 1, expiresAt: yesterday } }, forgetRow(yesterday, lapsed)]);
    await night();
    expect(isOnDisk("lapsed once")).toBe(false);
  });

  it("makes a day's networks unreadable by taking their salt", async () => {
    const day = cloud.clock.now();
    const before = await blinded(cloud, day, "203.0.113");
    cloud.clock.advance({ days: 1 });
    await night();
    expect(isOnDisk(`salt ${day.toISOString().slice(0, 10)}`)).toBe(false);
    const another = { ...cloud, table: { ...cloud.table } };
    cloud.clock.advance({ days: -1 });
    expect(await blinded(another, day, "203.0.113")).not.toBe(before);
  });
});

describe("evidence", () => {
  const kinds = async (address = almut) =>
    (await evidenceOf(cloud, await keyOf(cloud, address))).map(({ kind }) => kind);
  const nights = async (until: string): Promise<void> => {
    cloud.clock.set(until);
    await night();
  };

  it("is kept for three years from the end of the year", () => {
    expect(evidenceDay("2026-01-01T00:00:00.000Z")).toBe("2030-01-01");
    expect(evidenceDay("2026-12-31T23:59:59.999Z")).toBe("2030-01-01");
  });

  it("goes when nobody can ask for it any more, not a day before", async () => {
    await leave(cloud, paper, await becomesReader(cloud));
    await nights("2029-12-31T23:00:00.000Z");
    expect(await kinds()).toEqual(["requested", "confirmed", "withdrawn"]);
    await nights("2030-01-01T03:00:00.000Z");
    expect(await kinds()).toEqual([]);
  });

  it("of a request nobody confirmed goes in its time, too", async () => {
    await hear();
    await nights("2030-01-01T03:00:00.000Z");
    expect(await kinds()).toEqual([]);
  });

  it("stays while its reader reads, and counts from when they leave", async () => {
    await hear();
    const [requested] = await evidenceOf(cloud, await keyOf(cloud, almut));
    expect(requested).toBeDefined();
    const addressKey = await becomesReader(cloud);
    await nights("2030-01-01T03:00:00.000Z");
    expect((await kinds()).length).toBeGreaterThan(0);
    await leave(cloud, paper, addressKey);
    await nights("2033-12-31T03:00:00.000Z");
    expect((await kinds()).length).toBeGreaterThan(0);
    await nights("2034-01-01T03:00:00.000Z");
    expect(await kinds()).toEqual([]);
  });

  it("of an older request stays as long as that of leaving later", async () => {
    await hear();
    const addressKey = await becomesReader(cloud);
    cloud.clock.set("2028-05-01T08:00:00.000Z");
    await leave(cloud, paper, addressKey);
    await nights("2030-01-01T03:00:00.000Z");
    expect(await kinds()).toContain("requested");
    await nights("2032-01-01T03:00:00.000Z");
    expect(await kinds()).toEqual([]);
  });

  it("of an older address goes with that of the newer one", async () => {
    const from = await becomesReader(cloud);
    const token = await asksToMove(cloud, from, "neu@auenrode.example");
    const moved = await moveReader(cloud, token ?? "");
    await nights("2031-01-01T03:00:00.000Z");
    expect(await kinds()).not.toEqual([]);
    if (moved && moved !== "used") await leave(cloud, paper, moved.addressKey);
    await nights("2035-01-01T03:00:00.000Z");
    expect([await kinds(), await kinds("neu@auenrode.example")]).toEqual([[], []]);
  });

  it("of who was erased goes the same way", async () => {
    await eraseReader(cloud, await becomesReader(cloud));
    await nights("2029-12-31T03:00:00.000Z");
    expect(await kinds()).toContain("withdrawn");
    await nights("2030-01-01T03:00:00.000Z");
    expect(await kinds()).toEqual([]);
  });
});

describe("a night that is too short", () => {
  const many = 1000;
  beforeEach(async () => {
    const lapseAt = cloud.clock.now().toISOString();
    const row = (n: number): Key => ({ pk: "lapsed", sk: String(n).padStart(4, "0") });
    const changes = Array.from({ length: many }, (_, n): Change[] => [
      { put: { ...row(n), v: 1, expiresAt: lapseAt } },
      forgetRow(lapseAt, row(n)),
    ]);
    await cloud.table.each(changes.flat());
    cloud.clock.advance({ days: 1, minutes: 1 });
  });
  const left = async (): Promise<number> =>
    (await Array.fromAsync(notesOf(cloud, cloud.clock.now().toISOString().slice(0, 10)))).length;

  it("leaves the rest to the next one", async () => {
    await night(10);
    expect(await left()).toBe(600);
    await night(10);
    await night(10);
    expect(await left()).toBe(0);
    expect(isOnDisk("lapsed 0")).toBe(false);
  });

  it("goes on from days before when nights were missed", async () => {
    cloud.clock.advance({ days: 20 });
    await night();
    cloud.clock.advance({ days: -20 });
    expect(await left()).toBe(0);
  });

  it("that dies in the middle loses no note whose row is still there", async () => {
    let writes = 0;
    const table: Table = {
      ...cloud.table,
      each: async (changes) => {
        if (++writes === 4) throw new Error("killed");
        return cloud.table.each(changes);
      },
    };
    await expect(night(300, { ...cloud, table: table as TestCloud["table"] })).rejects.toThrow("killed");
    const notes = await left();
    await night();
    expect(notes).toBeGreaterThan(0);
    expect(await left()).toBe(0);
    expect(isOnDisk("lapsed 0")).toBe(false);
  });
});
