import { expect, it, onTestFinished, vi } from "vitest";
import { isAtRest } from "../../core/delivery/account.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { type LoopbackSmtp, type Manners, startLoopbackSmtp } from "../cloud/loopback-smtp.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, place, scheduleSpring, someReaders, takeIn, wake } from "../functions/an-issue-to-send.ts";
import { relayAt } from "../local/cloud/smtp-relay.ts";

/** A bad day at the relay, the same for the same reader: so many letters meet each trouble. */
const badDay: readonly { readonly every: number; readonly manners: Manners; readonly once?: boolean }[] = [
  { every: 7, manners: { end: "reset", takes: true } },
  { every: 11, manners: { end: "close" } },
  { every: 13, manners: { rcpt: "550 5.1.1 no such person" } },
  { every: 17, manners: { end: "451 4.3.0 later" }, once: true },
  { every: 19, manners: { rcpt: "close" }, once: true },
];
const numberOf = (address: string): number => Number(/\d+/.exec(address)?.[0] ?? 0);

async function aRelayOnABadDay(): Promise<LoopbackSmtp> {
  const relay = await startLoopbackSmtp();
  onTestFinished(() => relay.stop());
  const met = new Set<string>();
  relay.behave((to) => {
    const trouble = badDay.find(({ every }) => to !== "" && numberOf(to) % every === 0);
    if (!trouble || (trouble.once && met.has(to))) return {};
    // Asked again while the same letter is under way: the recipient is named before the dot.
    setTimeout(() => met.add(to), 20);
    return trouble.manners;
  });
  return relay;
}

it("brings an issue to its readers over SMTP: nobody twice, and whoever nobody can tell of is named", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const relay = await aRelayOnABadDay();
  const patience = { connect: 2000, answer: 500, wait: 2000, idle: 200 };
  const cloud = testCloud({ smtp: { relay: relayAt(relay), patience } });
  const readers = someReaders(120);
  await scheduleSpring(cloud);
  await takeIn(cloud, readers);
  await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 120_000) });
  await afterMinutes(cloud, 60, 2);

  const books = (await issueAccount(cloud, place.publication, place.issue)) ?? expect.unreachable();
  const firstMet = (address: string) => badDay.find(({ every }) => numberOf(address) % every === 0)?.every;
  const meeting = (...every: number[]) => readers.filter((one) => every.includes(firstMet(one) ?? 0));
  expect(isAtRest(books)).toBe(true);
  expect(books).toMatchObject({
    ...{ candidates: 120, planned: 120, rejected: meeting(13).length, unresolved: meeting(7, 11).length },
    accepted: 120 - meeting(7, 11, 13).length,
  });
  const taken = relay.taken.map(({ to }) => to);
  expect(new Set(taken).size).toBe(taken.length);
  expect([...taken].sort()).toEqual(readers.filter((one) => !meeting(11, 13).includes(one)).sort());
  expect(await requireIssue(cloud, place.publication, place.issue)).toMatchObject({
    ...{ status: "sent", open: meeting(7, 11).length },
  });
  expect(relay.letters()).toBeGreaterThanOrEqual(120);
}, 30_000);
