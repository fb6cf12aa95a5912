import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { recordFeedback } from "../../functions/record-feedback.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { readDeliveries, rowOfDelivery } from "../../functions/records/deliveries.ts";
import { addFeedbackCounts, feedbackHealth, readFeedbackCounts, saveStop } from "../../functions/records/feedback.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { roundOf, softBouncesKey, suppressionKey } from "../../functions/records/keys.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import { readSubscriber } from "../../functions/records/subscribers.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { mortal } from "../cloud/mortal-cloud.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import {
  bounceOf,
  complaintOf,
  delayOf,
  deliveryOf,
  fileOf,
  type LetterOfOurs,
  openOf,
  rejectOf,
  type SesEvent,
  sendOf,
  softBounceOf,
} from "../ses-events.ts";
import { afterMinutes, keyOf, place, scheduleSpring, someReaders, takeIn, wake } from "./an-issue-to-send.ts";

let cloud: TestCloud;
beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(console, "error").mockImplementation(() => {});
  cloud = quietCloud();
});

/** Its carrier tells nothing of itself. */
const quietCloud = () => testCloud({ manner: { eventSeconds: 100 * 86_400 } });
const inSeconds = (seconds: number): { deadline: Date } => ({
  deadline: new Date(cloud.clock.now().getTime() + seconds * 1000),
});
const records = (...bodies: unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: String(index),
    body: typeof body === "string" ? body : JSON.stringify(body),
  })),
});
const failures = async (answer: Promise<unknown>): Promise<number> =>
  ((await answer) as { batchItemFailures: unknown[] }).batchItemFailures.length;

/** One by one, as SNS hands them over. */
const tell = (events: readonly (SesEvent | string)[], to: Cloud = cloud): Promise<number> =>
  failures(recordFeedback(to)(records(...events), inSeconds(60)));
const noticeOf = (key: string) => ({ source: "aws.s3", detail: { object: { key } } });
let files = 0;
/** Together in a file, as Firehose writes them. */
async function tellInFile(body: string | readonly SesEvent[], to: Cloud = cloud, seconds = 60): Promise<number> {
  const key = `feedback/2026/11/23/08/${files++}.ndjson`;
  await cloud.files.write(key, typeof body === "string" ? body : fileOf(body), { type: "application/x-ndjson" });
  return failures(recordFeedback(to)(records(noticeOf(key)), inSeconds(seconds)));
}
const filesLeft = async (): Promise<number> => (await cloud.files.list("feedback/")).length;

/** Letters SES took of us, and their rows. */
async function acceptedLetters(
  count: number,
  issue = "2026-01",
): Promise<Required<Omit<LetterOfOurs, "sentAt" | "answer">>[]> {
  const letters = Array.from({ length: count }, (_, index) => ({
    ...{ addressKey: keyNumber(index), attempt: "a".repeat(22), issue: `elblandbote-${issue}` },
    messageId: `m-${index}`,
  }));
  const claimedAt = cloud.clock.now().toISOString();
  const row = { v: 1, attemptNo: 1, claimedAt, state: "accepted", acceptedAt: claimedAt } as const;
  await putRows(
    letters.map(({ addressKey, attempt, messageId }) => ({ ...row, addressKey, attempt, messageId })),
    issue,
  );
  return letters;
}
const keyNumber = (index: number): string =>
  Buffer.from(String(index).padStart(16, "0")).reverse().toString("base64url").slice(0, 22);
const putRows = (deliveries: readonly Delivery[], issue = "2026-01") =>
  cloud.table.each(deliveries.map((delivery) => ({ put: rowOfDelivery({ ...place, issue }, delivery) })));

const rowsOf = (letters: readonly LetterOfOurs[]) =>
  readDeliveries(
    cloud,
    place,
    letters.map(({ addressKey }) => addressKey),
  );
const statesOf = async (letters: readonly LetterOfOurs[]) => (await rowsOf(letters)).map((row) => row?.state);
const isSuppressed = async ({ addressKey }: LetterOfOurs): Promise<boolean> =>
  (await cloud.table.get([suppressionKey(addressKey)]))[0] !== undefined;
const counts = () => readFeedbackCounts(cloud, place);
const none = { sent: 0, delayed: 0, rejected: 0, delivered: 0, softBounced: 0, hardBounced: 0, complained: 0 };

/** Seven letters and all that may become of them, each told from its beginning. */
async function everyFate() {
  const letters = await acceptedLetters(7);
  const [delivered, bounced, soft, complained, delayed, rejected] = letters as Required<LetterOfOurs>[];
  if (!delivered || !bounced || !soft || !complained || !delayed || !rejected) throw new Error("too few");
  const events = [
    ...letters.map(sendOf),
    ...[deliveryOf(delivered), bounceOf(bounced), delayOf(soft), softBounceOf(soft), deliveryOf(complained)],
    ...[complaintOf(complained), delayOf(delayed), rejectOf(rejected)],
  ];
  return { letters, events, bounced, complained };
}
const fates = ["delivered", "bounced", "bounced", "complained", "accepted", "rejected", "accepted"];

describe("recording what SES tells", () => {
  it("writes down what became of each letter, counts it, and clears the file away", async () => {
    const { letters, events } = await everyFate();
    expect(await tellInFile(events)).toBe(0);
    const rows = await rowsOf(letters);
    expect(rows.map((row) => row?.state)).toEqual(fates);
    expect(rows[0]).toMatchObject({ deliveredAt: "2026-11-23T08:00:04.133Z", messageId: "m-0" });
    expect(rows[1]).toMatchObject({ bounce: "hard", reason: "NoEmail 5.1.1" });
    expect(rows[2]).toMatchObject({ bounce: "soft", reason: "MailboxFull 4.2.2" });
    expect(rows[4]).toMatchObject({ delayedAt: "2026-11-23T08:10:00.000Z" });
    expect(rows[5]).toMatchObject({ reason: "content" });
    expect(await counts()).toEqual({
      ...{ sent: 6, delayed: 1, rejected: 1, delivered: 1, softBounced: 1, hardBounced: 1, complained: 1 },
    });
    expect(await filesLeft()).toBe(0);
    const { items } = await cloud.table.query({ pk: "elblandbote-2026-01#bounced", index: "byTrouble", limit: 9 });
    expect(items).toHaveLength(2);
  });

  it("ends the same when everything comes one by one, doubled, and backwards", async () => {
    const { letters, events } = await everyFate();
    await tellInFile(events);
    const expected = await rowsOf(letters);
    cloud = quietCloud();
    await everyFate();
    expect(await tell([...events, ...events].reverse())).toBe(0);
    expect(await rowsOf(letters)).toEqual(expected);
    expect(await counts()).toMatchObject({ sent: 6, hardBounced: 1, complained: 1 });
  });

  it("ends the same when both ways tell it at once", async () => {
    const { letters, events } = await everyFate();
    const urgent = events.filter(({ eventType }) => eventType !== "Send" && eventType !== "Delivery");
    const answers = await Promise.all([
      tellInFile(events),
      tell(urgent),
      tell(urgent.toReversed()),
      tellInFile(events),
    ]);
    expect(answers).toEqual([0, 0, 0, 0]);
    expect(await statesOf(letters)).toEqual(fates);
    const { sent, hardBounced, complained, rejected } = await counts();
    expect({ sent, hardBounced, complained, rejected }).toEqual({
      sent: 6,
      hardBounced: 1,
      complained: 1,
      rejected: 1,
    });
  });

  it("ends the same wherever a run is killed, before or after any effect, and whichever half is lost", async () => {
    for (let effect = 1, isThrough = false; !isThrough; effect++) {
      for (const when of ["before", "after"] as const) {
        cloud = quietCloud();
        const { letters, events, bounced, complained } = await everyFate();
        const dying = mortal(cloud, { effect, when });
        await tellInFile(events, dying).catch(() => {});
        const [left] = await cloud.files.list("feedback/");
        isThrough = !dying.isDead();
        if (left) await recordFeedback(cloud)(records(noticeOf(left.key)), inSeconds(60));
        expect(await statesOf(letters), `${when} effect ${effect}`).toEqual(fates);
        expect(await isSuppressed(bounced)).toBe(true);
        expect(await isSuppressed(complained)).toBe(true);
        expect(await filesLeft()).toBe(0);
        expect((await counts()).hardBounced).toBeLessThanOrEqual(1);
      }
    }
  });

  it("tries a file again when the table stumbles, and loses nothing", async () => {
    const { letters, events } = await everyFate();
    let isDown = true;
    const each: Cloud["table"]["each"] = async (changes) => {
      if (isDown && changes.some((change) => "put" in change && change.put.sk.startsWith("delivery#")))
        throw new Error("the table is away");
      return cloud.table.each(changes);
    };
    const stumbling = { ...cloud, table: { ...cloud.table, each } };
    expect(await tellInFile(events, stumbling)).toBe(1);
    expect(await filesLeft()).toBe(1);
    isDown = false;
    const [left] = await cloud.files.list("feedback/");
    await recordFeedback(stumbling)(records(noticeOf(left?.key ?? "")), inSeconds(60));
    expect(await statesOf(letters)).toEqual(fates);
    expect(await counts()).toMatchObject({ sent: 6 });
  });

  /** The same cloud, in which something happens just before the first delivery is written. */
  const overtakenBy = (act: () => Promise<unknown>): Cloud => {
    let isFirst = true;
    const each: Cloud["table"]["each"] = async (changes) => {
      if (isFirst && changes.some((change) => "put" in change && change.put.sk.startsWith("delivery#"))) {
        isFirst = false;
        await act();
      }
      return cloud.table.each(changes);
    };
    return { ...cloud, table: { ...cloud.table, each } };
  };

  it("looks again when somebody else writes a row between its look and its write", async () => {
    const [letter] = (await acceptedLetters(1)) as [LetterOfOurs];
    await tell(
      [deliveryOf(letter)],
      overtakenBy(() => tell([bounceOf(letter)])),
    );
    expect(await statesOf([letter])).toEqual(["bounced"]);
    await tell(
      [complaintOf(letter)],
      overtakenBy(() => tell([deliveryOf(letter)])),
    );
    expect(await statesOf([letter])).toEqual(["complained"]);
    expect(await counts()).toEqual({ ...none, sent: 1, hardBounced: 1, complained: 1 });
  });

  it("looks again when somebody else writes a row where none was", async () => {
    const letter = { addressKey: keyNumber(1), attempt: "a".repeat(22) };
    await tell(
      [deliveryOf(letter)],
      overtakenBy(() => tell([complaintOf(letter)])),
    );
    expect(await statesOf([letter])).toEqual(["complained"]);
  });

  it("counts a soft bounce that becomes a hard one once, and a delay, though two runs hear it at once", async () => {
    const [one, two] = (await acceptedLetters(2)) as [LetterOfOurs, LetterOfOurs];
    await tell([softBounceOf(one)]);
    await tell(
      [bounceOf(one)],
      overtakenBy(() => tell([bounceOf(one)])),
    );
    await tell(
      [delayOf(two)],
      overtakenBy(() => tell([delayOf(two)])),
    );
    expect(await counts()).toEqual({ ...none, sent: 2, delayed: 1, softBounced: 1, hardBounced: 1 });
  });
});

describe("a letter nobody could tell the fate of", () => {
  const common = { v: 1, addressKey: keyNumber(1), attempt: "a".repeat(22), attemptNo: 1 } as const;
  const claimedAt = "2026-11-23T08:00:00.000Z";
  it.each([
    { ...common, claimedAt, state: "sending", leaseUntil: "2026-11-23T08:03:00.000Z" },
    { ...common, claimedAt, state: "uncertain", reason: "ECONNRESET", uncertainSince: claimedAt },
    { ...common, claimedAt, state: "unresolved", reason: "ECONNRESET" },
  ] as const)("was accepted, says SES, though its row is $state", async (row) => {
    await putRows([row]);
    await tellInFile([sendOf(row)]);
    expect(await rowsOf([row])).toEqual([
      {
        ...common,
        claimedAt,
        state: "accepted",
        messageId: expect.any(String),
        acceptedAt: "2026-11-23T08:00:01.250Z",
      },
    ]);
    const { items } = await cloud.table.query({ pk: `elblandbote-2026-01#${row.state}`, index: "byTrouble", limit: 9 });
    expect(items).toEqual([]);
  });

  it("has arrived when an earlier letter to the same reader turns up", async () => {
    await putRows([{ ...common, claimedAt, state: "unresolved", reason: "ECONNRESET", attemptNo: 2 }]);
    await tell([deliveryOf({ ...common, attempt: "b".repeat(22) })]);
    expect(await rowsOf([common])).toMatchObject([{ state: "delivered", attempt: "b".repeat(22), attemptNo: 2 }]);
  });

  it("keeps a reader from a second one where an older copy of the table has no row", async () => {
    await scheduleSpring(cloud);
    const [reader = ""] = someReaders(1);
    await takeIn(cloud, someReaders(3));
    const letter = { addressKey: await keyOf(cloud, reader), attempt: "b".repeat(22) };
    await tell([sendOf(letter)]);
    await plan(cloud)(wake, inSeconds(120));
    await workUntilQuiet(cloud);
    expect(cloud.outbox.list({ limit: 9 }).letters.map(({ to }) => to)).not.toContain(reader);
    expect(cloud.outbox.count()).toBe(2);
    expect(await rowsOf([letter])).toMatchObject([{ state: "accepted", attempt: "b".repeat(22) }]);
  });

  it("gets no row a quarter of a year later: nobody sends that issue any more", async () => {
    const letter = { addressKey: keyNumber(1), attempt: "a".repeat(22) };
    cloud.clock.advance({ days: 91 });
    await tell([complaintOf(letter)]);
    expect(await rowsOf([letter])).toEqual([undefined]);
    expect(await isSuppressed(letter)).toBe(true);
  });
});

describe("an address that must not be written to again", () => {
  it("is suppressed at once in the whole deployment, in the journal too, and its reader's row stays", async () => {
    await scheduleSpring(cloud);
    const [reader = ""] = someReaders(1);
    await takeIn(cloud, [reader]);
    const letter = { addressKey: await keyOf(cloud, reader), attempt: "a".repeat(22) };
    await tell([bounceOf(letter)]);
    const [row] = await cloud.table.get([suppressionKey(letter.addressKey)]);
    expect(row).toMatchObject({ v: 1, reason: "bounced", at: "2026-11-23T08:00:00.000Z" });
    const [entry] = await cloud.files.list("journal/");
    const body = Buffer.from((await cloud.files.read(entry?.key ?? ""))?.body ?? []).toString();
    expect(JSON.parse(body)).toMatchObject({ kind: "suppressed", addressKey: letter.addressKey, reason: "bounced" });
    expect(body).not.toContain("@");
    expect(await readSubscriber(cloud, place.publication, letter.addressKey)).toMatchObject({ state: "confirmed" });
    await plan(cloud)(wake, inSeconds(120));
    await workUntilQuiet(cloud);
    expect(cloud.outbox.count()).toBe(0);
  });

  it("keeps its first reason, and is entered once", async () => {
    const [letter] = (await acceptedLetters(1)) as [LetterOfOurs];
    await tell([bounceOf(letter), bounceOf(letter), complaintOf(letter)]);
    expect((await cloud.table.get([suppressionKey(letter.addressKey)]))[0]).toMatchObject({ reason: "bounced" });
    expect(await cloud.files.list("journal/")).toHaveLength(1);
  });

  it("is suppressed by what comes back of a confirm mail too, which is no delivery of an issue", async () => {
    const [bounced, complaining] = ["b", "c"].map((sign) => ({
      ...{ addressKey: sign.repeat(22), attempt: "w".repeat(22), answer: "elblandbote" },
    })) as [LetterOfOurs, LetterOfOurs];
    await tell([
      sendOf(bounced),
      bounceOf(bounced),
      sendOf(complaining),
      deliveryOf(complaining),
      complaintOf(complaining),
    ]);
    const rows = await cloud.table.get([bounced, complaining].map(({ addressKey }) => suppressionKey(addressKey)));
    expect(rows.map((row) => row?.reason)).toEqual(["bounced", "complained"]);
    expect(await statesOf([bounced, complaining])).toEqual([undefined, undefined]);
  });

  it("is suppressed although its row has moved on to another attempt", async () => {
    const [letter] = (await acceptedLetters(1)) as [LetterOfOurs];
    await tell([complaintOf({ ...letter, attempt: "b".repeat(22) })]);
    expect(await isSuppressed(letter)).toBe(true);
    expect(await statesOf([letter])).toEqual(["accepted"]);
  });

  const issues = ["2026-01", "2026-02", "2026-03"];
  const lettersOver = async (days: readonly number[]) =>
    Promise.all(
      days.map(async (day, index) => {
        const [letter] = (await acceptedLetters(1, issues[index])) as [LetterOfOurs];
        return { letter, at: new Date(Date.UTC(2026, 10, 23 + day, 8)).toISOString() };
      }),
    );

  it("is given up after three issues in a row over fourteen days", async () => {
    const [one, two, three] = await lettersOver([0, 7, 14]);
    if (!one || !two || !three) return expect.unreachable();
    await tell([softBounceOf(three.letter, three.at), softBounceOf(one.letter, one.at)]);
    await tellInFile([softBounceOf(one.letter, one.at)]);
    expect(await isSuppressed(one.letter)).toBe(false);
    await tellInFile([softBounceOf(two.letter, two.at)]);
    expect(await isSuppressed(one.letter)).toBe(true);
  });

  it("is not given up when a letter in between arrived, whichever is heard first", async () => {
    const [one, two, three] = await lettersOver([0, 7, 14]);
    if (!one || !two || !three) return expect.unreachable();
    await tell([
      softBounceOf(one.letter, one.at),
      deliveryOf(two.letter, two.at),
      softBounceOf(three.letter, three.at),
    ]);
    const [row] = await cloud.table.get([softBouncesKey(one.letter.addressKey)]);
    expect(row?.issues).toEqual([{ issue: "elblandbote-2026-03", at: three.at }]);
    await tell([deliveryOf(three.letter, three.at)]);
    expect(await cloud.table.get([softBouncesKey(one.letter.addressKey)])).toEqual([undefined]);
  });

  it("is not given up for three automatic answers to letters that arrived, whichever is heard first", async () => {
    const [one, two, three] = await lettersOver([0, 7, 14]);
    if (!one || !two || !three) return expect.unreachable();
    await tellInFile([deliveryOf(one.letter, one.at)]);
    await tell([softBounceOf(one.letter, one.at)]);
    expect(await cloud.table.get([softBouncesKey(one.letter.addressKey)])).toEqual([undefined]);
    await tellInFile([softBounceOf(two.letter, two.at), deliveryOf(two.letter, two.at)]);
    expect(await cloud.table.get([softBouncesKey(one.letter.addressKey)])).toEqual([undefined]);
    await tell([softBounceOf(three.letter, three.at), deliveryOf(three.letter, three.at)]);
    expect(await cloud.table.get([softBouncesKey(one.letter.addressKey)])).toEqual([undefined]);
    expect(await isSuppressed(one.letter)).toBe(false);
  });
});

describe("what is not for us, or for nobody", () => {
  it("passes over letters without our tags, opened letters and SES's greeting", async () => {
    const [letter] = (await acceptedLetters(1)) as [LetterOfOurs];
    const { mail: _, ...untagged } = bounceOf(letter);
    const greeting = "Successfully validated SNS topic for Amazon SES event publishing.";
    expect(
      await tell([openOf(letter), { ...untagged, mail: { messageId: "x" } } as unknown as SesEvent, greeting]),
    ).toBe(0);
    expect(await tellInFile([openOf(letter)])).toBe(0);
    expect(await counts()).toEqual(none);
    expect(await cloud.files.list("journal/")).toEqual([]);
  });

  it("parks a message that cannot be read, and hears the others", async () => {
    const [letter] = (await acceptedLetters(1)) as [LetterOfOurs];
    expect(await tell(["no json", { eventType: 7 } as unknown as SesEvent, deliveryOf(letter)])).toBe(2);
    expect(await statesOf([letter])).toEqual(["delivered"]);
  });

  it("reads a file past a poisoned line, says how many it could not read, and not what stood there", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const letters = await acceptedLetters(2);
    const [one, two] = letters as [LetterOfOurs, LetterOfOurs];
    const torn = JSON.stringify(bounceOf(one)).slice(0, 700);
    await tellInFile(
      `${fileOf([deliveryOf(one)])}{"eventType":"Bounce","mail":7}\n]]]\r\n${fileOf([deliveryOf(two)])}${torn}`,
    );
    expect(await statesOf(letters)).toEqual(["delivered", "delivered"]);
    expect(warn.mock.calls).toEqual([[{ file: expect.stringMatching(/^feedback\//), pieces: 5, unreadable: 3 }]]);
    expect(await filesLeft()).toBe(0);
  });

  it("does nothing for a file that is gone, or of another folder", async () => {
    await cloud.files.write("ledger/x", "x", { type: "text/plain" });
    const gone = records(noticeOf("feedback/gone"), noticeOf("ledger/x"));
    expect(await failures(recordFeedback(cloud)(gone, inSeconds(60)))).toBe(0);
    expect(await cloud.files.list("ledger/")).toHaveLength(1);
  });
});

describe("a file of ten thousand events", () => {
  const manyEvents = async (): Promise<{ letters: LetterOfOurs[]; events: SesEvent[] }> => {
    const letters = await acceptedLetters(5000);
    return { letters, events: letters.flatMap((letter) => [sendOf(letter), deliveryOf(letter)]) };
  };

  it("is recorded in one go", async () => {
    const { letters, events } = await manyEvents();
    expect(await tellInFile(events)).toBe(0);
    expect(new Set(await statesOf(letters))).toEqual(new Set(["delivered"]));
    expect(await counts()).toEqual({ ...none, sent: 5000, delivered: 5000 });
  });

  it("is passed on when time runs out, from where the run came to, and counted once", async () => {
    const { letters, events } = await manyEvents();
    const slowly = {
      ...cloud,
      table: {
        ...cloud.table,
        get: async (...given: Parameters<Cloud["table"]["get"]>) => {
          cloud.clock.advance({ seconds: 2 });
          return cloud.table.get(...given);
        },
      },
    };
    expect(await tellInFile(events, slowly, 30)).toBe(0);
    expect(await filesLeft()).toBe(1);
    const partly = (await counts()).delivered;
    expect(partly).toBeGreaterThan(0);
    expect(partly).toBeLessThan(5000);
    let runs = 0;
    for (; (await filesLeft()) > 0 && runs < 30; runs++) {
      for (const held of cloud.work.receive("feedback", { max: 10, visibilitySeconds: 360 })) {
        await recordFeedback(slowly)(records(held.body), inSeconds(30));
        cloud.work.done(held);
      }
    }
    expect(await counts()).toEqual({ ...none, sent: 5000, delivered: 5000 });
    expect(new Set(await statesOf(letters))).toEqual(new Set(["delivered"]));
  });
});

describe("an issue that was sent", () => {
  /** Every letter the outbox holds, as SES would tell of it. */
  const sentLetters = (): LetterOfOurs[] => {
    const letters: LetterOfOurs[] = [];
    for (let before: string | undefined; ; ) {
      const page = cloud.outbox.list({ limit: 500, ...(before === undefined ? {} : { before }) });
      for (const { tags, messageId } of page.letters)
        letters.push({ addressKey: tags.delivery ?? "", attempt: tags.attempt ?? "", messageId });
      if (page.next === undefined) return letters;
      before = page.next;
    }
  };
  const send = async (readers: number): Promise<LetterOfOurs[]> => {
    await scheduleSpring(cloud);
    await takeIn(cloud, someReaders(readers));
    await plan(cloud)(wake, inSeconds(120));
    // The books are closed, and read once more.
    await afterMinutes(cloud, 9);
    return sentLetters();
  };
  const status = () => requireIssue(cloud, place.publication, place.issue);

  it("opens the books of a round again for late events, once, and soon", async () => {
    const letters = await send(20);
    const [letter] = letters as [LetterOfOurs];
    expect(await status()).toMatchObject({ status: "sent" });
    expect((await readRounds(cloud, place)).map(({ phase }) => phase)).not.toContain("walking");
    await tell([deliveryOf(letter)]);
    const open = (await readRounds(cloud, place)).filter(({ phase }) => phase === "walking");
    expect(open).toMatchObject([{ round: roundOf(letter.addressKey), wakeAt: "2026-11-23T08:14:00.000Z" }]);
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toHaveLength(1);
  });

  it("leaves the books closed when it began a quarter of a year ago", async () => {
    const [letter] = (await send(20)) as [LetterOfOurs];
    cloud.clock.advance({ days: 91 });
    await tell([complaintOf(letter, { timestamp: "2027-02-22T08:00:00.000Z" })]);
    expect(await statesOf([letter])).toEqual(["complained"]);
    expect((await readRounds(cloud, place)).filter(({ phase }) => phase === "walking")).toEqual([]);
  });

  describe("and is not through yet", () => {
    /** All its letters were taken, and its books are still open. */
    const underWay = async (readers: number): Promise<LetterOfOurs[]> => {
      await scheduleSpring(cloud);
      await takeIn(cloud, someReaders(readers));
      await plan(cloud)(wake, inSeconds(120));
      await workUntilQuiet(cloud, { functions: { archive: async () => () => async () => {} } });
      expect(await status()).toMatchObject({ status: "sending" });
      return sentLetters();
    };
    const bounces = (letters: readonly LetterOfOurs[]) => letters.map((letter) => bounceOf(letter));

    it("stops when ten of three hundred addresses are none", async () => {
      const letters = await underWay(310);
      await tell(bounces(letters.slice(0, 9)));
      expect(await status()).toMatchObject({ status: "sending" });
      await tell([...bounces(letters.slice(0, 9)), softBounceOf(letters[20] as LetterOfOurs)]);
      expect(await status()).toMatchObject({ status: "sending" });
      await tell(bounces(letters.slice(9, 10)));
      expect(await status()).toMatchObject({ status: "paused", reason: "bounces" });
    });

    it("stops when five readers complain", async () => {
      const letters = await underWay(310);
      await tellInFile(letters.slice(0, 4).map((letter) => complaintOf(letter)));
      expect(await status()).toMatchObject({ status: "sending" });
      await tellInFile([complaintOf(letters[4] as LetterOfOurs)]);
      expect(await status()).toMatchObject({ status: "paused", reason: "complaints" });
    });

    it("does not stop before three hundred letters were taken", async () => {
      const letters = await underWay(120);
      await tellInFile(bounces(letters.slice(0, 60)));
      expect(await status()).toMatchObject({ status: "sending" });
    });

    it("goes on when a person says so, and does not stop for what was known by then", async () => {
      const letters = await underWay(310);
      await tellInFile(bounces(letters.slice(0, 10)));
      await tell(bounces(letters.slice(10, 25)));
      expect(await status()).toMatchObject({ status: "paused", reason: "bounces" });
      await resumeIssue(cloud, operator, place);
      await tell(bounces(letters.slice(20, 40)));
      expect(await status()).toMatchObject({ status: "sending" });
    });

    it("counts what comes while it waits as known to whoever resumes it", async () => {
      const letters = await underWay(640);
      await addFeedbackCounts(cloud, place, { ...none, sent: 1, delivered: 1 });
      await saveStop(cloud, place, { accepted: 300, hardBounced: 0, complained: 0 }, undefined);
      await pauseIssue(cloud, operator, place);
      await tellInFile(bounces(letters.slice(0, 15)));
      await resumeIssue(cloud, operator, place);
      await tell(bounces(letters.slice(15, 16)));
      expect(await status()).toMatchObject({ status: "sending" });
    });

    it("stops again when too many more of the letters since then come back", async () => {
      const letters = await underWay(640);
      await addFeedbackCounts(cloud, place, { ...none, sent: 1, delivered: 1 });
      await saveStop(cloud, place, { accepted: 300, hardBounced: 0, complained: 0 }, undefined);
      await tellInFile(bounces(letters.slice(0, 10)));
      expect(await status()).toMatchObject({ status: "sending" });
      await tellInFile(bounces(letters.slice(10, 11)));
      expect(await status()).toMatchObject({ status: "paused", reason: "bounces" });
    });

    it("stops although the run that noticed it died before it could", async () => {
      const letters = await underWay(305);
      await addFeedbackCounts(cloud, place, { ...none, hardBounced: 10 });
      await tell(bounces(letters.slice(0, 1)));
      expect(await status()).toMatchObject({ status: "paused" });
    });
  });

  it("is told of by the carrier of this machine as by SES", async () => {
    cloud = testCloud();
    await scheduleSpring(cloud);
    const simulated = ["success", "bounce", "complaint", "ooto", "suppressionlist"].map(
      (name) => `${name}@simulator.amazonses.com`,
    );
    await takeIn(cloud, simulated);
    await plan(cloud)(wake, inSeconds(120));
    await afterMinutes(cloud, 9);
    const keys = await Promise.all(simulated.map((address) => keyOf(cloud, address)));
    const rows = await readDeliveries(cloud, place, keys);
    expect(rows.map((row) => row?.state)).toEqual(["delivered", "bounced", "complained", "delivered", "bounced"]);
    const suppressed = await cloud.table.get(keys.map(suppressionKey));
    expect(suppressed.map((row) => row?.reason)).toEqual([undefined, "bounced", "complained", undefined, "bounced"]);
    expect(await issueAccount(cloud, place.publication, place.issue)).toMatchObject({
      ...{ accepted: 5, reported: { delivered: 2, bounced: 2, complained: 1 } },
    });
    expect(await status()).toMatchObject({ status: "sent", open: 0 });
    expect(await filesLeft()).toBe(0);
  });

  it("is heard of well when nearly every letter was, and not before", async () => {
    const letters = await send(20);
    await tellInFile(letters.slice(0, 17).map((letter) => deliveryOf(letter)));
    await afterMinutes(cloud, 8);
    expect(await feedbackHealth(cloud, place)).toEqual({ accepted: 20, heard: 17, isHealthy: false });
    await tellInFile([bounceOf(letters[17] as LetterOfOurs)]);
    await afterMinutes(cloud, 8);
    expect(await feedbackHealth(cloud, place)).toEqual({ accepted: 20, heard: 18, isHealthy: true });
    const silent = { ...cloud, mail: { ...cloud.mail, reports: false } };
    expect(await feedbackHealth(silent, { ...place, issue: "2026-09" })).toMatchObject({ isHealthy: true });
  });
});
