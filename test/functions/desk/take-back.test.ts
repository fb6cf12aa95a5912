import { beforeEach, describe, expect, it } from "vitest";
import { operator, type Person } from "../../../core/rights.ts";
import { scheduleIssue } from "../../../functions/desk/issues.ts";
import { takeBackIssue } from "../../../functions/desk/sending.ts";
import { plan } from "../../../functions/plan.ts";
import { readControl } from "../../../functions/records/issue-control.ts";
import { requireIssue } from "../../../functions/records/issues.ts";
import { sweep } from "../../../functions/sweep.ts";
import { workUntilQuiet } from "../../../local/wiring.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { afterMinutes, letters, place, scheduleSpring, someReaders, takeIn, wake } from "../an-issue-to-send.ts";

let cloud: TestCloud;
const readers = someReaders(30);
const spring = () => requireIssue(cloud, place.publication, place.issue);
const deadline = (): { deadline: Date } => ({ deadline: new Date(cloud.clock.now().getTime() + 120_000) });
const inMinutes = (minutes: number) => new Date(cloud.clock.now().getTime() + minutes * 60_000);

beforeEach(async () => {
  cloud = testCloud();
  await scheduleSpring(cloud);
  await takeIn(cloud, readers);
});

describe("taking an issue back", () => {
  it("leaves it approved, with no time and no letter", async () => {
    await takeBackIssue(cloud, operator, place);
    expect(await spring()).toMatchObject({ status: "approved", approval: { by: "almut" } });
    expect(await spring()).not.toHaveProperty("sendAt");
    await plan(cloud)(wake, deadline()); // its timer rang all the same
    await sweep(cloud)({}, deadline());
    await afterMinutes(cloud, 10);
    expect(letters(cloud)).toEqual({});
  });

  it("may be followed by another time, and everybody gets one letter then", async () => {
    await takeBackIssue(cloud, operator, place);
    await scheduleIssue(cloud, operator, place.publication, place.issue, inMinutes(30));
    await afterMinutes(cloud, 25);
    expect(letters(cloud)).toEqual({});
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
  });

  it("comes too late once it has begun, and says so", async () => {
    await plan(cloud)(wake, deadline());
    await expect(takeBackIssue(cloud, operator, place)).rejects.toMatchObject({ code: "begun" });
    await workUntilQuiet(cloud);
    expect(Object.keys(letters(cloud))).toHaveLength(readers.length);
  });

  it.each([0, 1, 2, 3, 4, 5])("and its timer at once: one of both wins, whole (%i)", async (lot) => {
    const begins = () => plan(cloud)(wake, deadline());
    const takes = () => takeBackIssue(cloud, operator, place);
    const ends = await Promise.allSettled(lot % 2 ? [begins(), takes()] : [takes(), begins()]);
    const back = ends[lot % 2 ? 1 : 0];
    await afterMinutes(cloud, 10);
    const { status } = await spring();
    const isTaken = back?.status === "fulfilled";
    expect(Object.keys(letters(cloud))).toHaveLength(isTaken ? 0 : readers.length);
    expect(status).toBe(isTaken ? "approved" : "sent");
    expect(Boolean(await readControl(cloud, place))).toBe(!isTaken);
    if (!isTaken) expect(back).toMatchObject({ reason: { code: "begun" } });
  });

  it("hears that the timer was faster, though it began between the reading and the writing", async () => {
    const slow: TestCloud = {
      ...cloud,
      table: {
        ...cloud.table,
        write: async (changes) => {
          await plan(cloud)(wake, deadline());
          return cloud.table.write(changes);
        },
      },
    };
    await expect(takeBackIssue(slow, operator, place)).rejects.toMatchObject({ code: "begun" });
  });

  it("is for who may send", async () => {
    const guelsen: Person = { id: "guelsen", roles: ["editor"] };
    await expect(takeBackIssue(cloud, guelsen, place)).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("finds nothing to take back before a time was set", async () => {
    await takeBackIssue(cloud, operator, place);
    await expect(takeBackIssue(cloud, operator, place)).rejects.toMatchObject({ code: "not-scheduled" });
  });
});

it("schedules only what the person looked at", async () => {
  await takeBackIssue(cloud, operator, place);
  const { version: seen } = await spring();
  const set = () => scheduleIssue(cloud, operator, place.publication, place.issue, inMinutes(30), { seen });
  await set();
  await takeBackIssue(cloud, operator, place);
  await expect(set()).rejects.toMatchObject({ code: "moved-on" });
});
