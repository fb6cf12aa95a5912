import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import { type Cloud, Doubtful, type Letter } from "../../functions/cloud/cloud.ts";
import { restOf, sendRest } from "../../functions/desk/rest.ts";
import { cancelIssue, pauseIssue, resumeIssue } from "../../functions/desk/sending.ts";
import { plan } from "../../functions/plan.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { requireIssue } from "../../functions/records/issues.ts";
import { readRounds } from "../../functions/records/rounds.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { afterMinutes, letters, place, scheduleSpring, someReaders, takeIn, wake } from "./an-issue-to-send.ts";

let cloud: TestCloud;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  // Slow enough that a stop finds letters that have not begun, however busy the machine is.
  cloud = testCloud({ manner: { perSecond: 20 } });
  await scheduleSpring(cloud);
});

const deadline = (): { deadline: Date } => ({ deadline: new Date(cloud.clock.now().getTime() + 120_000) });
const account = () => issueAccount(cloud, place.publication, place.issue);
const status = () => requireIssue(cloud, place.publication, place.issue);
const one = (readers: readonly string[]) => Object.fromEntries(readers.map((address) => [address, 1]));
/** The same cloud with another carrier, which nobody reports of. */
const carrier = (answer: (letter: Letter) => void | Promise<void>): TestCloud => ({
  ...cloud,
  mail: {
    ...cloud.mail,
    reports: false,
    send: async (letter) => {
      await answer(letter);
      return cloud.mail.send(letter);
    },
  },
});
const begin = (from: Cloud) => plan(from)(wake, deadline());

describe("sending an issue to the rest", () => {
  it("reaches everybody an editor had cut off, and nobody twice", async () => {
    const readers = someReaders(120);
    await takeIn(cloud, readers);
    await begin(cloud);
    let sent = 0;
    const stopping = carrier(async () => {
      if (++sent === 30) await pauseIssue(cloud, operator, place);
    });
    await workUntilQuiet(stopping);
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 20);
    const before = await account();
    expect(before?.cancelled).toBeGreaterThan(0);
    expect(await restOf(cloud, place)).toEqual({
      ...{ "never-begun": before?.cancelled, joined: 0, moved: 0, unresolved: 0 },
    });
    await sendRest(cloud, operator, place, ["never-begun"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(one(readers));
    expect(await account()).toMatchObject({ planned: 120, accepted: 120, cancelled: 0, waiting: 0 });
    expect(await status()).toMatchObject({ status: "sent", open: 0 });
  });

  it("reaches readers who confirmed since the freeze, and counts them as planned", async () => {
    const [early, late] = [someReaders(60), someReaders(130).slice(60)];
    await takeIn(cloud, early);
    await begin(cloud);
    await afterMinutes(cloud, 2);
    await takeIn(cloud, late);
    expect(await restOf(cloud, place)).toEqual({ "never-begun": 0, joined: 70, moved: 0, unresolved: 0 });
    await sendRest(cloud, operator, place, ["joined"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(one([...early, ...late]));
    expect(await account()).toMatchObject({ candidates: 130, planned: 130, accepted: 130, waiting: 0 });
    expect((await restOf(cloud, place)).joined).toBe(0);
    await takeIn(cloud, ["spaet@auenrode.example"]);
    await sendRest(cloud, operator, place, ["joined"]);
    await afterMinutes(cloud, 20);
    expect(await account()).toMatchObject({ planned: 131, accepted: 131 });
    expect(Object.values(letters(cloud)).every((count) => count === 1)).toBe(true);
  });

  it("tries those nobody can tell the fate of once a time, and only when somebody says so", async () => {
    const readers = someReaders(40);
    await takeIn(cloud, readers);
    await begin(cloud);
    const tried = new Map<string, number>();
    const silent = carrier(({ to }) => {
      tried.set(to, (tried.get(to) ?? 0) + 1);
      throw new Doubtful("socket hang up");
    });
    // A carrier in trouble is asked once a minute: how many letters that takes, the rounds decide among themselves.
    const untilSent = async (): Promise<void> => {
      for (let minute = 0; minute < 90 && (await status()).status !== "sent"; minute++) {
        await workUntilQuiet(silent);
        cloud.clock.advance({ minutes: 1 });
      }
    };
    await untilSent();
    expect(await account()).toMatchObject({ unresolved: 40 });
    expect(await status()).toMatchObject({ status: "sent", open: 40 });
    await sendRest(silent, operator, place, ["unresolved"]);
    await untilSent();
    expect([...tried.values()]).toEqual(readers.map(() => 2));
    expect(await account()).toMatchObject({ unresolved: 40 });
    await sendRest(
      carrier(() => {}),
      operator,
      place,
      ["joined", "never-begun"],
    );
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual({});
    await sendRest(
      carrier(() => {}),
      operator,
      place,
      ["unresolved"],
    );
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(one(readers));
    expect(await account()).toMatchObject({ accepted: 40, unresolved: 0 });
  });

  it("leaves the ones it did not ask for as they are", async () => {
    await takeIn(cloud, someReaders(50));
    await begin(cloud);
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 2);
    await takeIn(cloud, ["neu@auenrode.example"]);
    await sendRest(cloud, operator, place, ["joined"]);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(one(["neu@auenrode.example"]));
    expect(await account()).toMatchObject({ planned: 51, accepted: 1, cancelled: 50, waiting: 0 });
    expect(await status()).toMatchObject({ status: "sent" });
  });

  it("goes on after a pause in its planning, and the books balance at every look", async () => {
    await takeIn(cloud, someReaders(60));
    await begin(cloud);
    await cancelIssue(cloud, operator, place);
    await afterMinutes(cloud, 1);
    await takeIn(cloud, someReaders(90));
    await sendRest(cloud, operator, place, ["joined", "never-begun"]);
    await pauseIssue(cloud, operator, place);
    await afterMinutes(cloud, 2);
    expect(letters(cloud)).toEqual({});
    await account();
    await resumeIssue(cloud, operator, place);
    await afterMinutes(cloud, 20);
    expect(letters(cloud)).toEqual(one(someReaders(90)));
    expect((await readRounds(cloud, place)).every(({ pass }) => pass === 1)).toBe(true);
  });

  it("is refused while the issue is on its way, for nobody, and when the ledger is about to forget it", async () => {
    await takeIn(cloud, someReaders(3));
    await expect(sendRest(cloud, operator, place, ["joined"])).rejects.toMatchObject({ code: "not-sent" });
    await begin(cloud);
    await afterMinutes(cloud, 2);
    await expect(sendRest(cloud, operator, place, [])).rejects.toMatchObject({ code: "rest-empty" });
    await expect(sendRest(cloud, { id: "jo", roles: ["author"] }, place, ["joined"])).rejects.toMatchObject({
      code: "not-allowed",
    });
    cloud.clock.advance({ days: 91 });
    await expect(sendRest(cloud, operator, place, ["joined"])).rejects.toMatchObject({ code: "too-old" });
  });
});
