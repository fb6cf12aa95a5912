import { describe, expect, it } from "vitest";
import { Refusal } from "../../../core/refusal.ts";
import { readManner, usualManner } from "../../../local/cloud/carrier-manner.ts";

const refused = (setting: string): unknown => {
  try {
    return readManner(setting);
  } catch (trouble) {
    if (trouble instanceof Refusal) return { code: trouble.code, wrong: trouble.details.wrong };
    throw trouble;
  }
};

describe("the setting of the carrier's manner", () => {
  it("changes what it names and nothing else", () => {
    const manner = readManner("  perSecond=14 perDay=50000\tthrottled=0.02 eventSeconds=0 ");
    expect(manner).toEqual({ ...usualManner, perSecond: 14, perDay: 50_000, throttled: 0.02, eventSeconds: 0 });
  });

  it.each([undefined, "", "  "])("is endless and fair when it is %j", (setting) => {
    expect(readManner(setting)).toEqual(usualManner);
    expect(usualManner).toMatchObject({ perSecond: Number.POSITIVE_INFINITY, throttled: 0, doubtful: 0, bounced: 0 });
  });

  it.each([
    ["a name nobody knows", "perMinute=3 perDay=1", "perMinute=3"],
    ["a name every object has", "constructor=1", "constructor=1"],
    ["a share above one", "bounced=1.5", "bounced=1.5"],
    ["a negative number", "throttled=-1", "throttled=-1"],
    ["no number", "perDay=many bounced= complained", "perDay=many, bounced=, complained"],
    ["a rate of nothing", "perSecond=0", "perSecond=0"],
    ["one thing twice", "perDay=1 perDay=2", "perDay=2"],
  ])("is refused with %s, naming all that does not fit", (_, setting, wrong) => {
    expect(refused(setting)).toEqual({ code: "carrier-setting", wrong });
  });
});
