import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import { suppressAddress } from "../../../functions/desk/suppressions.ts";
import { plan } from "../../../functions/plan.ts";
import { issueAccount } from "../../../functions/records/account.ts";
import { readForecast } from "../../../functions/records/forecasts.ts";
import { leave } from "../../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { keyOf, place, scheduleSpring, someReaders, takeIn, wake } from "../an-issue-to-send.ts";
import { forecastSpring } from "./a-forecast.ts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await scheduleSpring(cloud);
});

describe("a forecast", () => {
  it("counts as the freeze will, by why somebody is left out", async () => {
    const [first = "", second = "", ...others] = someReaders(40);
    await takeIn(cloud, [first, second, ...others]);
    await suppressAddress(cloud, operator, first, "asked");
    await leave(cloud, place.publication, await keyOf(cloud, second));
    const forecast = await forecastSpring(cloud, cloud.clock.now());
    expect(forecast).toMatchObject({ candidates: 40, readers: 38, excluded: { suppressed: 1, unsubscribed: 1 } });
    expect(await readForecast(cloud, place)).toEqual(forecast);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    const account = await issueAccount(cloud, place.publication, place.issue);
    expect(account).toMatchObject({ candidates: 40, planned: 38, excluded: forecast?.excluded });
  });

  it("says what it costs, and that nothing is asked for on this machine", async () => {
    await takeIn(cloud, someReaders(40));
    const { cost, seconds } = (await forecastSpring(cloud, cloud.clock.now())) ?? {};
    expect(cost?.isRented).toBe(false);
    expect(cost?.ses).toBeCloseTo(40 * 0.0001, 3);
    expect(seconds).toBeGreaterThan(0);
  });

  it("is for the people of the desk", async () => {
    const author = { id: "joerdis", roles: ["author"] } as const;
    await expect(forecastSpring(cloud, cloud.clock.now(), author)).rejects.toMatchObject({ code: "not-allowed" });
  });
});
