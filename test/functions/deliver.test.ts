import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { isAtRest } from "../../core/delivery/account.ts";
import { operator } from "../../core/rights.ts";
import { Closed, type Cloud, Doubtful, type Letter, Rejected, Throttled } from "../../functions/cloud/cloud.ts";
import { deliver } from "../../functions/deliver.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { putBatch } from "../../functions/records/batches.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { subscriberKey, suppressionKey } from "../../functions/records/keys.ts";
import { savePublication } from "../../functions/records/publications.ts";
import { leave, readSubscriber, rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { aPublication } from "../people-and-papers.ts";
import {
  afterMinutes,
  keyOf,
  letters,
  place,
  readersIn,
  scheduleSpring,
  someReaders,
  takeIn,
  wake,
} from "./an-issue-to-send.ts";

let cloud: TestCloud;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
});

const deadline = (): { deadline: Date } => ({ deadline: new Date(cloud.clock.now().getTime() + 120_000) });
const account = () => issueAccount(cloud, place.publication, place.issue);
const status = async () => requireIssue(cloud, place.publication, place.issue);
const send = async (): Promise<void> => {
  await plan(cloud)(wake, deadline());
  await workUntilQuiet(cloud);
};
/** The same cloud with another carrier. */
const carrier = (answer: (letter: Letter) => void | Promise<void>): TestCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter) => {
      await answer(letter);
      return cloud.mail.send(letter);
    },
  },
});
const turns = (from: Cloud, round: string, turn = 0) =>
  deliver(from)({ Records: [{ messageId: "1", body: JSON.stringify({ ...wake, round, turn }) }] }, deadline());

describe("delivering an issue", () => {
  it("brings every reader exactly one letter and balances the books", async () => {
    const readers = someReaders(150);
    await takeIn(cloud, readers);
    await send();
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
    expect(await account()).toEqual({
      ...{ candidates: 150, excluded: {}, planned: 150, waiting: 0, sending: 0, accepted: 150, skipped: {} },
      ...{ reported: {}, rejected: 0, uncertain: 0, unresolved: 0, cancelled: 0 },
    });
    expect(await status()).toMatchObject({ status: "sent", open: 0 });
    // Once more for what the carrier tells, and the issue is open work no more.
    await afterMinutes(cloud, 8);
    expect((await account())?.reported).toEqual({ delivered: 150 });
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });

  it("walks a round of several batches, over several turns when time is short", async () => {
    const readers = await readersIn(cloud, "7", 130);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    // Every letter takes a second: nobody gets through 130 in one turn.
    const slow = carrier(() => cloud.clock.advance({ seconds: 1 }));
    await workUntilQuiet(slow, { waitSeconds: 60 });
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    expect(await status()).toMatchObject({ status: "sent" });
  });

  it("passes those who have their letter where another walk stopped, and takes no place in the rate for them", async () => {
    const readers = await readersIn(cloud, "7", 60);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    const slow = carrier(() => cloud.clock.advance({ seconds: 3 }));
    let inVain = 0;
    const each: TestCloud["table"]["each"] = async (changes) => {
      const outcomes = await cloud.table.each(changes);
      const isClaim = changes.some((one) => "put" in one && one.put.state === "sending");
      inVain += isClaim ? outcomes.filter((one) => one !== "done").length : 0;
      return outcomes;
    };
    await workUntilQuiet({ ...slow, table: { ...cloud.table, each } }, { waitSeconds: 60 });
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    expect(inVain).toBe(0);
  });

  it("writes a personal letter to one recipient, with their own way out", async () => {
    await takeIn(cloud, ["almut@auenrode.example"]);
    await send();
    const [letter] = cloud.outbox.list({ limit: 1 }).letters;
    if (!letter) return expect.unreachable();
    const mail = await PostalMime.parse(cloud.outbox.source(letter));
    expect(mail.to).toEqual([{ name: "Jördis almut", address: "almut@auenrode.example" }]);
    expect(mail.text).toContain("Guten Tag, Jördis almut,");
    const leaveUrl = mail.headers.find(({ key }) => key === "list-unsubscribe")?.value.slice(1, -1) ?? "";
    expect(leaveUrl).toMatch(/^https:\/\/elblandbote\.example\/u\/v1\./);
    expect(mail.html).toContain(`href="${leaveUrl}"`);
    expect(letter.tags).toMatchObject({
      delivery: await keyOf(cloud, "almut@auenrode.example"),
      issue: "elblandbote-2026-01",
    });
    expect(JSON.stringify(letter.tags)).not.toContain("@");
  });

  it("comes from the sender that was approved, though the settings name another since", async () => {
    await takeIn(cloud, ["almut@auenrode.example"]);
    const later = { from: "neu@stadtbote.example", name: "STADTbote", replyTo: "anders@stadtbote.example" };
    await savePublication(cloud, aPublication({ sender: { ...aPublication().sender, ...later } }));
    await send();
    const [letter] = cloud.outbox.list({ limit: 1 }).letters;
    const mail = await PostalMime.parse(letter ? cloud.outbox.source(letter) : "");
    expect(letter?.from).toBe("post@elblandbote.example");
    expect(mail.from).toMatchObject({ name: "ELBLANDbote", address: "post@elblandbote.example" });
    expect(mail.replyTo).toMatchObject([{ address: "redaktion@elblandbote.example" }]);
  });

  it("brings the text part alone to who chose text", async () => {
    await takeIn(cloud, ["almut@auenrode.example"]);
    const reader = await readSubscriber(cloud, place.publication, await keyOf(cloud, "almut@auenrode.example"));
    if (reader?.state !== "confirmed") return expect.unreachable();
    await cloud.table.write([{ put: rowOfSubscriber({ ...reader, format: "text" }) }]);
    await send();
    const [letter] = cloud.outbox.list({ limit: 1 }).letters;
    const mail = await PostalMime.parse(letter ? cloud.outbox.source(letter) : "");
    expect(mail.text).toContain("die neue Ausgabe");
    expect(mail.html).toBeUndefined();
  });

  it("mails nobody twice, even when the batch arrives twice", async () => {
    const readers = await readersIn(cloud, "3", 50);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    await Promise.all([turns(cloud, "3"), turns(cloud, "3"), turns(cloud, "3")]);
    for (let turn = 0; turn < 4; turn++) await turns(cloud, "3", turn);
    await workUntilQuiet(cloud);
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
  });

  it("lets one worker walk a round: whoever comes with the same turn drops it", async () => {
    const readers = await readersIn(cloud, "3", 50);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    const looks: string[] = [];
    const watched: TestCloud = {
      ...cloud,
      table: {
        ...cloud.table,
        get: async (keys, options) => {
          looks.push(...keys.filter(({ pk }) => pk.startsWith("subscribers#")).map(({ sk }) => sk));
          return cloud.table.get(keys, options);
        },
      },
    };
    await Promise.all([turns(watched, "3"), turns(watched, "3"), turns(watched, "3")]);
    expect(looks).toHaveLength(readers.length);
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
  });

  describe("whose audience another planner freezes at the same moment", () => {
    /** A planner that is overtaken just before it writes its first batch of round 8. */
    const overtaken = (by: () => Promise<void>): TestCloud => {
      let isFirst = true;
      const each: TestCloud["table"]["each"] = async (changes) => {
        const isBatch = changes.some((change) => "put" in change && change.put.pk === "issue#elblandbote-2026-01#8");
        if (isBatch && isFirst) {
          isFirst = false;
          await by();
        }
        return cloud.table.each(changes);
      };
      return { ...cloud, table: { ...cloud.table, each } };
    };

    it("keeps what stands, though readers joined meanwhile", async () => {
      const readers = await readersIn(cloud, "8", 90);
      await takeIn(cloud, readers.slice(0, 50));
      const slow = overtaken(async () => {
        await takeIn(cloud, readers);
        await plan(cloud)(wake, deadline());
      });
      await plan(slow)(wake, deadline());
      await workUntilQuiet(cloud);
      expect(await account()).toMatchObject({ candidates: 90, planned: 90, accepted: 90 });
      expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    });

    it("goes on from where the other one's batch ends, and loses nobody between", async () => {
      const readers = await readersIn(cloud, "8", 60);
      await takeIn(cloud, readers);
      const keys = (await Promise.all(readers.map((address) => keyOf(cloud, address)))).sort();
      const batch = { after: "", last: keys[4] ?? "", keys: keys.slice(0, 5), excluded: {} };
      await plan(overtaken(async () => void (await putBatch(cloud, { ...place, round: "8" }, 0, batch))))(
        wake,
        deadline(),
      );
      await workUntilQuiet(cloud);
      expect(await account()).toMatchObject({ candidates: 60, planned: 60, accepted: 60 });
      expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    });
  });

  it("mails nobody twice when the timer rings twice, also at once", async () => {
    await takeIn(cloud, someReaders(60));
    await Promise.all([plan(cloud)(wake, deadline()), plan(cloud)(wake, deadline())]);
    await send();
    expect(Object.values(letters(cloud))).toEqual(Array(60).fill(1));
    expect(await account()).toMatchObject({ candidates: 60, accepted: 60 });
  });

  it("never begins before its time", async () => {
    await takeIn(cloud, someReaders(3));
    cloud.clock.advance({ minutes: -10 });
    await send();
    expect(letters(cloud)).toEqual({});
    expect((await status()).status).toBe("scheduled");
  });

  it("publishes the web edition and the shelf before the first letter leaves", async () => {
    await takeIn(cloud, someReaders(3));
    await plan(cloud)(wake, deadline());
    expect(letters(cloud)).toEqual({});
    const published = (await cloud.files.list("public/elblandbote/")).map(({ key }) =>
      key.slice("public/elblandbote/".length),
    );
    expect(published).toEqual(
      expect.arrayContaining(["ausgaben/2026-01/index.html", "archiv/index.html", "index.html"]),
    );
  });
});

describe("whom nobody writes to", () => {
  const change = async (address: string, state: object): Promise<void> => {
    const reader = await readSubscriber(cloud, place.publication, await keyOf(cloud, address));
    if (reader) await cloud.table.write([{ put: { ...rowOfSubscriber(reader), ...state } }]);
  };
  const [almut, bela, cem] = ["almut@auenrode.example", "bela@auenrode.example", "cem@auenrode.example"] as const;
  const suppress = async (address: string): Promise<void> => {
    const addressKey = await keyOf(cloud, address);
    await cloud.table.write([{ put: { ...suppressionKey(addressKey), v: 1, addressKey, reason: "bounce", at: "" } }]);
  };

  it.each(["pending", "unsubscribed", "moved"] as const)("leaves out who is %s, and counts them", async (state) => {
    await takeIn(cloud, [almut, bela]);
    await change(almut, { state });
    await send();
    expect(letters(cloud)).toEqual({ [bela]: 1 });
    expect(await account()).toMatchObject({ candidates: 2, excluded: { [state]: 1 }, planned: 1, accepted: 1 });
  });

  it("leaves out who is suppressed, and who is away until later", async () => {
    await takeIn(cloud, [almut, bela, cem]);
    await suppress(almut);
    await change(bela, { pausedUntil: "2026-12-31T00:00:00.000Z" });
    await send();
    expect(letters(cloud)).toEqual({ [cem]: 1 });
    expect(await account()).toMatchObject({ excluded: { suppressed: 1, away: 1 }, planned: 1, accepted: 1 });
  });

  it("passes over who left, was suppressed or vanished after the audience was frozen", async () => {
    await takeIn(cloud, [almut, bela, cem]);
    await plan(cloud)(wake, deadline());
    await leave(cloud, place.publication, await keyOf(cloud, almut));
    await suppress(bela);
    await workUntilQuiet(cloud);
    expect(letters(cloud)).toEqual({ [cem]: 1 });
    expect(await account()).toMatchObject({ planned: 3, skipped: { unsubscribed: 1, suppressed: 1 }, accepted: 1 });
    expect(await status()).toMatchObject({ status: "sent", open: 0 });
  });

  it("begins no letter more than five seconds after consent was read", async () => {
    const readers = await readersIn(cloud, "5", 30);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    const sentAt: number[] = [];
    const reads: number[] = [];
    const slow: TestCloud = {
      ...carrier(() => {
        sentAt.push(cloud.clock.now().getTime() - (reads.at(-1) ?? 0));
        cloud.clock.advance({ milliseconds: 900 });
      }),
      table: {
        ...cloud.table,
        get: async (keys, options) => {
          if (keys.some(({ pk }) => pk.startsWith("subscribers#"))) reads.push(cloud.clock.now().getTime());
          return cloud.table.get(keys, options);
        },
      },
    };
    await workUntilQuiet(slow, { waitSeconds: 60 });
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    expect(Math.max(...sentAt)).toBeLessThanOrEqual(5000);
    expect(reads.length).toBeGreaterThan(3);
  });
});

describe("trouble on the way", () => {
  it("counts a rejected letter and goes on", async () => {
    const [bad, ...good] = someReaders(20);
    await takeIn(cloud, [bad ?? "", ...good]);
    await plan(cloud)(wake, deadline());
    const picky = carrier(({ to }) => {
      if (to === bad) throw new Rejected(`Address not verified: ${to}`);
    });
    await workUntilQuiet(picky);
    expect(Object.keys(letters(cloud)).sort()).toEqual([...good].sort());
    expect(await account()).toMatchObject({ rejected: 1, accepted: 19 });
    const { items } = await cloud.table.query({ pk: "elblandbote-2026-01#rejected", index: "byTrouble", limit: 9 });
    expect(JSON.stringify(items)).not.toContain("auenrode");
  });

  it("rejects nobody when everybody is rejected: the issue waits and says why", async () => {
    const readers = await readersIn(cloud, "a", 60);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    await workUntilQuiet(carrier(() => Promise.reject(new Rejected("MessageRejected"))));
    expect(await status()).toMatchObject({ status: "paused", reason: "all-rejected" });
    expect((await account())?.rejected).toBeLessThan(40);
    await resumeIssue(cloud, operator, place);
    await workUntilQuiet(cloud);
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    expect(await status()).toMatchObject({ status: "sent" });
    expect((await account())?.rejected).toBe(0);
  });

  it("rejects nobody though each of sixteen rounds meets only a few rejections", async () => {
    const readers = someReaders(60);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    await workUntilQuiet(carrier(() => Promise.reject(new Rejected("MessageRejected"))));
    expect(await status()).toMatchObject({ status: "paused", reason: "all-rejected" });
    await resumeIssue(cloud, operator, place);
    await workUntilQuiet(cloud);
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
  });

  it("rejects nobody of a list so small that ten rejections never come together", async () => {
    const readers = someReaders(4);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    await workUntilQuiet(carrier(() => Promise.reject(new Rejected("MessageRejected"))));
    expect(await status()).toMatchObject({ status: "paused", reason: "all-rejected" });
    await resumeIssue(cloud, operator, place);
    await afterMinutes(cloud, 7);
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
    expect(await status()).toMatchObject({ status: "sent" });
  });

  it("counts whoever was rejected for no fault of theirs as cancelled when somebody gives the issue up", async () => {
    await takeIn(cloud, someReaders(60));
    await plan(cloud)(wake, deadline());
    await workUntilQuiet(carrier(() => Promise.reject(new Rejected("MessageRejected"))));
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 7);
    expect(await account()).toMatchObject({ planned: 60, rejected: 0, cancelled: 60 });
  });

  it("gives claims back while nobody may send, and goes on where it stopped", async () => {
    const readers = someReaders(40);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    let letterCount = 0;
    await workUntilQuiet(
      carrier(() => {
        if (++letterCount > 15) throw new Closed("ConfigurationSetSendingPaused");
      }),
    );
    expect(await status()).toMatchObject({ status: "paused", reason: "carrier-closed" });
    expect(await account()).toMatchObject({ rejected: 0, uncertain: 0, accepted: 15, waiting: 25 });
    await afterMinutes(cloud, 5);
    expect(Object.keys(letters(cloud))).toHaveLength(15);
    await resumeIssue(cloud, operator, place);
    await workUntilQuiet(cloud);
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
  });

  it("slows down when the carrier says so, and loses nobody", async () => {
    const readers = someReaders(40);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    let letterCount = 0;
    const throttling = carrier(() => {
      if (++letterCount % 7 === 0) throw new Throttled("Maximum sending rate exceeded.");
    });
    await workUntilQuiet(throttling, { waitSeconds: 60 });
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
    expect(await status()).toMatchObject({ status: "sent", open: 0 });
  });

  it("never sends a doubtful letter again: it is shown as unresolved", async () => {
    const [doubted, ...others] = someReaders(20);
    await takeIn(cloud, [doubted ?? "", ...others]);
    await plan(cloud)(wake, deadline());
    const flaky = carrier(({ to }) => {
      if (to === doubted) throw new Doubtful("socket hang up");
    });
    await workUntilQuiet(flaky);
    expect(await account()).toMatchObject({ accepted: 19, uncertain: 1, unresolved: 0 });
    expect((await status()).status).toBe("sending");
    await afterMinutes(cloud, 20);
    expect(await account()).toMatchObject({ accepted: 19, uncertain: 0, unresolved: 1 });
    expect(await status()).toMatchObject({ status: "sent", open: 1 });
    expect(letters(cloud)[doubted ?? ""]).toBeUndefined();
  });

  it("leaves few uncertain when the carrier is in trouble for half an hour", async () => {
    const readers = someReaders(400);
    await takeIn(cloud, readers);
    const from = cloud.clock.now().getTime() + 1000;
    const quota = async () => ({ perSecond: 14, perDay: 50_000, sentInLastDay: 0 });
    const inTrouble = carrier(() => {
      const now = cloud.clock.now().getTime();
      if (now > from && now < from + 30 * 60_000) throw new Doubtful("InternalFailure");
    });
    const troubled: TestCloud = { ...inTrouble, mail: { ...inTrouble.mail, reports: false, quota } };
    await plan(troubled)(wake, deadline());
    for (let minute = 0; minute < 90; minute++) {
      await workUntilQuiet(troubled, { waitSeconds: 50 });
      cloud.clock.advance({ seconds: 30 });
    }
    const books = await account();
    if (!books) return expect.unreachable();
    expect(books.unresolved).toBeLessThan(150);
    expect(books.accepted).toBe(400 - books.unresolved);
    expect(await status()).toMatchObject({ status: "sent", open: books.unresolved });
  });

  it("rejects the one reader whose letter cannot be written, and goes on with the others", async () => {
    const readers = await readersIn(cloud, "3", 60);
    await takeIn(cloud, readers);
    const [poison = "", ...others] = readers;
    const key = subscriberKey(place.publication, await keyOf(cloud, poison));
    await cloud.table.each([{ patch: key, set: {}, remove: ["name"] }]);
    await send();
    expect(letters(cloud)).toEqual(Object.fromEntries(others.map((address) => [address, 1])));
    expect(await account()).toMatchObject({ accepted: 59, rejected: 1, uncertain: 0 });
    expect(await status()).toMatchObject({ status: "sent" });
  });

  it("waits when no letter can be written at all: nobody is uncertain, rejected or left out", async () => {
    const readers = someReaders(60);
    await takeIn(cloud, readers);
    const keys = await Promise.all(readers.map((address) => keyOf(cloud, address)));
    const named = async (change: object): Promise<void> =>
      void (await cloud.table.each(
        keys.map((key) => ({ patch: subscriberKey(place.publication, key), set: {}, ...change })),
      ));
    await named({ remove: ["name"] });
    await send();
    expect(await status()).toMatchObject({ status: "paused", reason: "all-rejected" });
    await named({ set: { name: "Jördis" } });
    await resumeIssue(cloud, operator, place);
    await workUntilQuiet(cloud);
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
  });

  it("keeps to the carrier's rate, and uses it", async () => {
    const readers = await readersIn(cloud, "2", 50);
    await takeIn(cloud, readers);
    const begun: number[] = [];
    const counting = carrier(() => void begun.push(cloud.clock.now().getTime()));
    const quota = async () => ({ perSecond: 14, perDay: 50_000, sentInLastDay: 0 });
    await plan({ ...cloud, mail: { ...cloud.mail, quota } })(wake, deadline());
    await turns({ ...counting, mail: { ...counting.mail, quota } }, "2");
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    const withinASecondOf = (at: number): number => begun.filter((one) => one >= at && one < at + 1000).length;
    expect(Math.max(...begun.map(withinASecondOf))).toBeLessThanOrEqual(14);
    expect(((begun.at(-1) ?? 0) - (begun[0] ?? 0)) / 1000).toBeLessThan(50 / 10);
  });

  it("uses a rate of one letter a second too, though many rounds share it", async () => {
    const readers = someReaders(48);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    const before = cloud.clock.now().getTime();
    const quota = async () => ({ perSecond: 1, perDay: 200, sentInLastDay: 0 });
    await workUntilQuiet({ ...cloud, mail: { ...cloud.mail, quota } }, { waitSeconds: 60 });
    expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
    expect((cloud.clock.now().getTime() - before) / 1000).toBeLessThan(3 * 48);
  });
});

describe("people on the way", () => {
  it("pausing stops within a second, resuming goes on, nobody is left out", async () => {
    const readers = await readersIn(cloud, "9", 100);
    await takeIn(cloud, readers);
    await plan(cloud)(wake, deadline());
    let begun = 0;
    let pausing: Promise<void> | undefined;
    const slow = carrier(async () => {
      await pausing;
      cloud.clock.advance({ milliseconds: 150 });
      if (++begun === 5) pausing = pauseIssue(cloud, operator, place);
      await pausing;
    });
    await workUntilQuiet(slow);
    // A second is seven letters of 150 ms; eight may have been in flight.
    expect(begun - 5).toBeLessThanOrEqual(7 + 8);
    const before = Object.keys(letters(cloud)).length;
    expect(await account()).toMatchObject({ planned: 100, accepted: before, waiting: 100 - before });
    await afterMinutes(cloud, 3);
    expect(Object.keys(letters(cloud))).toHaveLength(before);
    await resumeIssue(cloud, operator, place);
    await workUntilQuiet(cloud);
    expect(Object.values(letters(cloud))).toEqual(readers.map(() => 1));
    expect(await status()).toMatchObject({ status: "sent" });
  });

  it("pausing in the middle of planning leaves nobody out", async () => {
    await takeIn(cloud, someReaders(60));
    let writes = 0;
    const each: TestCloud["table"]["each"] = async (changes) => {
      if (++writes === 20) await pauseIssue(cloud, operator, place);
      if (writes > 20) throw new Error("this planner is dead");
      return cloud.table.each(changes);
    };
    await plan({ ...cloud, table: { ...cloud.table, each } })(wake, deadline()).catch(() => {});
    await afterMinutes(cloud, 3);
    expect(letters(cloud)).toEqual({});
    await resumeIssue(cloud, operator, place);
    await workUntilQuiet(cloud);
    expect(letters(cloud)).toEqual(Object.fromEntries(someReaders(60).map((address) => [address, 1])));
    expect(await status()).toMatchObject({ status: "sent" });
  });

  it("cancelling before its time keeps everything in the house", async () => {
    await takeIn(cloud, someReaders(5));
    await cancelIssue(cloud, operator, place);
    await send();
    expect(letters(cloud)).toEqual({});
    expect(await cloud.files.list("public/")).toEqual([]);
    expect((await status()).status).toBe("cancelled");
  });

  it("cancelling is final, and whoever has no letter is counted", async () => {
    await takeIn(cloud, await readersIn(cloud, "9", 100));
    await plan(cloud)(wake, deadline());
    let sent = 0;
    const stopping = carrier(async () => {
      cloud.clock.advance({ milliseconds: 200 });
      if (++sent === 10) await cancelIssue(cloud, operator, place);
    });
    await workUntilQuiet(stopping);
    await afterMinutes(cloud, 12);
    const books = await account();
    if (!books) return expect.unreachable();
    expect(books.accepted).toBe(Object.keys(letters(cloud)).length);
    expect(books.accepted).toBeLessThan(60);
    expect(books.cancelled).toBe(100 - books.accepted);
    expect(isAtRest(books)).toBe(true);
    expect((await status()).status).toBe("cancelled");
    await expect(resumeIssue(cloud, operator, place)).rejects.toThrow("not-paused");
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });
});
