import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { Closed, Doubtful, Throttled } from "../../functions/cloud/cloud.ts";
import { resumeIssue } from "../../functions/desk/sending.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, keyOf, letters, place, readersIn, someReaders } from "../functions/an-issue-to-send.ts";
import {
  account,
  aPlannedIssueFor,
  carriedBy,
  expectEverybodyOnce,
  expectNobodyTwice,
  status,
  takenBy,
} from "./an-issue-in-trouble.ts";

/** The fault matrix, where the carrier fails or tells late. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

/** Time goes on; whenever the issue waits for a person, one says: go on. */
async function withSomebodyWatching(cloud: TestCloud, minutes: number, step = 1): Promise<void> {
  for (let minute = 0; minute < minutes; minute += step) {
    await afterMinutes(cloud, step, step);
    if ((await status(cloud)).status === "paused") await resumeIssue(cloud, operator, place);
  }
}
const within = (cloud: TestCloud, minutes: number): (() => boolean) => {
  const until = cloud.clock.now().getTime() + minutes * 60_000;
  return () => cloud.clock.now().getTime() < until;
};

describe("the carrier", () => {
  it("that is closed for ten minutes rejects nobody, and everybody has their letter afterwards", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(60));
    const isClosed = within(cloud, 10);
    const closing = carriedBy(cloud, () => {
      if (isClosed()) throw new Closed("ConfigurationSetSendingPausedException");
    });
    await withSomebodyWatching(closing, 10);
    expect(await account(cloud)).toMatchObject({ rejected: 0, uncertain: 0, unresolved: 0 });
    await withSomebodyWatching(closing, 5);
    await expectEverybodyOnce(cloud, readers);
  });

  it("that cannot be reached for thirty minutes loses nobody", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(60));
    const isAway = within(cloud, 30);
    const away = carriedBy(cloud, () => {
      if (isAway()) throw new Closed("ECONNREFUSED");
    });
    await withSomebodyWatching(away, 40);
    await expectEverybodyOnce(cloud, readers);
  });

  it("that throttles every second letter for ten minutes slows the issue down, no more", {
    timeout: 60_000,
  }, async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(80));
    const isBusy = within(cloud, 10);
    let count = 0;
    const busy = carriedBy(cloud, () => {
      if (isBusy() && ++count % 2 === 0) throw new Throttled("Throttling");
    });
    await afterMinutes(busy, 30);
    await expectEverybodyOnce(cloud, readers);
  });

  it("whose day is full at sixty percent makes the issue wait for the next, and says until when", {
    timeout: 60_000,
  }, async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(100));
    const day = 86_400_000;
    const takenAt: number[] = [];
    const inLastDay = (): number => takenAt.filter((at) => at > cloud.clock.now().getTime() - day).length;
    const small = carriedBy(cloud, () => {
      if (inLastDay() >= 60) throw new Throttled("Daily message quota exceeded.");
      takenAt.push(cloud.clock.now().getTime());
    });
    const quota = async () => ({ perSecond: 14, perDay: 60, sentInLastDay: inLastDay() });
    const limited = { ...small, mail: { ...small.mail, quota } };
    await afterMinutes(limited, 30);
    expect(Object.keys(letters(cloud)).length).toBeLessThanOrEqual(60);
    const { readControl } = await import("../../functions/records/issue-control.ts");
    expect(await readControl(cloud, place)).toMatchObject({ state: "sending", waits: { for: "quota" } });
    await afterMinutes(limited, 26 * 60, 10);
    await expectEverybodyOnce(cloud, readers);
  });

  it("that answers 5xx for one recipient of every batch leaves that one open, and nobody else", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "b", 85));
    const poison = new Set([readers[3], readers[44], readers[81]]);
    const breaking = carriedBy(cloud, ({ to }) => {
      if (poison.has(to)) throw new Doubtful("InternalFailure");
    });
    await afterMinutes(breaking, 30);
    expect(await expectNobodyTwice(cloud, readers)).toBe(3);
    expect(Object.keys(letters(cloud))).toHaveLength(82);
  });
});

describe("events", () => {
  /** Everything was accepted, and the sender heard nothing of it. */
  const inDoubt = async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(12));
    const unheard: TestCloud = { ...cloud, carrier: { ...cloud.carrier, nextAt: () => undefined } };
    const silent = takenBy(unheard, () => Promise.reject(new Doubtful("ECONNRESET")));
    await afterMinutes(silent, 2);
    return { cloud, silent, readers };
  };

  it("that come an hour late turn what was open into what it was", { timeout: 60_000 }, async () => {
    const { cloud, silent, readers } = await inDoubt();
    await afterMinutes(silent, 60, 5);
    expect(await account(cloud)).toMatchObject({ accepted: 0, unresolved: 12 });
    expect(await status(cloud)).toMatchObject({ status: "sent", open: 12 });
    await afterMinutes(cloud, 20);
    await expectEverybodyOnce(cloud, readers);
  });

  it("are waited for: ten minutes after a doubtful letter nothing is given up", async () => {
    const { cloud, silent, readers } = await inDoubt();
    await afterMinutes(silent, 8);
    expect(await account(cloud)).toMatchObject({ uncertain: 12, unresolved: 0 });
    await afterMinutes(cloud, 20);
    await expectEverybodyOnce(cloud, readers);
  });

  it("that never come leave letters open, and nothing is sent again", async () => {
    const { cloud, silent, readers } = await inDoubt();
    await afterMinutes(silent, 60, 5);
    expect(await expectNobodyTwice(cloud, readers)).toBe(12);
  });

  it("that come by the topic alone, the files being dead, are believed, and nobody is sent a second letter", async () => {
    const { cloud, silent, readers } = await inDoubt();
    const [letter] = cloud.outbox.list({ limit: 1 }).letters;
    const at = cloud.clock.now().toISOString();
    const tags = {
      ...Object.fromEntries(Object.entries(letter?.tags ?? {}).map(([name, tag]) => [name, [tag]])),
      issue: ["elblandbote-2026-01"],
    };
    const bounce = { bounceType: "Permanent", bounceSubType: "NoEmail", timestamp: at, bouncedRecipients: [] };
    const event = { eventType: "Bounce", mail: { timestamp: at, messageId: letter?.messageId ?? "", tags }, bounce };
    await cloud.queues.feedback.add([JSON.parse(JSON.stringify(event))]);
    await afterMinutes(silent, 60, 5);
    expect(await account(cloud)).toMatchObject({ accepted: 1, reported: { bounced: 1 }, unresolved: 11 });
    expect(await expectNobodyTwice(cloud, readers)).toBe(11);
  });

  it("that come twice over both ways move a row once", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => ["almut@auenrode.example"]);
    await afterMinutes(cloud, 5);
    await expectEverybodyOnce(cloud, readers);
    const addressKey = await keyOf(cloud, "almut@auenrode.example");
    const [letter] = cloud.outbox.list({ limit: 1 }).letters;
    const at = cloud.clock.now().toISOString();
    const tags = { delivery: [addressKey], attempt: [letter?.tags.attempt], issue: ["elblandbote-2026-01"] };
    const bounce = { bounceType: "Permanent", bounceSubType: "NoEmail", timestamp: at, bouncedRecipients: [] };
    const event = { eventType: "Bounce", mail: { timestamp: at, messageId: letter?.messageId ?? "", tags }, bounce };
    const told = JSON.parse(JSON.stringify(event)) as { [name: string]: string };
    await cloud.queues.feedback.add([told, told]);
    await cloud.files.write("feedback/2026/11/23/08/twice.ndjson", `${JSON.stringify(event)}\n`.repeat(2), {
      type: "",
    });
    await afterMinutes(cloud, 12);
    const { readFeedbackCounts } = await import("../../functions/records/feedback.ts");
    expect(await readFeedbackCounts(cloud, place)).toMatchObject({ hardBounced: 1 });
    expect(await account(cloud)).toMatchObject({ accepted: 1, reported: { bounced: 1 } });
  });
});
