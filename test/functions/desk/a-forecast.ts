import { operator, type Person } from "../../../core/rights.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { forecastErrand } from "../../../functions/desk/forecast.ts";
import { walkWhole } from "../../../functions/desk/walks.ts";
import { type Forecast, readForecast } from "../../../functions/records/forecasts.ts";
import { place } from "../an-issue-to-send.ts";

/** Counts to whom the spring issue would go at a time: in one go, as nobody at the desk can wait for it. */
export async function forecastSpring(
  cloud: Cloud,
  sendAt: Date,
  person: Person = operator,
): Promise<Forecast | undefined> {
  await walkWhole(cloud, await forecastErrand(cloud, person, place, sendAt));
  return readForecast(cloud, place);
}
