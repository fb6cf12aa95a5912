import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { Rejected } from "../../functions/cloud/cloud.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { aFolder, restored, scheduleWhole } from "../functions/a-lost-table.ts";
import { afterMinutes, letters, place, readersIn, someReaders, takeIn, wake } from "../functions/an-issue-to-send.ts";
import { account, anIssueFor, aPlannedIssueFor, carriedBy, deadline, status } from "./an-issue-in-trouble.ts";

/** What the table does not know any more, or not yet, must not bring anybody a second letter. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const once = (addresses: readonly string[]) => Object.fromEntries(addresses.map((address) => [address, 1]));

describe("nobody gets a second letter", () => {
  it("when an older table says that rejections were to be taken back, which they were", async () => {
    const folder = aFolder();
    const before = folder.open();
    const readers = someReaders(40);
    await scheduleWhole(before);
    await takeIn(before, readers);
    const refusing = carriedBy(before, () => {
      throw new Rejected("Message rejected: content");
    });
    await workUntilQuiet(refusing);
    expect(await status(before)).toMatchObject({ status: "paused", reason: "all-rejected" });
    const later = folder.saveTable();
    await resumeIssue(later, operator, place);
    await afterMinutes(later, 10);
    expect(letters(later)).toEqual(once(readers));
    await later.files.remove((await later.files.list("ledger/")).map(({ key }) => key));
    const cloud = folder.putTableBack();
    await restored(cloud);
    expect(await account(cloud)).toMatchObject({ waiting: 0, rejected: 0, cancelled: 0, unresolved: 40 });
    const silent = { ...cloud, mail: { ...cloud.mail, reports: false } };
    await sendRest(silent, operator, place, ["never-begun", "joined"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(once(readers));
  });

  it("when the ledger forgets the first readers while the last ones still wait for a very slow carrier", async () => {
    const { cloud, readers } = await anIssueFor((cloud) => readersIn(cloud, "a", 120));
    const day = 86_400_000;
    const handed: number[] = [];
    const slow = carriedBy(cloud, () => void handed.push(cloud.clock.now().getTime()));
    const quota = async () => {
      const since = cloud.clock.now().getTime() - day;
      return { perSecond: 1, perDay: 2, sentInLastDay: handed.filter((at) => at > since).length };
    };
    const aLetterADay: TestCloud = { ...slow, mail: { ...slow.mail, quota } };
    await plan(aLetterADay)(wake, deadline(cloud));
    for (let days = 0; days < 130; days++) {
      await workUntilQuiet(aLetterADay, { without: ["record-feedback"] });
      cloud.clock.advance({ hours: 26 });
    }
    expect(Object.values(letters(cloud)).filter((count) => count > 1)).toEqual([]);
    expect(await status(cloud)).toMatchObject({ status: "paused", reason: "not-after" });
    await expect(resumeIssue(cloud, operator, place)).rejects.toMatchObject({ code: "too-old" });
    expect(readers.length).toBeGreaterThan(handed.length);
  });
});

describe("an issue nobody looked at for long", () => {
  it("keeps its books when it is cancelled after the ledger forgot", async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 100));
    let [handed, paused]: [number, Promise<void> | undefined] = [0, undefined];
    const pause = async (): Promise<void> => {
      await pauseIssue(cloud, operator, place);
      cloud.clock.advance({ seconds: 2 });
    };
    // The other lanes wait with it: how many letters leave while somebody pauses is no matter of luck.
    const stopping = carriedBy(cloud, () => {
      if (++handed === 50) paused = pause();
      return paused;
    });
    await workUntilQuiet(stopping);
    await afterMinutes(cloud, 5);
    const held = Object.keys(letters(cloud)).length;
    expect(held).toBeGreaterThanOrEqual(50);
    expect(held).toBeLessThan(80);
    cloud.clock.advance({ days: 101 });
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 20);
    // Of the batch that was in hand nobody can tell any more; those behind it were never begun.
    expect(await account(cloud)).toMatchObject({ planned: 100, accepted: 40, unresolved: 40, cancelled: 20 });
    expect(await status(cloud)).toMatchObject({ status: "cancelled" });
  });
});
