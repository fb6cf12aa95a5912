import { expect } from "vitest";
import { total } from "../../core/delivery/batch.ts";
import type { Change, Letter, Outcome, Table, Value } from "../../functions/cloud/cloud.ts";
import { deliver } from "../../functions/deliver.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { letters, place, scheduleSpring, takeIn, wake } from "../functions/an-issue-to-send.ts";

/** The ELBLANDbote on its way, and the ways the cloud may fail it. */

export const deadline = (cloud: TestCloud, seconds = 120) => ({
  deadline: new Date(cloud.clock.now().getTime() + seconds * 1000),
});

/** Scheduled, with its readers; nothing is planned yet. */
export async function anIssueFor(readers: (cloud: TestCloud) => Promise<readonly string[]> | readonly string[]) {
  const cloud = testCloud();
  await scheduleSpring(cloud);
  const addresses = await readers(cloud);
  await takeIn(cloud, addresses);
  return { cloud, readers: addresses };
}

/** The same with its audience frozen and its rounds called. */
export async function aPlannedIssueFor(...given: Parameters<typeof anIssueFor>) {
  const issue = await anIssueFor(...given);
  await plan(issue.cloud)(wake, deadline(issue.cloud));
  return issue;
}

/** The same cloud with another carrier: `answer` throws what the sender hears instead. */
export const carriedBy = (cloud: TestCloud, answer: (letter: Letter) => unknown): TestCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter) => {
      await answer(letter);
      return cloud.mail.send(letter);
    },
  },
});

/** The same cloud with a carrier that takes the letter, and then `answer` decides what the sender hears. */
export const takenBy = (cloud: TestCloud, answer: (letter: Letter) => unknown): TestCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    send: async (letter) => {
      const accepted = await cloud.mail.send(letter);
      await answer(letter);
      return accepted;
    },
  },
});

export const onTable = (cloud: TestCloud, changed: Partial<Table>): TestCloud => ({
  ...cloud,
  table: { ...cloud.table, ...changed },
});

/** Before each group of single writes lands; what it answers, if anything, is all that is written. */
export const writing = (
  cloud: TestCloud,
  each: (changes: readonly Change[], write: TestCloud["table"]["each"]) => Promise<Outcome[]>,
): TestCloud => onTable(cloud, { each: (changes) => each(changes, cloud.table.each) });

export const isClaim = (changes: readonly Change[]): boolean =>
  changes.some((change) => "put" in change && change.put.state === "sending");
export const isRecord = (changes: readonly Change[]): boolean =>
  changes.some((change) => "put" in change && change.put.state === "accepted");

export const turn = (cloud: TestCloud, round: string, number = 0, seconds = 120) =>
  deliver(cloud)(
    { Records: [{ messageId: "1", body: JSON.stringify(turnOf(round, number)) }] },
    deadline(cloud, seconds),
  );
export const turnOf = (round: string, number: number): Value => ({ ...wake, round, turn: number });

export const account = (cloud: TestCloud) => issueAccount(cloud, place.publication, place.issue);
export const status = (cloud: TestCloud) => requireIssue(cloud, place.publication, place.issue);

/** Everybody has exactly one letter, and the books say so. */
export async function expectEverybodyOnce(cloud: TestCloud, readers: readonly string[]): Promise<void> {
  expect(letters(cloud)).toEqual(Object.fromEntries(readers.map((address) => [address, 1])));
  const at = { candidates: readers.length, planned: readers.length, accepted: readers.length };
  expect(await account(cloud)).toMatchObject({
    ...at,
    waiting: 0,
    sending: 0,
    uncertain: 0,
    unresolved: 0,
    rejected: 0,
  });
  expect(await status(cloud)).toMatchObject({ status: "sent", open: 0 });
}

/** Nobody twice, nobody missing without a word: who has no letter is open or was passed over. */
export async function expectNobodyTwice(cloud: TestCloud, readers: readonly string[]): Promise<number> {
  const held = letters(cloud);
  expect(Object.values(held).filter((count) => count !== 1)).toEqual([]);
  const books = await account(cloud);
  if (!books) return expect.unreachable();
  expect(books).toMatchObject({ planned: readers.length, waiting: 0, sending: 0, uncertain: 0, rejected: 0 });
  expect(books.accepted + books.unresolved + total(books.skipped)).toBe(readers.length);
  const got = Object.keys(held).length;
  expect(got).toBeGreaterThanOrEqual(books.accepted);
  expect(got).toBeLessThanOrEqual(books.accepted + books.unresolved);
  expect(await status(cloud)).toMatchObject({ status: "sent", open: books.unresolved });
  return books.unresolved;
}
