import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import type { FunctionMaker } from "../../functions/cloud/cloud.ts";
import { resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { isFenced } from "../../functions/records/fence.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { enterJournal } from "../../functions/records/journal.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import { aFolder, restored, scheduleWhole } from "./a-lost-table.ts";
import { afterMinutes, letters, place, someReaders, takeIn } from "./an-issue-to-send.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const issueIn = (cloud: TestCloud) => requireIssue(cloud, place.publication, place.issue);
const one = (addresses: readonly string[]) => Object.fromEntries(addresses.map((address) => [address, 1]));

/** Sends until the carrier has taken so many letters; then it is as if somebody had pulled the plug. */
async function sendSome(cloud: TestCloud, count: number): Promise<void> {
  let sent = 0;
  const unplugged = new Promise<never>(() => {});
  const send: TestCloud["mail"]["send"] = (letter) => (sent++ < count ? cloud.mail.send(letter) : unplugged);
  void workUntilQuiet({ ...cloud, mail: { ...cloud.mail, send } }).catch(() => {});
  await vi.waitFor(() => expect(sent).toBeGreaterThan(count), { timeout: 5000 });
}

describe("a copied folder", () => {
  it("mails nobody in the middle of an issue and says why, however long it runs, while the first goes on", async () => {
    const folder = aFolder();
    const cloud = folder.open();
    await scheduleWhole(cloud);
    await takeIn(cloud, someReaders(60));
    await sendSome(cloud, 20);
    const copy = folder.copyWhole();
    const before = letters(copy);
    expect(Object.keys(before).length).toBeGreaterThan(10);
    await afterMinutes(copy, 30, 5);
    expect(letters(copy)).toEqual(before);
    expect(await issueIn(copy)).toMatchObject({ status: "paused", reason: "restored" });
    await resumeIssue(copy, operator, place);
    await afterMinutes(copy, 5);
    expect(letters(copy)).toEqual(before);
    expect(await issueIn(copy)).toMatchObject({ status: "paused", reason: "restored" });

    const first = folder.open();
    await afterMinutes(first, 40, 5);
    expect(await isFenced(first)).toBe(false);
    expect(Object.values(letters(first))).toEqual(Array(Object.keys(letters(first)).length).fill(1));
    expect(await issueIn(first)).toMatchObject({ status: "sent" });
  });

  it("leaves what is scheduled scheduled, publishes nothing, and looks no oftener than the sweeper", async () => {
    const folder = aFolder();
    const cloud = folder.open();
    await scheduleWhole(cloud);
    await takeIn(cloud, someReaders(5));
    const copy = folder.copyWhole();
    let looks = 0;
    const counted: FunctionMaker = (own) => (event, context) => {
      looks++;
      return plan(own)(event, context);
    };
    const functions = { plan: async () => counted };
    for (let minute = 0; minute < 20; minute++) {
      copy.clock.advance({ minutes: 1 });
      await workUntilQuiet(copy, { functions });
    }
    expect(await issueIn(copy)).toMatchObject({ status: "scheduled" });
    expect(await copy.files.list("public/")).toEqual([]);
    expect(await copy.files.list("journal/")).toEqual([]);
    expect(looks).toBeGreaterThan(10);
    expect(looks).toBeLessThanOrEqual(20);
    await afterMinutes(folder.open(), 5);
    expect(letters(folder.open())).toEqual(one(someReaders(5)));
  });
});

describe("the fence", () => {
  it("stands from the first publication on, and asks no more while the table is ours", async () => {
    const cloud = testCloud();
    await savePublication(cloud, aPublication());
    const id = vi.fn(cloud.table.id);
    const asking = { ...cloud, table: { ...cloud.table, id } };
    expect([await isFenced(asking), await isFenced(asking)]).toEqual([false, false]);
    expect(id).toHaveBeenCalledTimes(1);
  });

  it("frees whoever is running once the table was restored", async () => {
    const folder = aFolder();
    await savePublication(folder.open(), aPublication());
    const copy = folder.copyWhole();
    expect([await isFenced(copy), await isFenced(copy)]).toEqual([true, true]);
    await restored(copy);
    expect(await isFenced(copy)).toBe(false);
  });

  it("stands before an empty table that was put in the place of a lost one", async () => {
    const folder = aFolder();
    const cloud = folder.open();
    await savePublication(cloud, aPublication());
    const at = cloud.clock.now().toISOString();
    await enterJournal(cloud, { kind: "unsuppressed", at, addressKey: "A".repeat(22) });
    folder.saveTable();
    rmSync(join(cloud.folder, "table.db"));
    const empty = folder.open();
    await savePublication(empty, aPublication());
    expect(await isFenced(empty)).toBe(true);
    await restored(empty);
    expect(await isFenced(empty)).toBe(false);
  });
});
