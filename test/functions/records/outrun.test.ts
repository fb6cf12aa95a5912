import { describe, expect, it } from "vitest";
import { type Change, Conflict, type Table } from "../../../functions/cloud/cloud.ts";
import { readControl, waitUntil } from "../../../functions/records/issue-control.ts";
import { figuresNow, readRate, takePlaces } from "../../../functions/records/rate.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { freeze } from "../a-frozen-issue.ts";
import { place, scheduleSpring } from "../an-issue-to-send.ts";

/** Two at once, and one of them is slower. */

const slowerThan = (cloud: TestCloud, others: (changes: readonly Change[]) => Promise<void>): TestCloud => {
  const each: Table["each"] = async (changes) => {
    await others(changes);
    return cloud.table.each(changes);
  };
  return { ...cloud, table: { ...cloud.table, each } };
};

describe("whoever is slower", () => {
  const [soon, tomorrow] = ["2026-11-23T08:05:00.000Z", "2026-11-24T09:00:00.000Z"];

  it("does not cut a longer wait short that somebody wrote down meanwhile", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await freeze(cloud, [[]]);
    let isFirst = true;
    const slower = slowerThan(cloud, async () => {
      if (isFirst) await waitUntil(cloud, place, { for: "quota", until: tomorrow });
      isFirst = false;
    });
    await waitUntil(slower, place, { for: "carrier", until: soon });
    expect((await readControl(cloud, place))?.waits).toEqual({ for: "quota", until: tomorrow });
    await waitUntil(slower, place, { for: "quota", until: "2026-11-24T10:00:00.000Z" });
    expect((await readControl(cloud, place))?.waits?.until).toBe("2026-11-24T10:00:00.000Z");
  });

  it("waits for nothing once the issue is paused", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await freeze(cloud, [[]], { state: "paused" });
    await waitUntil(cloud, place, { for: "carrier", until: soon });
    expect((await readControl(cloud, place))?.waits).toBeNull();
  });

  it("comes back later where others always took the next places, and takes none", async () => {
    const cloud = testCloud({ manner: { perSecond: 20 } });
    await figuresNow(cloud, "editions");
    let lost = 0;
    const outrun: TestCloud = {
      ...cloud,
      table: {
        ...cloud.table,
        each: async () => {
          lost++;
          return [
            new Conflict([{ index: 0, found: { pk: "rate", sk: "editions", ...(await readRate(cloud, "editions")) } }]),
          ];
        },
      },
    };
    const now = cloud.clock.now().getTime();
    expect(await takePlaces(outrun, "editions", 5)).toEqual({
      is: "too-soon",
      at: now + 2000,
      perSecond: expect.any(Number),
    });
    expect(lost).toBe(40);
    expect((await readRate(cloud, "editions"))?.taken).toBe(0);
    expect((await takePlaces(cloud, "editions", 5)).is).toBe("taken");
  });
});
