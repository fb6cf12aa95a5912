import { type Frozen, nobody, plusFrozen } from "../../core/delivery/account.ts";
import type { Person } from "../../core/rights.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { demand } from "../records/acts.ts";
import { saveForecast } from "../records/forecasts.ts";
import type { Place } from "../records/issue-control.ts";
import { listIssues, requireIssue } from "../records/issues.ts";
import { secondsFor } from "../records/latest-end.ts";
import { aheadOf, audienceAfter } from "./audience.ts";
import { costOfReaders, isRented } from "./cost.ts";
import { type Errand, type WorkOf, work } from "./walks.ts";

/** To whom an issue would go at a time: everybody is looked at once, and what was found kept for pages to show. */

/** @throws Refusal `no-issue`, `not-allowed` */
export async function forecastErrand(cloud: Cloud, person: Person, place: Place, sendAt: Date): Promise<Errand> {
  demand(person, "read-issues", { publication: place.publication, kind: "issue", id: place.issue });
  await requireIssue(cloud, place.publication, place.issue);
  return { wish: { kind: "forecast", ...place, given: sendAt.toISOString() }, workOf: forecastWork };
}

export const forecastWork: WorkOf = async (cloud, { publication, issue: id, given }) => {
  const [place, sendAt] = [{ publication, issue: id }, new Date(given)];
  const { topic } = await requireIssue(cloud, publication, id);
  return work<Frozen>({
    begin: nobody,
    async step(soFar, from) {
      const { frozen, next } = await audienceAfter(cloud, { ...place, topic }, from, sendAt);
      return { soFar: plusFrozen(soFar, frozen), seen: frozen.candidates, next };
    },
    async end(frozen) {
      await keep(cloud, place, sendAt, frozen);
      return null;
    },
  });
};

async function keep(cloud: Cloud, place: Place, sendAt: Date, frozen: Frozen): Promise<void> {
  const [issue, issues] = await Promise.all([
    requireIssue(cloud, place.publication, place.issue),
    listIssues(cloud, place.publication),
  ]);
  const { last, ...ahead } = await aheadOf(cloud, place, frozen, issues);
  const [{ total, ses }, seconds] = await Promise.all([
    costOfReaders(cloud, issue, ahead.readers),
    secondsFor(cloud, place, ahead.readers),
  ]);
  await saveForecast(cloud, place, {
    ...{ v: 1, at: cloud.clock.now().toISOString(), sendAt: sendAt.toISOString(), ...ahead, last: last ?? null },
    ...{ cost: { total, ses, isRented: isRented(cloud) }, seconds: Number.isFinite(seconds) ? seconds : null },
  });
}
