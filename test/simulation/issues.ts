import type { Scheduled } from "../../core/issue/issue.ts";
import { operator } from "../../core/rights.ts";
import { scheduleIssue } from "../../functions/desk/issues.ts";
import type { Place } from "../../functions/records/issue-control.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { issueName } from "../../functions/records/keys.ts";
import { scheduleSpring } from "../functions/an-issue-to-send.ts";
import { markOf } from "./carrier.ts";
import { calmCloud } from "./cloud-of.ts";
import type { Lots } from "./lots.ts";
import { takeIn } from "./readers.ts";
import type { World } from "./world.ts";

const first: Place = { publication: "elblandbote", issue: "2026-01" };
const second: Place = { publication: "elblandbote", issue: "2026-02" };
const ofAnother: Place = { publication: "uferpost", issue: "2026-01" };

/** Mostly one; or two of one publication, or of two, or all three at once. */
export const someIssues = (lots: Lots): Place[] =>
  lots.pick([[first], [first], [first], [first, second], [first, ofAnother], [first, second, ofAnother]]);

/** The issue's time comes a minute after the world begins. */
export const leadMilliseconds = 60_000;

/** An editor has scheduled each issue for the next minute and the readers are there, before anything goes wrong. */
export async function prepareIssues(world: World): Promise<void> {
  const cloud = calmCloud(world);
  const sendAt = new Date(world.time.now() + leadMilliseconds);
  for (const { publication, issue } of world.issues) {
    const mark = markOf(issueName(publication, issue));
    const isKnown = !world.isSenderNew;
    await scheduleSpring(cloud, { publication, number: Number(issue.slice(-2)), mark, isKnown });
    const { sendAt: _, scheduledBy: __, ...rest } = (await requireIssue(cloud, publication, issue)) as Scheduled;
    await saveIssue(cloud, { ...rest, status: "approved" });
    await scheduleIssue(cloud, operator, publication, issue, sendAt);
  }
  for (const [publication, readers] of world.readers) {
    await takeIn(cloud.table, publication, readers);
    // Whoever is suppressed is so for every publication.
    const suppressed = readers.filter(({ start }) => start === "suppressed");
    for (const { addressKey } of suppressed) world.observed.suppressedAt.set(addressKey, world.time.now());
  }
}
