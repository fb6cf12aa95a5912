import { beforeEach, describe, expect, it, vi } from "vitest";
import { contentReason } from "../../core/delivery/feedback.ts";
import { operator } from "../../core/rights.ts";
import type { Key } from "../../functions/cloud/cloud.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { readControl, waitUntil } from "../../functions/records/issue-control.ts";
import { controlKey } from "../../functions/records/keys.ts";
import { readRounds, reopenRound, saveRound } from "../../functions/records/rounds.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { deliver } from "../functions/a-frozen-issue.ts";
import { afterMinutes, keyOf, letters, place, scheduleSpring, takeIn, wake } from "../functions/an-issue-to-send.ts";
import { account, aPlannedIssueFor, deadline, onTable, status } from "./an-issue-in-trouble.ts";

/** What one seed of ten thousand found, as sentences. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

describe("an issue that was cancelled while it waited for tomorrow", () => {
  it("has its books closed today", async () => {
    const { cloud } = await aPlannedIssueFor(() => ["almut@auenrode.example"]);
    await waitUntil(cloud, place, { for: "quota", until: "2026-11-25T09:00:00.000Z" });
    await cancelIssue(cloud, operator, place);
    const [round] = await readRounds(cloud, place);
    await afterMinutes(cloud, 5);
    await reopenRound(cloud, { ...place, round: round?.round ?? "" });
    await afterMinutes(cloud, 10);
    expect((await readRounds(cloud, place)).filter(({ phase }) => phase === "walking")).toEqual([]);
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });
});

describe("rounds that sleep until tomorrow", () => {
  it("are walked as soon as somebody resumes, though every message be lost", async () => {
    const { cloud } = await aPlannedIssueFor(() => ["almut@auenrode.example"]);
    for (const message of cloud.work.receive("rounds", { max: 99, visibilitySeconds: 60 })) cloud.work.done(message);
    for (const { round, turn } of await readRounds(cloud, place))
      await saveRound(cloud, { ...place, round }, turn, { wakeAt: "2026-11-25T09:00:00.000Z" });
    await pauseIssue(cloud, operator, place);
    const deaf = { ...cloud.queues, rounds: { add: async () => {} } };
    await resumeIssue({ ...cloud, queues: deaf }, operator, place);
    await afterMinutes(cloud, 10);
    expect(letters(cloud)).toEqual({ "almut@auenrode.example": 1 });
  });
});

describe("a letter the carrier took and then rejected for what it contains", () => {
  it("is not sent once more when somebody resumes", async () => {
    const cloud = testCloud();
    await scheduleSpring(cloud);
    await takeIn(cloud, ["almut@auenrode.example"]);
    await plan(cloud)(wake, deadline(cloud));
    const key = await keyOf(cloud, "almut@auenrode.example");
    const at = cloud.clock.now().toISOString();
    await deliver(cloud, key, { state: "rejected", reason: contentReason, rejectedAt: at });
    await afterMinutes(cloud, 5);
    expect(await status(cloud)).toMatchObject({ status: "paused", reason: "all-rejected" });
    await resumeIssue(cloud, operator, place);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({});
    expect(await account(cloud)).toMatchObject({ rejected: 1, accepted: 0 });
    expect(await status(cloud)).toMatchObject({ status: "sent" });
  });
});

describe("whoever reads an issue in the moment it begins", () => {
  /** The table's answer about the control row is from before it stood there. */
  const tooEarly = (cloud: TestCloud): TestCloud => {
    const control = controlKey(place.publication, place.issue);
    const isControl = ({ pk, sk }: Key): boolean => pk === control.pk && sk === control.sk;
    return onTable(cloud, {
      get: async (keys, options) =>
        (await cloud.table.get(keys, options)).map((row, index) => (isControl(keys[index] as Key) ? undefined : row)),
    });
  };
  const begun = async (): Promise<TestCloud> => {
    const { cloud } = await aPlannedIssueFor(() => ["almut@auenrode.example"]);
    return cloud;
  };

  it.each([
    ["pauses", pauseIssue],
    ["cancels", cancelIssue],
  ] as const)("%s nothing by half", async (_, act) => {
    const cloud = await begun();
    await expect(act(tooEarly(cloud), operator, place)).rejects.toMatchObject({ code: "moved-on" });
    expect(await status(cloud)).toMatchObject({ status: "sending" });
    expect(await readControl(cloud, place)).toMatchObject({ state: "sending" });
  });

  it("resumes nothing by half", async () => {
    const cloud = await begun();
    await pauseIssue(cloud, operator, place);
    await expect(resumeIssue(tooEarly(cloud), operator, place)).rejects.toMatchObject({ code: "moved-on" });
    expect(await status(cloud)).toMatchObject({ status: "paused" });
    expect(await readControl(cloud, place)).toMatchObject({ state: "paused" });
  });
});
