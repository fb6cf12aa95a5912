import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { type Forecast, saveForecast } from "../records/forecasts.ts";
import type { Place } from "../records/issue-control.ts";
import { requireIssue } from "../records/issues.ts";
import { secondsFor } from "../records/latest-end.ts";
import { audienceAhead } from "./audience.ts";
import { costOfReaders, isRented } from "./cost.ts";

/**
 * Counts to whom an issue would go at a time, by reading everybody once, and keeps what it found: a page that shows it
 * reads one row.
 *
 * @throws Refusal `no-issue`, `not-allowed`
 */
export async function forecastIssue(cloud: Cloud, person: Person, place: Place, sendAt: Date): Promise<Forecast> {
  demand(person, "read-issues", { publication: place.publication, kind: "issue", id: place.issue });
  const issue = await requireIssue(cloud, place.publication, place.issue);
  const { last, ...ahead } = await audienceAhead(cloud, place, sendAt);
  const [{ total, ses }, seconds] = await Promise.all([
    costOfReaders(cloud, issue, ahead.readers),
    secondsFor(cloud, place, ahead.readers),
  ]);
  const forecast: Forecast = {
    ...{ v: 1, at: cloud.clock.now().toISOString(), sendAt: sendAt.toISOString(), ...ahead, last: last ?? null },
    ...{ cost: { total, ses, isRented: isRented(cloud) }, seconds: Number.isFinite(seconds) ? seconds : null },
  };
  await saveForecast(cloud, place, forecast);
  return forecast;
}
