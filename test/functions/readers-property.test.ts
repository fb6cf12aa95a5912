import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operator } from "../../core/rights.ts";
import { replayJournal } from "../../functions/desk/restoring/replay.ts";
import { evidenceOf } from "../../functions/records/consents.ts";
import { suppressionKey } from "../../functions/records/keys.ts";
import { confirmReader, eraseReader, moveReader, undoLeaving } from "../../functions/records/readers.ts";
import { leave, whereNow } from "../../functions/records/subscribers.ts";
import { suppress } from "../../functions/records/suppressions.ts";
import { openTestCloud, type TestCloud } from "../cloud/test-cloud.ts";
import { asks, asksToMove, at, foundPapers, paper, sister } from "./a-reader.ts";
import { keyOf } from "./an-issue-to-send.ts";

/** Anybody may ask in anybody's name; whoever reads a mailbox may press any button that was ever sent there, at any time. */

const addresses = ["almut@auenrode.example", "thomas@auenrode.example", "guelsen@auenrode.example"] as const;
const papers = [paper, sister] as const;
const someone = fc.constantFrom(...addresses);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("ask"), who: someone, both: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant("press"), which: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("leave"), who: someone }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("undo"), who: someone }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant("ask-to-move"), who: someone, to: someone }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("erase"), who: someone }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("suppress"), who: someone }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("wait"), minutes: fc.constantFrom(1, 9, 60, 10_080) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Mail {
  readonly to: string;
  readonly token: string;
  readonly is: "confirm" | "move";
  readonly askedAt: number;
  /** Who moves by it. */
  readonly from?: string;
  isUsed: boolean;
}
/** What an observer knows who never looks into the table. */
interface Observer {
  readonly mails: Mail[];
  /** When somebody last said yes in this mailbox by a button that was good for it, by key. */
  readonly yes: Map<string, number>;
  /** When its reader last left, moved away or was erased. */
  readonly no: Map<string, number>;
}

async function take(cloud: TestCloud, seen: Observer, given: Step): Promise<void> {
  const askedAt = cloud.clock.now().getTime();
  switch (given.does) {
    case "ask": {
      const token = await asks(cloud, { address: given.who, publications: given.both ? [...papers] : [paper] });
      if (token !== undefined) seen.mails.push({ to: given.who, token, is: "confirm", askedAt, isUsed: false });
      return;
    }
    case "ask-to-move": {
      const from = await whereIs(cloud, given.who);
      const token = await asksToMove(cloud, from, given.to);
      if (token !== undefined) seen.mails.push({ to: given.to, token, is: "move", askedAt, from, isUsed: false });
      return;
    }
    case "press":
      return press(cloud, seen, seen.mails[given.which % Math.max(1, seen.mails.length)]);
    case "leave":
      seen.no.set(await whereIs(cloud, given.who), askedAt);
      return leave(cloud, paper, await keyOf(cloud, given.who));
    case "undo": {
      const key = await whereIs(cloud, given.who);
      if (!(await undoLeaving(cloud, paper, await keyOf(cloud, given.who)))) return;
      expect(askedAt - (seen.no.get(key) ?? 0)).toBeLessThan(10 * 60_000);
      seen.no.delete(key);
      return;
    }
    case "erase":
      for (const publication of papers) seen.no.set(await whereIs(cloud, given.who, publication), askedAt);
      seen.no.set(await keyOf(cloud, given.who), askedAt);
      return void (await eraseReader(cloud, await keyOf(cloud, given.who)));
    case "suppress":
      return suppress(cloud, new Map([[await keyOf(cloud, given.who), "complained"]]));
    case "wait":
      cloud.clock.advance({ minutes: given.minutes });
  }
}

const whereIs = async (cloud: TestCloud, address: string, publication: string = paper): Promise<string> => {
  const key = await keyOf(cloud, address);
  return (await whereNow(cloud, publication, key))?.addressKey ?? key;
};

async function press(cloud: TestCloud, seen: Observer, mail: Mail | undefined): Promise<void> {
  if (!mail) return;
  const [now, key] = [cloud.clock.now().getTime(), await keyOf(cloud, mail.to)];
  const isYoung = now - mail.askedAt < 7 * 86_400_000;
  const isGood = !mail.isUsed && isYoung && mail.askedAt > (seen.no.get(mail.from ?? key) ?? 0);
  if (isGood) seen.yes.set(key, now);
  const done = await (mail.is === "move" ? moveReader : confirmReader)(cloud, mail.token);
  if (done === undefined || done === "used") return;
  mail.isUsed = true;
  if (mail.from !== undefined) seen.no.set(mail.from, now);
}

/** Everybody who would be mailed. */
async function readersOf(cloud: TestCloud): Promise<string[]> {
  const rows = await Promise.all(
    papers.flatMap((publication) => addresses.map((address) => at(cloud, address, publication))),
  );
  return rows.flatMap((row) => (row?.state === "confirmed" ? [`${row.publication} ${row.addressKey}`] : []));
}

const suppressedNow = async (cloud: TestCloud): Promise<boolean[]> => {
  const keys = await Promise.all(addresses.map((address) => keyOf(cloud, address)));
  return (await cloud.table.get(keys.map(suppressionKey))).map((row) => row !== undefined);
};

const filed = async (cloud: TestCloud): Promise<string[]> => {
  const keys = await Promise.all(addresses.map((address) => keyOf(cloud, address)));
  return (
    await Promise.all(keys.map(async (key) => (await evidenceOf(cloud, key)).map((one) => key + JSON.stringify(one))))
  ).flat();
};

async function inWorld(work: (cloud: TestCloud) => Promise<void>): Promise<void> {
  const { cloud, remove } = openTestCloud();
  try {
    await foundPapers(cloud);
    await work(cloud);
  } finally {
    remove();
  }
}
const steps = fc.array(step, { minLength: 5, maxLength: 30 });

describe("whatever readers and strangers do, in whatever order", () => {
  it("nobody is a reader who did not say yes in that mailbox since they left, evidence only grows, and the journal agrees", async () => {
    await fc.assert(
      fc.asyncProperty(steps, (given) =>
        inWorld(async (cloud) => {
          const seen: Observer = { mails: [], yes: new Map(), no: new Map() };
          let evidence = await filed(cloud);
          for (const one of given) {
            cloud.clock.advance({ milliseconds: 1 });
            await take(cloud, seen, one);
            for (const address of addresses) await expectToHaveAgreed(cloud, seen, address);
            const after = await filed(cloud);
            expect(after).toEqual(expect.arrayContaining(evidence));
            evidence = after;
          }
          await expectJournalToAgree(cloud);
        }),
      ),
      { numRuns: 40 },
    );
  });
});

async function expectToHaveAgreed(cloud: TestCloud, { yes, no }: Observer, address: string): Promise<void> {
  const row = await at(cloud, address);
  if (row?.state !== "confirmed") return;
  expect(row.address).toBe(address);
  expect(yes.get(row.addressKey) ?? 0).toBeGreaterThan(no.get(row.addressKey) ?? 0);
}

/** Told to the table it belongs to, it changes nothing. */
async function expectJournalToAgree(cloud: TestCloud): Promise<void> {
  const before = [await readersOf(cloud), await suppressedNow(cloud)];
  await replayJournal(cloud, operator);
  expect([await readersOf(cloud), await suppressedNow(cloud)]).toEqual(before);
}
