import { hash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { rounds } from "../../../core/delivery/delivery.ts";
import { Refusal } from "../../../core/refusal.ts";
import { operator } from "../../../core/rights.ts";
import { listDeliveries, type ReaderLine } from "../../../functions/desk/deliveries.ts";
import { readerFile } from "../../../functions/desk/reader.ts";
import { expiryOf } from "../../../functions/records/deliveries.ts";
import { suppressionKey } from "../../../functions/records/keys.ts";
import { keepLedger } from "../../../functions/records/ledger-files.ts";
import { freezeOf, plannedOf } from "../../../functions/records/planned.ts";
import { readRounds, saveRound } from "../../../functions/records/rounds.ts";
import { leave } from "../../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { deliver, freeze } from "../a-frozen-issue.ts";
import { keyOf, place, scheduleSpring, someReaders, takeIn } from "../an-issue-to-send.ts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = testCloud();
  await scheduleSpring(cloud);
});

const at = "2026-11-23T08:00:05.000Z";
const accepted = { state: "accepted", messageId: "m-1", acceptedAt: at } as const;
const keysOf = (addresses: readonly string[]) => Promise.all(addresses.map((address) => keyOf(cloud, address)));

async function list(): Promise<Map<string, ReaderLine>> {
  const lines = await Array.fromAsync(listDeliveries(cloud, operator, place));
  return new Map(lines.map((line) => [line.address ?? line.addressKey, line]));
}

describe("who got an issue and who did not", () => {
  it("names every reader once, whatever became of the letter", async () => {
    const readers = someReaders(500);
    await takeIn(cloud, readers);
    const keys = await keysOf(readers);
    await freeze(cloud, [keys]);
    for (const key of keys.slice(0, 100)) await deliver(cloud, key, accepted);
    const lines = await Array.fromAsync(listDeliveries(cloud, operator, place));
    expect(lines.map(({ address }) => address).sort()).toEqual([...readers].sort());
    expect(lines.filter(({ state }) => state === "waiting")).toHaveLength(400);
    expect(lines.filter(({ state, messageId }) => state === "accepted" && messageId === "m-1")).toHaveLength(100);
  });

  it("says of each why, when and under which id", async () => {
    const readers = someReaders(6);
    await takeIn(cloud, readers);
    const [a = "", b = "", c = "", d = "", e = "", f = ""] = await keysOf(readers);
    await freeze(cloud, [[a, b, c, d, e]]);
    await deliver(cloud, a, { ...accepted, state: "bounced", bounce: "hard", reason: "NoEmail 5.1.1", bouncedAt: at });
    await deliver(cloud, b, { state: "skipped", reason: "unsubscribed" });
    await deliver(cloud, c, { state: "rejected", reason: "address-letters", rejectedAt: at });
    await deliver(cloud, d, { state: "unresolved", reason: "lease expired" });
    await cloud.table.write([{ put: { ...suppressionKey(f), v: 1, reason: "bounced", at } }]);
    const [first, second, third, fourth, fifth, sixth] = readers;
    const lines = await list();
    const short = (address = "") => {
      const { state, reason, at: when, messageId } = lines.get(address) ?? {};
      return [state, reason, when, messageId];
    };
    const claimedAt = cloud.clock.now().toISOString();
    expect(short(first)).toEqual(["bounced", "NoEmail 5.1.1", at, "m-1"]);
    expect(short(second)).toEqual(["skipped", "unsubscribed", claimedAt, null]);
    expect(short(third)).toEqual(["rejected", "address-letters", at, null]);
    expect(short(fourth)).toEqual(["unresolved", "lease expired", claimedAt, null]);
    expect(short(fifth)).toEqual(["waiting", null, null, null]);
    expect(short(sixth)).toEqual(["not-planned", "suppressed", null, null]);
  });

  it("shows the key where the address is forgotten, and knows who joined only afterwards", async () => {
    const [gone = "", later = ""] = someReaders(2);
    await takeIn(cloud, [gone]);
    await freeze(cloud, [[await keyOf(cloud, gone)]]);
    cloud.clock.advance({ minutes: 1 });
    await takeIn(cloud, [later]);
    await leave(cloud, place.publication, await keyOf(cloud, gone));
    const lines = await list();
    expect(lines.get(await keyOf(cloud, gone))).toMatchObject({ address: null, name: null, state: "waiting" });
    expect(lines.get(later)).toMatchObject({ state: "not-planned", reason: "later" });
  });

  it("knows the readers of every freeze, and takes nobody for one who was in none", async () => {
    // Several batches a round.
    const keys = Array.from({ length: 3000 }, (_, number) => hash("sha256", `${number}`, "base64url").slice(0, 22));
    const [audience, joined, strangers] = [keys.slice(0, 2000), keys.slice(2000, 2900), keys.slice(2900)];
    await freeze(cloud, [audience, joined, []]);
    const frozen = await readRounds(cloud, place);
    const planned: string[] = [];
    for (const round of frozen) {
      const ours = await Array.fromAsync(plannedOf(cloud, { ...place, round: round.round }, round));
      expect(ours).toEqual([...ours].sort());
      planned.push(...ours);
      for (const key of ours)
        expect(await freezeOf(cloud, { ...place, round: round.round }, round, key)).toBe(joined.includes(key) ? 1 : 0);
    }
    expect(planned.sort()).toEqual([...audience, ...joined].sort());
    for (const round of frozen)
      for (const key of strangers)
        expect(await freezeOf(cloud, { ...place, round: round.round }, round, key)).toBeUndefined();
    expect(frozen).toHaveLength(rounds.length);
  });

  it("says cancelled of whoever was planned and got none, once nothing leaves any more", async () => {
    const readers = someReaders(2);
    await takeIn(cloud, readers);
    await freeze(cloud, [await keysOf(readers)], { state: "cancelled" });
    expect([...(await list()).values()].map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  });

  it("knows in a later pass who waits and who was not asked for", async () => {
    const [never = "", joined = ""] = someReaders(2);
    await takeIn(cloud, [never, joined]);
    const pass = { resend: 1, rest: ["joined"] as const };
    await freeze(cloud, [await keysOf([never]), await keysOf([joined])], pass);
    const lines = await list();
    expect([lines.get(never)?.state, lines.get(joined)?.state]).toEqual(["cancelled", "waiting"]);
  });

  it("reads the file of a ledger whose rows have gone", async () => {
    const readers = someReaders(40);
    await takeIn(cloud, readers);
    const keys = await keysOf(readers);
    await freeze(cloud, [keys], { state: "sent" });
    const expiresAt = expiryOf(cloud.clock.now().toISOString());
    for (const key of keys) await deliver(cloud, key, { ...accepted, expiresAt });
    for (const { round } of await readRounds(cloud, place))
      await saveRound(cloud, { ...place, round }, 0, { phase: "balanced" });
    await keepLedger(cloud, place);
    cloud.clock.advance({ days: 101 });
    expect([...(await list()).values()].map(({ state }) => state)).toEqual(keys.map(() => "accepted"));
    const file = await readerFile(cloud, operator, readers[0] ?? "");
    expect(file.publications[0]?.issues).toMatchObject([{ outcome: { state: "accepted", messageId: "m-1" } }]);
  });

  it("shows nobody's address to who may not read readers", async () => {
    const asked = Array.fromAsync(listDeliveries(cloud, { id: "jo", roles: ["editor"] }, place));
    await expect(asked).rejects.toThrow(Refusal);
  });
});

describe("everything an address ever got", () => {
  it("finds it in every publication and issue, with the reason", async () => {
    const [address = "", other = ""] = someReaders(2);
    await takeIn(cloud, [address, other]);
    const [key = ""] = await keysOf([address]);
    await freeze(cloud, [[key]]);
    await deliver(cloud, key, { ...accepted, state: "delivered", deliveredAt: at });
    await cloud.table.write([{ put: { ...suppressionKey(key), v: 1, reason: "complained", at } }]);
    const file = await readerFile(cloud, operator, address);
    expect(file.suppression).toEqual({ reason: "complained", at });
    expect(file.publications).toMatchObject([
      {
        publication: place.publication,
        subscriber: { state: "confirmed", consentSource: "Bestellkarten 2025" },
        issues: [{ issue: place.issue, outcome: { state: "delivered", at, messageId: "m-1" } }],
      },
    ]);
    const waiting = await readerFile(cloud, operator, other);
    expect(waiting.publications[0]?.issues).toMatchObject([{ outcome: { state: "not-planned" } }]);
  });

  it("tells a planned reader from one who was left out, though neither has a delivery", async () => {
    const [planned = "", left = ""] = someReaders(2);
    await takeIn(cloud, [planned, left]);
    await freeze(cloud, [[await keyOf(cloud, planned)]]);
    cloud.clock.advance({ minutes: 1 });
    await leave(cloud, place.publication, await keyOf(cloud, left));
    const states = async (address: string) =>
      (await readerFile(cloud, operator, address)).publications.flatMap(({ issues }) =>
        issues.map(({ outcome }) => [outcome.state, outcome.reason]),
      );
    expect(await states(planned)).toEqual([["waiting", null]]);
    expect(await states(left)).toEqual([["not-planned", "unsubscribed"]]);
  });

  it("refuses an address nobody here knows", async () => {
    await expect(readerFile(cloud, operator, "niemand@auenrode.example")).rejects.toThrow(/reader-unknown/);
  });
});
