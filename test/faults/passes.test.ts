import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { cancelIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, readersIn, takeIn, wake } from "../functions/an-issue-to-send.ts";
import { anIssueFor, aPlannedIssueFor, deadline, onTable } from "./an-issue-in-trouble.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const once = (addresses: readonly string[]) => Object.fromEntries(addresses.map((address) => [address, 1]));

/** A planner that dies when it writes this round. */
async function planUntil(cloud: TestCloud, round: string): Promise<void> {
  const dying = onTable(cloud, {
    each: async (changes) => {
      const keys = changes.map((one) => ("put" in one ? one.put : "patch" in one ? one.patch : undefined));
      if (keys.some((key) => key?.sk === round)) throw new Error("unplugged");
      return cloud.table.each(changes);
    },
  });
  await expect(plan(dying)(wake, deadline(cloud))).rejects.toThrow("unplugged");
}

describe("a later pass", () => {
  it("writes to nobody whom only an earlier one, cancelled in its planning, was to reach", async () => {
    const { cloud, readers } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 10));
    await afterMinutes(cloud, 10);
    const all = await readersIn(cloud, "a", 14);
    await takeIn(cloud, all.slice(10));
    await sendRest(cloud, operator, place, ["joined"]);
    await planUntil(cloud, "round#a");
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 20);
    await sendRest(cloud, operator, place, ["never-begun"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(once(readers));
  });

  it("reaches who joined after an earlier one was cancelled in its planning", async () => {
    const { cloud } = await aPlannedIssueFor((cloud) => readersIn(cloud, "a", 10));
    await afterMinutes(cloud, 10);
    const all = await readersIn(cloud, "a", 18);
    await takeIn(cloud, all.slice(10, 14));
    await sendRest(cloud, operator, place, ["joined"]);
    await planUntil(cloud, "round#a");
    await cancelIssue(cloud, operator, place);
    await takeIn(cloud, all.slice(14));
    await afterMinutes(cloud, 20);
    await sendRest(cloud, operator, place, ["joined"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(once(all));
  });

  it("is not taken back by the planner of the one before", async () => {
    const { cloud, readers } = await aPlannedIssueFor((cloud) => readersIn(cloud, "f", 10));
    await afterMinutes(cloud, 10);
    const all = await readersIn(cloud, "f", 14);
    await takeIn(cloud, all.slice(10));
    await sendRest(cloud, operator, place, ["joined"]);
    let looks = 0;
    const stalled = onTable(cloud, {
      get: async (keys, options) => {
        if (keys.some(({ sk }) => sk === "round#f") && ++looks === 5) {
          await cancelIssue(cloud, operator, place);
          await sendRest(cloud, operator, place, ["never-begun"]);
          await plan(cloud)(wake, deadline(cloud));
        }
        return cloud.table.get(keys, options);
      },
    });
    await plan(stalled)(wake, deadline(cloud)).catch(() => {});
    expect((await readRounds(cloud, place)).map(({ pass }) => pass)).toEqual(Array.from({ length: 16 }, () => 2));
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(once(readers));
  });

  it("asks for nobody else where the issue was cancelled before a round was frozen", async () => {
    const { cloud } = await anIssueFor((cloud) => readersIn(cloud, "f", 10));
    await planUntil(cloud, "round#c");
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 20);
    await sendRest(cloud, operator, place, ["unresolved"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({});
  });
});
