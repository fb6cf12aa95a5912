import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { deliver } from "../../functions/deliver.ts";
import { scheduleIssue } from "../../functions/desk/issues.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { plan } from "../../functions/plan.ts";
import { requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { readRounds, saveRound } from "../../functions/records/rounds.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, readersIn, someReaders, wake } from "../functions/an-issue-to-send.ts";
import { readReaderList } from "../reader-list.ts";
import { anIssueFor, aPlannedIssueFor, deadline, expectEverybodyOnce, onTable, turnOf } from "./an-issue-in-trouble.ts";

/** The fault matrix, until letters leave. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const dies = () => Promise.reject(new Error("the planner is dead"));

describe("the audience is frozen, every reader once", () => {
  it("though the planner is killed between two pages of readers", { timeout: 60_000 }, async () => {
    const { cloud, readers } = await anIssueFor((one) => readersIn(one, "3", 420));
    let pages = 0;
    const query: TestCloud["table"]["query"] = (asked) => {
      const isReaders = asked.pk === "subscribers#elblandbote#3";
      return isReaders && ++pages === 2 ? dies() : cloud.table.query(asked);
    };
    await plan(onTable(cloud, { query }))(wake, deadline(cloud)).catch(() => {});
    expect(pages).toBe(2);
    expect(letters(cloud)).toEqual({});
    await plan(cloud)(wake, deadline(cloud));
    await afterMinutes(cloud, 5);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though the planner is killed between two batches of a round", async () => {
    const { cloud, readers } = await anIssueFor((one) => readersIn(one, "3", 90));
    let written = 0;
    const each: TestCloud["table"]["each"] = (changes) => {
      const isBatch = changes.some((change) => "put" in change && change.put.sk.startsWith("batch#"));
      const isOfThree = changes.some((change) => "put" in change && change.put.pk.endsWith("#3"));
      return isBatch && isOfThree && ++written > 1 ? dies() : cloud.table.each(changes);
    };
    await plan(onTable(cloud, { each }))(wake, deadline(cloud)).catch(() => {});
    expect(written).toBeGreaterThan(1);
    await plan(cloud)(wake, deadline(cloud));
    await afterMinutes(cloud, 5);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though the planner is killed after the rows and before the queue was told", async () => {
    const { cloud, readers } = await anIssueFor(() => someReaders(40));
    const dying = { ...cloud, queues: { ...cloud.queues, rounds: { add: dies } } };
    await plan(dying)(wake, deadline(cloud)).catch(() => {});
    await afterMinutes(cloud, 3);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though the queue took only some of the rounds", async () => {
    const { cloud, readers } = await anIssueFor(() => someReaders(40));
    const add: TestCloud["queues"]["rounds"]["add"] = async (messages) => {
      await cloud.queues.rounds.add(messages.slice(0, 5));
      throw new Error("11 messages were not taken");
    };
    await plan({ ...cloud, queues: { ...cloud.queues, rounds: { add } } })(wake, deadline(cloud)).catch(() => {});
    await afterMinutes(cloud, 8);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though a page that was not asked for consistently shows the readers of a while ago", async () => {
    const { cloud, readers } = await anIssueFor(() => someReaders(60));
    const stale: TestCloud = onTable(cloud, {
      get: (keys, options) =>
        options?.consistent ? cloud.table.get(keys, options) : Promise.resolve(keys.map(() => undefined)),
      query: (asked) => (asked.consistent ? cloud.table.query(asked) : Promise.resolve({ items: [] })),
    });
    await plan(stale)(wake, deadline(cloud));
    await afterMinutes(stale, 3);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though two publishers press send at once", async () => {
    const { cloud, readers } = await anIssueFor(() => someReaders(30));
    const issue = await requireIssue(cloud, place.publication, place.issue);
    if (issue.status !== "scheduled") return expect.unreachable();
    const { sendAt: _, scheduledBy: __, ...rest } = issue;
    await saveIssue(cloud, { ...rest, status: "approved" });
    const send = () => scheduleIssue(cloud, operator, place.publication, place.issue, cloud.clock.now());
    const pressed = await Promise.allSettled([send(), send()]);
    expect(pressed.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await afterMinutes(cloud, 3);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though one address stands in two spellings", async () => {
    const { cloud } = await anIssueFor(() => []);
    const list = "E-Mail;Name\nJoerdis@AUENRODE.example;Jördis\n joerdis@auenrode.example ;Jördis Wendt\n";
    const { rows } = await readReaderList(Buffer.from(list), "de");
    await importSubscribers(cloud, operator, place.publication, rows, { consentSource: "Bestellkarten 2025" });
    await plan(cloud)(wake, deadline(cloud));
    await workUntilQuiet(cloud);
    expect(Object.values(letters(cloud))).toEqual([1]);
  });
});

describe("rounds are walked once", () => {
  it("though every message arrives ten times", async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(60));
    const tenfold: TestCloud["queues"]["rounds"]["add"] = async (messages, options) => {
      for (let times = 0; times < 10; times++) await cloud.queues.rounds.add(messages, options);
    };
    const loud = { ...cloud, queues: { ...cloud.queues, rounds: { add: tenfold } } };
    await afterMinutes(loud, 3);
    await expectEverybodyOnce(cloud, readers);
  });

  it("though ten thousand messages of turns long past come back at once: they send not one letter", {
    timeout: 60_000,
  }, async () => {
    const { cloud, readers } = await aPlannedIssueFor(() => someReaders(60));
    for (const { round, turn } of await readRounds(cloud, place))
      await saveRound(cloud, { ...place, round }, turn, { turn: 4 });
    const send = vi.spyOn(cloud.mail, "send");
    const stale = Array.from({ length: 10_000 }, (_, index) => ({
      messageId: String(index),
      body: JSON.stringify(turnOf((index % 16).toString(16), Math.floor(index / 16) % 4)),
    }));
    expect(await deliver(cloud)({ Records: stale }, deadline(cloud))).toEqual({ batchItemFailures: [] });
    expect(send).not.toHaveBeenCalled();
    await afterMinutes(cloud, 10);
    await expectEverybodyOnce(cloud, readers);
  });
});
