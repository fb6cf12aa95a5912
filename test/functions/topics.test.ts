import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { audienceAhead } from "../../functions/desk/audience.ts";
import { draftIssue } from "../../functions/desk/issues.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { readSubscriber, rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { anIssue, aPublication } from "../people-and-papers.ts";
import { afterMinutes, keyOf, letters, place, scheduleSpring, takeIn, wake } from "./an-issue-to-send.ts";

const topics = [
  { id: "bauen", title: "Bauen und Planen" },
  { id: "kitas", title: "Kitas und Schulen" },
];
const readers = { all: "alle@auenrode.example", builder: "bau@auenrode.example", teacher: "kita@auenrode.example" };

let cloud: TestCloud;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
  await saveIssue(cloud, { ...(await requireIssue(cloud, place.publication, place.issue)), topic: "bauen" });
});

async function chooses(address: string, ...chosen: string[]): Promise<void> {
  const subscriber = await readSubscriber(cloud, place.publication, await keyOf(cloud, address));
  if (subscriber?.state !== "confirmed") return expect.unreachable();
  await cloud.table.write([{ put: rowOfSubscriber({ ...subscriber, topics: chosen }) }]);
}
const account = () => issueAccount(cloud, place.publication, place.issue);

describe("an issue of one topic", () => {
  it("goes to who chose it and to who chose none, and the account names the others", async () => {
    await takeIn(cloud, Object.values(readers));
    await chooses(readers.builder, "bauen", "kitas");
    await chooses(readers.teacher, "kitas");
    expect(await audienceAhead(cloud, place, cloud.clock.now())).toMatchObject({ readers: 2 });
    await afterMinutes(cloud, 20);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    await afterMinutes(cloud, 5);
    expect(letters(cloud)).toEqual({ [readers.all]: 1, [readers.builder]: 1 });
    expect(await account()).toMatchObject({ candidates: 3, planned: 2, accepted: 2, excluded: { topic: 1 } });
  });

  it("passes over who chose another one after the freeze, and says so", async () => {
    await takeIn(cloud, Object.values(readers));
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    await chooses(readers.teacher, "kitas");
    await afterMinutes(cloud, 5);
    expect(letters(cloud)).toEqual({ [readers.all]: 1, [readers.builder]: 1 });
    expect(await account()).toMatchObject({ planned: 3, accepted: 2, skipped: { topic: 1 } });
  });

  it("stays with its topic when it is sent to the rest", async () => {
    await takeIn(cloud, [readers.all]);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
    await afterMinutes(cloud, 20);
    await takeIn(cloud, [readers.builder, readers.teacher]);
    await chooses(readers.teacher, "kitas");
    await sendRest(cloud, operator, place, ["joined"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({ [readers.all]: 1, [readers.builder]: 1 });
  });
});

describe("a plan", () => {
  it("names no topic its publication does not have", async () => {
    const desk = testCloud();
    await savePublication(desk, aPublication({ topics }));
    await expect(draftIssue(desk, operator, anIssue({ topic: "wasser" }))).rejects.toMatchObject({
      code: "topic-unknown",
      details: { topic: "wasser", topics: "bauen, kitas" },
    });
    expect(await draftIssue(desk, operator, anIssue({ topic: "kitas" }))).toMatchObject({ topic: "kitas" });
  });
});
