import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { Closed, Doubtful, Rejected, Throttled } from "../../functions/cloud/cloud.ts";
import { pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, readersIn, someReaders, wake } from "../functions/an-issue-to-send.ts";
import {
  account,
  anIssueFor,
  aPlannedIssueFor,
  carriedBy,
  deadline,
  expectEverybodyOnce,
  onTable,
  status,
  takenBy,
  turn,
} from "./an-issue-in-trouble.ts";

/** What happened to readers of other systems, as their public trackers tell it, and does not happen here. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

/** @see https://github.com/knadh/listmonk/issues */
describe("listmonk", () => {
  it("2860: stuck at 600, paused, restarted and resumed, it called 2,061 of 5,239 letters finished", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 130));
    let count = 0;
    const stuck = carriedBy(cloud, () => (++count > 30 ? new Promise(() => {}) : undefined));
    void turn(stuck, "7").catch(() => {});
    await vi.waitUntil(() => count > 30);
    await pauseIssue(cloud, operator, place);
    await afterMinutes(cloud, 10);
    await resumeIssue(cloud, operator, place);
    await afterMinutes(cloud, 30);
    const books = await account(cloud);
    expect(books).toMatchObject({ planned: 130, waiting: 0, sending: 0, uncertain: 0 });
    // Who was in hand when it stuck is shown as open; nobody is missing without a word.
    expect((books?.accepted ?? 0) + (books?.unresolved ?? 0)).toBe(130);
    expect(await status(cloud)).toMatchObject({ status: "sent", open: books?.unresolved });
    expect(Object.keys(letters(cloud)).length).toBeGreaterThanOrEqual(readers.length - 40);
  });

  it("2070: resuming a paused campaign sent it again to those who had it", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 60));
    let count = 0;
    const paused = carriedBy(cloud, async () => {
      cloud.clock.advance({ milliseconds: 300 });
      if (++count === 20) await pauseIssue(cloud, operator, place);
    });
    await workUntilQuiet(paused);
    expect(await status(cloud)).toMatchObject({ status: "paused", reason: "person" });
    await resumeIssue(cloud, operator, place);
    await afterMinutes(cloud, 3);
    await expectEverybodyOnce(cloud, readers);
  });

  it("2313: paused by a broken pipe every 2,500 letters, it began anew: five copies for some, none for a third", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 120));
    let count = 0;
    const breaking = carriedBy(cloud, () => {
      if (++count % 25 === 0) throw new Closed("EPIPE");
    });
    for (let pipes = 0; pipes < 10; pipes++) {
      await afterMinutes(breaking, 1);
      if ((await status(cloud)).status === "paused") await resumeIssue(cloud, operator, place);
    }
    expect(count).toBeGreaterThan(100);
    await expectEverybodyOnce(cloud, readers);
  });

  it("1801: a server made from a snapshot of five hours ago sent the campaign of that morning once more", async () => {
    const { cloud, readers } = await anIssueFor(() => someReaders(20));
    const snapshot = (await cloud.table.query({ pk: "open", limit: 9 })).items;
    await plan(cloud)(wake, deadline(cloud));
    await afterMinutes(cloud, 3);
    await expectEverybodyOnce(cloud, readers);
    // The copy is another table, and whoever wakes it may ring as often as they like.
    const copied: TestCloud = onTable(cloud, { id: async () => "a copy" });
    const rows = snapshot.map((put) => ({ put }));
    if (rows.length > 0) await cloud.table.each(rows);
    await plan(copied)(wake, deadline(cloud)).catch(() => {});
    await afterMinutes(copied, 10);
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
  });
});

/** @see https://github.com/mautic/mautic/issues */
describe("Mautic", () => {
  it("9880: a broadcast sent through a queue wrote two records and two mails for one contact, three seconds apart", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 60));
    await Promise.all([turn(cloud, "7"), turn(cloud, "7")]);
    cloud.clock.advance({ seconds: 3 });
    await turn(cloud, "7");
    await afterMinutes(cloud, 3);
    await expectEverybodyOnce(cloud, readers);
  });

  it("13070: queued messages were sent several times when the run did not end well", async () => {
    const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 60));
    let count = 0;
    const failing = takenBy(cloud, () => {
      if (++count === 5) throw new Error("the queue worker broke off");
    });
    for (let tries = 0; tries < 4; tries++) await turn(failing, "7", tries).catch(() => {});
    await afterMinutes(cloud, 30);
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
  });
});

/** @see https://github.com/postalserver/postal/issues/2222 */
it("Postal 2222: eight workers on a slow database took the same messages at once: up to 17 copies", async () => {
  const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 50));
  const slow = onTable(cloud, {
    each: async (changes) => {
      await new Promise((soon) => setImmediate(soon));
      const outcomes = await cloud.table.each(changes);
      await new Promise((soon) => setImmediate(soon));
      return outcomes;
    },
  });
  await Promise.all(Array.from({ length: 8 }, () => turn(slow, "7")));
  await afterMinutes(cloud, 3);
  await expectEverybodyOnce(cloud, readers);
});

/** @see https://github.com/pentacent/keila/issues/557 */
it("Keila 557: what failed too often was dropped, and nobody could see whom, nor send it again", async () => {
  const { cloud, readers } = await aPlannedIssueFor(() => someReaders(30));
  const unlucky = new Set(readers.slice(0, 3));
  const failing = carriedBy(cloud, ({ to }) => {
    if (unlucky.has(to)) throw new Doubtful("InternalFailure");
  });
  await afterMinutes(failing, 30);
  expect(await account(cloud)).toMatchObject({ accepted: 27, unresolved: 3 });
  const { items } = await cloud.table.query({ pk: "elblandbote-2026-01#unresolved", index: "byTrouble", limit: 9 });
  expect(items.map(({ reason }) => reason)).toEqual(Array(3).fill("Doubtful: InternalFailure"));
  const { sendRest } = await import("../../functions/desk/rest.ts");
  await sendRest(cloud, operator, place, ["unresolved"]);
  await afterMinutes(cloud, 5);
  await expectEverybodyOnce(cloud, readers);
});

/** @see https://github.com/Notifuse/notifuse/issues/414 */
it("Notifuse 414: with the day's quota full at 45 of 68, three quick tries later the broadcast was complete", async () => {
  const { cloud, readers } = await aPlannedIssueFor(() => someReaders(68));
  let isFull = true;
  let taken = 0;
  const full = carriedBy(cloud, () => {
    if (isFull && taken >= 45) throw new Throttled("452 daily quota reached");
    taken++;
  });
  await afterMinutes(full, 20);
  expect(await status(cloud)).toMatchObject({ status: "sending" });
  expect(await account(cloud)).toMatchObject({ accepted: 45, waiting: 23, rejected: 0 });
  isFull = false;
  await afterMinutes(full, 60);
  await expectEverybodyOnce(cloud, readers);
});

/** @see https://github.com/TryGhost/Ghost/pull/30541 */
it("Ghost 30541: until then a newsletter could finish with fewer recipients than it was to have, and no count told", async () => {
  const { cloud, readers } = await aPlannedIssueFor((one) => readersIn(one, "7", 45));
  // Somebody takes a reader's row away, as no code of ours does: the reader is passed over by name, not lost.
  const refusing = carriedBy(cloud, ({ to }) => {
    if (to === readers[2]) throw new Rejected("MessageRejected");
  });
  const { suppressionKey } = await import("../../functions/records/keys.ts");
  const { keyOf } = await import("../functions/an-issue-to-send.ts");
  const key = await keyOf(cloud, readers[0] ?? "");
  await cloud.table.write([{ put: { ...suppressionKey(key), v: 1, addressKey: key, reason: "manual", at: "" } }]);
  await afterMinutes(refusing, 5);
  const books = await account(cloud);
  expect(books).toMatchObject({ candidates: 45, planned: 45, accepted: 43, rejected: 1, skipped: { suppressed: 1 } });
  expect(await requireIssue(cloud, place.publication, place.issue)).toMatchObject({ status: "sent", open: 0 });
});
