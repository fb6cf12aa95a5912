import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../../core/delivery/journal.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { enterBegun, enterJournal, journalPages } from "../../functions/records/journal.ts";
import { leave, readSubscriber } from "../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { keyOf, place, scheduleSpring, someReaders, takeIn } from "./an-issue-to-send.ts";

const entries = async (cloud: Cloud): Promise<JournalEntry[]> => (await Array.fromAsync(journalPages(cloud))).flat();
const someKey = "A".repeat(22);

async function withReader(): Promise<{ cloud: TestCloud; addressKey: string }> {
  const cloud = testCloud();
  await scheduleSpring(cloud);
  await takeIn(cloud, someReaders(1));
  return { cloud, addressKey: await keyOf(cloud, someReaders(1)[0] ?? "") };
}

describe("the journal", () => {
  it("holds that a reader left, by key and never by address", async () => {
    const { cloud, addressKey } = await withReader();
    await leave(cloud, place.publication, addressKey);
    const at = "2026-11-23T08:00:00.000Z";
    expect(await entries(cloud)).toEqual([{ v: 1, at, kind: "left", publication: "elblandbote", addressKey }]);
    const [file] = await cloud.files.list("journal/");
    expect(file?.key).toMatch(/^journal\/2026\/11\/23\/2026-11-23T08:00:00\.000Z-[\w-]{22}\.json$/);
    const body = await cloud.files.read(file?.key ?? "");
    expect(Buffer.from(body?.body ?? "").toString()).not.toMatch(/@|Jördis/);
  });

  it("is written before the table: a reader whose row failed is asked to try again, and is entered all the same", async () => {
    const { cloud, addressKey } = await withReader();
    const write = () => Promise.reject(new Error("the table is away"));
    const failing: Cloud = { ...cloud, table: { ...cloud.table, write } };
    await expect(leave(failing, place.publication, addressKey)).rejects.toThrow("the table is away");
    expect(await entries(cloud)).toMatchObject([{ kind: "left", addressKey }]);
    await leave(cloud, place.publication, addressKey);
    expect(await readSubscriber(cloud, place.publication, addressKey)).toMatchObject({ state: "unsubscribed" });
  });

  it("that cannot be written lets nobody be told they had left", async () => {
    const { cloud, addressKey } = await withReader();
    const write = () => Promise.reject(new Error("the files are away"));
    const failing: Cloud = { ...cloud, files: { ...cloud.files, write } };
    await expect(leave(failing, place.publication, addressKey)).rejects.toThrow("the files are away");
    expect(await readSubscriber(cloud, place.publication, addressKey)).toMatchObject({ state: "confirmed" });
  });

  it("takes no address for a key", async () => {
    const cloud = testCloud();
    const at = cloud.clock.now().toISOString();
    const entry = { kind: "suppressed", at, addressKey: "leserin1@auenrode.example", reason: "hard-bounce" } as const;
    await expect(enterJournal(cloud, entry)).rejects.toThrow();
    expect(await entries(cloud)).toEqual([]);
  });

  it("is read in the order it was written, however long it is", async () => {
    const cloud = testCloud();
    const days: string[] = [];
    for (let entry = 0; entry < 405; entry++) {
      const at = cloud.clock.now().toISOString();
      days.push(at);
      await enterJournal(cloud, { kind: "unsuppressed", at, addressKey: someKey });
      cloud.clock.advance({ hours: 7 });
    }
    const pages = await Array.fromAsync(journalPages(cloud));
    expect(pages.map((page) => page.length)).toEqual([400, 5]);
    expect(pages.flat().map(({ at }) => at)).toEqual(days);
  });

  it("holds every beginning of an issue", async () => {
    const cloud = testCloud();
    const issue = { ...place, fingerprint: "f".repeat(64), language: "de" } as const;
    await enterBegun(cloud, issue);
    cloud.clock.advance({ minutes: 1 });
    await enterBegun(cloud, issue, { pass: 1, rest: ["never-begun"] });
    expect(await entries(cloud)).toMatchObject([
      { kind: "begun", ...issue, pass: 0, rest: [] },
      { kind: "begun", ...issue, pass: 1, rest: ["never-begun"] },
    ]);
  });
});
