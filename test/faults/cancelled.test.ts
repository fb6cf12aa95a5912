import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { archive } from "../../functions/archive.ts";
import { Rejected } from "../../functions/cloud/cloud.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { cancelIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, readersIn, someReaders, takeIn, wake } from "../functions/an-issue-to-send.ts";
import {
  account,
  anIssueFor,
  aPlannedIssueFor,
  carriedBy,
  deadline,
  onTable,
  status,
  turn,
} from "./an-issue-in-trouble.ts";

/** Somebody gives an issue up in the very moment something else is under way. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

describe("an issue that is cancelled", () => {
  it("counts the letters that left in its last second as accepted, though its books were settled before them", async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 60));
    let looks = 0;
    const busy = onTable(cloud, {
      get: async (keys, options) => {
        if (keys.some(({ pk }) => pk.startsWith("subscribers#")) && ++looks === 2) {
          await cancelIssue(cloud, operator, place);
          // The round was called, and the next run is quicker than this one.
          const [round] = (await readRounds(cloud, place)).filter((one) => one.round === "a");
          await turn(cloud, "a", round?.turn);
        }
        return cloud.table.get(keys, options);
      },
    });
    await turn(busy, "a");
    for (let minute = 0; minute < 20; minute++) {
      cloud.clock.advance({ minutes: 1 });
      await workUntilQuiet(cloud, { without: ["record-feedback"] });
    }
    const held = Object.keys(letters(cloud)).length;
    expect(held).toBeGreaterThan(40);
    expect(await account(cloud)).toMatchObject({ planned: 60, accepted: held, cancelled: 60 - held });
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });

  it("stays on the sweeper's list when it is sent to the rest while its books are being closed", async () => {
    const { cloud } = await aPlannedIssueFor(() => someReaders(30));
    await cancelIssue(cloud, operator, place);
    for (const { round, turn: number } of await readRounds(cloud, place)) await turn(cloud, round, number);
    const closing: TestCloud = {
      ...cloud,
      files: {
        ...cloud.files,
        write: async (key, ...given) => {
          if (key.startsWith("ledger/") && (await status(cloud)).status === "cancelled")
            await sendRest(cloud, operator, place, ["never-begun"]);
          return cloud.files.write(key, ...given);
        },
      },
    };
    await archive(closing)(wake, deadline(cloud)).catch(() => {});
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toHaveLength(1);
  });

  it("is not opened by the planner of before, when it is sent to the rest", async () => {
    const { cloud } = await anIssueFor(() => someReaders(30));
    const late = ["neu@auenrode.example"];
    const slow: TestCloud = {
      ...cloud,
      mail: {
        ...cloud.mail,
        quota: async () => {
          if ((await status(cloud)).status === "sending") {
            await cancelIssue(cloud, operator, place);
            await takeIn(cloud, late);
            await sendRest(cloud, operator, place, ["joined"]);
          }
          return cloud.mail.quota();
        },
      },
    };
    await plan(slow)(wake, deadline(cloud)).catch(() => {});
    await afterMinutes(cloud, 30);
    expect(letters(cloud)).toEqual({ "neu@auenrode.example": 1 });
    expect(await account(cloud)).toMatchObject({ planned: 31, accepted: 1, cancelled: 30, waiting: 0 });
  });

  it("comes to rest though its planner went on for a while and died", async () => {
    const { cloud } = await anIssueFor(() => someReaders(60));
    let rounds = 0;
    const unplugged = new Error("unplugged");
    const slow = onTable(cloud, {
      each: async (changes) => {
        const isRound = changes.some((one) => "put" in one && one.put.sk.startsWith("round#"));
        if (isRound && ++rounds === 4) {
          await cancelIssue(cloud, operator, place);
          await afterMinutes(cloud, 3);
        }
        if (isRound && rounds === 10) throw unplugged;
        return cloud.table.each(changes);
      },
    });
    await expect(plan(slow)(wake, deadline(cloud, 900))).rejects.toBe(unplugged);
    await afterMinutes(cloud, 20);
    const books = await account(cloud);
    expect(books).toMatchObject({ accepted: 0, waiting: 0 });
    expect(letters(cloud)).toEqual({});
  });

  it("stays so for a walk that saw nothing of it, though it is sent to others a moment later", async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 100));
    const latest = (await readersIn(cloud, "a", 101)).at(-1) ?? "";
    let handed = 0;
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const busy = carriedBy(cloud, async () => {
      if (++handed < 20) return;
      if (handed > 20) return over; // in flight
      await cancelIssue(cloud, operator, place);
      await takeIn(cloud, [latest]);
      await sendRest(cloud, operator, place, ["joined"]);
      await plan(cloud)(wake, deadline(cloud));
      cloud.clock.advance({ seconds: 2 });
      resolve();
    });
    await turn(busy, "a");
    expect(handed).toBeLessThan(30);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toMatchObject({ [latest]: 1 });
    expect(Object.keys(letters(cloud)).length).toBe(handed + 1);
  });

  it("leaves no rejections behind that would stop the next pass", async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 12));
    const all = await readersIn(cloud, "a", 14);
    let handed = 0;
    const refusing = carriedBy(cloud, async () => {
      if (++handed <= 3) return;
      await cloud.clock.sleep(10);
      throw new Rejected("no such mailbox");
    });
    await workUntilQuiet(refusing);
    expect(await account(cloud)).toMatchObject({ accepted: 3, rejected: 9 });
    expect(await status(cloud)).toMatchObject({ status: "sent" });
    await takeIn(cloud, all.slice(12));
    const silent = { ...cloud, mail: { ...cloud.mail, reports: false } };
    await sendRest(silent, operator, place, ["joined"]);
    await afterMinutes(refusing, 5);
    expect(await account(cloud)).toMatchObject({ planned: 14, accepted: 3, rejected: 11 });
    expect(await status(cloud)).toMatchObject({ status: "sent" });
  });
});
