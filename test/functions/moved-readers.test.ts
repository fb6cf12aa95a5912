import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { moveReader } from "../../functions/records/readers.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { asksToMove } from "./a-reader.ts";
import { afterMinutes, keyOf, letters, place, scheduleSpring, takeIn, wake } from "./an-issue-to-send.ts";

const [old, newer, newest] = ["almut@alt.example", "almut@neu.example", "almut@ganzneu.example"] as const;

let cloud: TestCloud;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
  await takeIn(cloud, [old, "thomas@auenrode.example"]);
});
const moves = async (from: string, to: string): Promise<void> => {
  await moveReader(cloud, (await asksToMove(cloud, await keyOf(cloud, from), to)) ?? "");
};
const freeze = () => plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
const account = () => issueAccount(cloud, place.publication, place.issue);

describe("a reader who moves", () => {
  it("before the freeze gets the issue at the new address", async () => {
    await moves(old, newer);
    await freeze();
    await afterMinutes(cloud, 5);
    expect(letters(cloud)).toEqual({ [newer]: 1, "thomas@auenrode.example": 1 });
    expect(await account()).toMatchObject({ excluded: { moved: 1 }, accepted: 2 });
  });

  it("between the freeze and their turn is passed over as moved, and is reached when it is sent to the rest", async () => {
    await freeze();
    await moves(old, newer);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({ "thomas@auenrode.example": 1 });
    expect(await account()).toMatchObject({ planned: 2, accepted: 1, skipped: { moved: 1 } });
    await sendRest(cloud, operator, place, ["moved"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({ [newer]: 1, "thomas@auenrode.example": 1 });
  });

  it("after the issue reached them gets it no second time, however often they move", async () => {
    await freeze();
    await afterMinutes(cloud, 20);
    await moves(old, newer);
    cloud.clock.advance({ minutes: 1 });
    await moves(newer, newest);
    await sendRest(cloud, operator, place, ["moved", "joined"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({ [old]: 1, "thomas@auenrode.example": 1 });
  });
});
