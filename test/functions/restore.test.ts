import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator } from "../../core/rights.ts";
import type { Cloud } from "../../functions/cloud/cloud.ts";
import { sendRest } from "../../functions/desk/rest.ts";
import { lookAtRestored, restore } from "../../functions/desk/restoring.ts";
import { cancelIssue } from "../../functions/desk/sending.ts";
import { issueAccount } from "../../functions/records/account.ts";
import { readDeliveries } from "../../functions/records/deliveries.ts";
import { isFenced } from "../../functions/records/fence.ts";
import { readControl } from "../../functions/records/issue-control.ts";
import { readIssue, requireIssue, saveIssue } from "../../functions/records/issues.ts";
import { enterJournal } from "../../functions/records/journal.ts";
import { issueKey } from "../../functions/records/keys.ts";
import { leave, readSubscriber, rowOfSubscriber } from "../../functions/records/subscribers.ts";
import { suppress } from "../../functions/records/suppressions.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { mortal } from "../cloud/mortal-cloud.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { aFolder, type Folder, restored, scheduleWhole } from "./a-lost-table.ts";
import { afterMinutes, keyOf, letters, place, readersIn, someReaders, takeIn } from "./an-issue-to-send.ts";

/** An older table is put back; files, queues, alarms and letters stay as they are. */

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const issueIn = (cloud: Cloud, issue: string = place.issue) => requireIssue(cloud, place.publication, issue);
const books = (cloud: Cloud) => issueAccount(cloud, place.publication, place.issue);
const once = (addresses: readonly string[]) => Object.fromEntries(addresses.map((address) => [address, 1]));
const second = { ...place, issue: "2026-02" };

/** Folder, readers and a scheduled issue. */
async function readyToSend(count: number): Promise<{ folder: Folder; cloud: TestCloud; readers: string[] }> {
  const folder = aFolder();
  const cloud = folder.open();
  const readers = someReaders(count);
  await scheduleWhole(cloud);
  await takeIn(cloud, readers);
  return { folder, cloud, readers };
}

/** Sends until the carrier has taken so many letters; then it is as if somebody had pulled the plug. */
async function sendSome(cloud: TestCloud, count: number): Promise<void> {
  let sent = 0;
  const unplugged = new Promise<never>(() => {});
  const send: TestCloud["mail"]["send"] = (letter) => (sent++ < count ? cloud.mail.send(letter) : unplugged);
  void workUntilQuiet({ ...cloud, mail: { ...cloud.mail, send } }).catch(() => {});
  await vi.waitFor(() => expect(sent).toBeGreaterThan(count), { timeout: 5000 });
}

/** As if the ledgers had never been kept: what an issue looks like that was not closed when the table was lost. */
async function withoutLedgers(cloud: Cloud): Promise<void> {
  await cloud.files.remove((await cloud.files.list("ledger/")).map(({ key }) => key));
}

describe("a restored table mails nobody twice", () => {
  it("when it still says scheduled and the issue was sent: every reader is exactly where the ledger says", async () => {
    const { folder, readers } = await readyToSend(60);
    await afterMinutes(folder.saveTable(), 30, 5);
    expect(letters(folder.open())).toEqual(once(readers));
    const cloud = folder.putTableBack();
    expect(await issueIn(cloud)).toMatchObject({ status: "scheduled" });
    expect(await restored(cloud)).toMatchObject({ closed: [{ ...place, accepted: 60, open: 0 }] });
    await afterMinutes(cloud, 30, 5);
    expect(letters(cloud)).toEqual(once(readers));
    expect(await issueIn(cloud)).toMatchObject({ status: "sent", open: 0 });
    expect(await books(cloud)).toMatchObject({ candidates: 60, planned: 60, accepted: 60, waiting: 0 });
    const [row] = await readDeliveries(cloud, place, [await keyOf(cloud, readers[0] ?? "")]);
    expect(row).toMatchObject({ messageId: expect.any(String), attemptNo: 1 });
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
  });

  it("when it still says scheduled and nobody knows how far the issue went: all are unresolved, and shown", async () => {
    const { folder, readers } = await readyToSend(60);
    await afterMinutes(folder.saveTable(), 30, 5);
    const cloud = folder.putTableBack();
    await withoutLedgers(cloud);
    expect(await restored(cloud)).toMatchObject({ closed: [{ ...place, accepted: 0, open: 60 }] });
    await afterMinutes(cloud, 30, 5);
    expect(letters(cloud)).toEqual(once(readers));
    expect(await issueIn(cloud)).toMatchObject({ status: "sent", open: 60 });
    expect(await books(cloud)).toMatchObject({ planned: 60, unresolved: 60, waiting: 0, sending: 0, uncertain: 0 });
  });

  it("when it was saved in mid-send: who has a row keeps it, all others are unresolved, and only a person doubles", async () => {
    const folder = aFolder();
    const first = folder.open();
    const readers = await readersIn(first, "3", 100);
    await scheduleWhole(first);
    await takeIn(first, readers);
    await sendSome(first, 50);
    await afterMinutes(folder.saveTable(), 40, 5);
    const cloud = folder.putTableBack();
    await withoutLedgers(cloud);
    const before = letters(cloud);
    expect(await restored(cloud)).toMatchObject({ closed: [{ ...place, accepted: 40, open: 60 }] });
    expect(await books(cloud)).toMatchObject({ planned: 100, accepted: 40, unresolved: 60, waiting: 0, sending: 0 });
    await afterMinutes(cloud, 60, 10);
    expect(letters(cloud)).toEqual(before);
    expect(await issueIn(cloud)).toMatchObject({ status: "sent", open: 60 });

    await sendRest({ ...cloud, mail: { ...cloud.mail, reports: false } }, operator, place, ["unresolved"]);
    await afterMinutes(cloud, 30, 5);
    const total = Object.values(letters(cloud)).reduce((sum, count) => sum + count, 0);
    const held = Object.values(before).reduce((sum, count) => sum + count, 0);
    expect(total - held).toBe(60);
    expect(Object.keys(letters(cloud))).toHaveLength(readers.length);
    expect(await issueIn(cloud)).toMatchObject({ status: "sent", open: 0 });
  });

  it("when it is older than the whole issue: its number is taken, and its pages are back on the shelf", async () => {
    const { folder, readers } = await readyToSend(10);
    const cloud = folder.saveTable();
    await afterMinutes(cloud, 10, 5);
    cloud.clock.advance({ days: 7 });
    await scheduleWhole(cloud, { number: 2 });
    await afterMinutes(cloud, 10, 5);
    const before = letters(cloud);
    expect(before).toEqual(Object.fromEntries(readers.map((address) => [address, 2])));
    const older = folder.putTableBack();
    expect(await readIssue(older, place.publication, second.issue)).toBeUndefined();
    await restored(older);
    expect(await issueIn(older, second.issue)).toMatchObject({ status: "sent", open: 0, number: 2 });
    const shelf = await older.table.query({ pk: "publication#elblandbote", from: "shelf#", to: "shelf#~", limit: 9 });
    expect(shelf.items.map(({ sk }) => sk)).toEqual(["shelf#2026-01", "shelf#2026-02"]);
    await afterMinutes(older, 20, 5);
    expect(letters(older)).toEqual(before);
  });

  it.each(["approved", "draft"] as const)("when it holds the issue as %s", async (status) => {
    const { folder, cloud: first, readers } = await readyToSend(5);
    const issue = await issueIn(first);
    if (issue.status !== "scheduled") return expect.unreachable();
    const { sendAt: _, scheduledBy: __, ...approved } = issue;
    const { approval: ___, fingerprint: ____, builtBy: _____, builtAt: ______, ...plan } = approved;
    await saveIssue(first, status === "draft" ? { ...plan, status } : { ...approved, status });
    const cloud = folder.saveTable();
    await saveIssue(cloud, { ...issue, version: issue.version + 1 });
    await afterMinutes(cloud, 10, 5);
    expect(letters(cloud)).toEqual(once(readers));
    const older = folder.putTableBack();
    await restored(older);
    expect(await issueIn(older)).toMatchObject({ status: "sent", open: 0, fingerprint: issue.fingerprint });
    expect(await readControl(older, place)).toMatchObject({ state: "sent", resend: 0 });
    await afterMinutes(older, 10, 5);
    expect(letters(older)).toEqual(once(readers));
  });

  it("when a 'send to the rest' came after it: who had joined by then is unresolved and joins no more", async () => {
    const { folder, cloud: first, readers } = await readyToSend(20);
    await afterMinutes(first, 20, 5);
    const late = [
      ...(await readersIn(first, "3", 100)).slice(40, 45),
      ...(await readersIn(first, "a", 100)).slice(40, 45),
    ];
    await takeIn(first, late);
    const cloud = folder.saveTable();
    await sendRest(cloud, operator, place, ["joined"]);
    await afterMinutes(cloud, 20, 5);
    expect(letters(cloud)).toEqual(once([...readers, ...late]));
    const older = folder.putTableBack();
    await withoutLedgers(older);
    await restored(older);
    expect(await books(older)).toMatchObject({ planned: 30, accepted: 20, unresolved: 10 });
    expect(await readControl(older, place)).toMatchObject({ state: "sent", resend: 1 });
    await sendRest(older, operator, place, ["joined", "never-begun", "moved"]);
    await afterMinutes(older, 20, 5);
    expect(letters(older)).toEqual(once([...readers, ...late]));
    expect(await issueIn(older)).toMatchObject({ status: "sent", open: 10 });
  });

  it("when it was cancelled with letters in hand: it stays cancelled, and its books balance", async () => {
    const { folder, cloud: first } = await readyToSend(60);
    await sendSome(first, 25);
    await cancelIssue(first, operator, place);
    folder.saveTable();
    const cloud = folder.putTableBack();
    await restored(cloud);
    const account = await books(cloud);
    expect(account).toMatchObject({ planned: 60, waiting: 0, sending: 0, cancelled: 0 });
    expect(await issueIn(cloud)).toMatchObject({ status: "cancelled" });
    expect((await cloud.table.query({ pk: "open", limit: 9 })).items).toEqual([]);
    const before = letters(cloud);
    await sendRest(cloud, operator, place, ["never-begun", "joined"]);
    await afterMinutes(cloud, 20, 5);
    expect(letters(cloud)).toEqual(before);
  });
});

describe("a restored table mails nobody who left", () => {
  it("or was suppressed, whatever it says; and nobody at an address they gave up", async () => {
    const folder = aFolder();
    const [leaver, bounced, erased, mover, stays] = someReaders(5) as [string, string, string, string, string];
    await scheduleWhole(folder.open(), { number: 2 });
    await takeIn(folder.open(), someReaders(5));
    const issue = await issueIn(folder.open(), second.issue);
    if (issue.status !== "scheduled") return expect.unreachable();
    const sendAt = new Date(folder.clock.now().getTime() + 6 * 3_600_000).toISOString();
    await saveIssue(folder.open(), { ...issue, sendAt });
    const cloud = folder.saveTable();
    const [a, b, c, d] = await Promise.all([leaver, bounced, erased, mover].map((address) => keyOf(cloud, address)));
    cloud.clock.advance({ hours: 1 });
    await leave(cloud, place.publication, a ?? "");
    await suppress(cloud, new Map([[b ?? "", "complained"]]));
    const at = cloud.clock.now().toISOString();
    await enterJournal(cloud, { kind: "erased", at, addressKey: c ?? "" });
    const to = await keyOf(cloud, "neu@auenrode.example");
    await enterJournal(cloud, { kind: "moved", at, publication: place.publication, from: d ?? "", to });

    const older = folder.putTableBack();
    expect(await readSubscriber(older, place.publication, a ?? "")).toMatchObject({ state: "confirmed" });
    const report = await restored(older);
    expect(report).toMatchObject({
      told: { left: 1, suppressed: 1, unsuppressed: 0, erased: 1, moved: 1 },
      closed: [],
    });
    expect(await issueIn(older, second.issue)).toMatchObject({ status: "scheduled" });
    await afterMinutes(older, 7 * 60, 30);
    expect(await issueIn(older, second.issue)).toMatchObject({ status: "sent" });
    expect(letters(older)).toEqual(once([stays]));
    const rows = await Promise.all([a, c, d].map((key) => readSubscriber(older, place.publication, key ?? "")));
    expect(rows.map((row) => row?.state)).toEqual(["unsubscribed", "unsubscribed", "moved"]);
    expect(JSON.stringify(rows)).not.toMatch(/@|Jördis/);
  });

  it("unless they confirmed again, as far as the table knows", async () => {
    const { folder, cloud, readers } = await readyToSend(1);
    const key = await keyOf(cloud, readers[0] ?? "");
    const before = await readSubscriber(cloud, place.publication, key);
    if (before?.state !== "confirmed") return expect.unreachable();
    await leave(cloud, place.publication, key);
    cloud.clock.advance({ hours: 1 });
    const again = { ...before, version: before.version + 2, confirmedAt: cloud.clock.now().toISOString() };
    await cloud.table.write([{ put: rowOfSubscriber(again) }]);
    folder.saveTable();
    const older = folder.putTableBack();
    expect(await restored(older)).toMatchObject({ told: { left: 0 } });
    expect(await readSubscriber(older, place.publication, key)).toMatchObject({ state: "confirmed" });
  });

  it("not even when an old list is imported once more", async () => {
    const { folder, cloud: empty, readers } = await readyToSend(0);
    expect(readers).toEqual([]);
    await empty.table.write([{ remove: issueKey(place.publication, place.issue) }]);
    const cloud = folder.saveTable();
    await takeIn(cloud, someReaders(2));
    cloud.clock.advance({ hours: 1 });
    await leave(cloud, place.publication, await keyOf(cloud, someReaders(2)[0] ?? ""));
    const older = folder.putTableBack();
    await restored(older);
    await takeIn(older, someReaders(2));
    const states = someReaders(2).map(async (one) => readSubscriber(older, place.publication, await keyOf(older, one)));
    expect((await Promise.all(states)).map((row) => row?.state)).toEqual(["unsubscribed", "confirmed"]);
  });

  it("and an address that is no longer suppressed stays so", async () => {
    const { folder, cloud, readers } = await readyToSend(2);
    const keys = await Promise.all(readers.map((address) => keyOf(cloud, address)));
    const [one = "", two = ""] = keys;
    await suppress(cloud, new Map([[one, "bounced"]]));
    const later = folder.saveTable();
    later.clock.advance({ minutes: 1 });
    await enterJournal(later, { kind: "unsuppressed", at: later.clock.now().toISOString(), addressKey: one });
    await suppress(later, new Map([[two, "bounced"]]));
    later.clock.advance({ minutes: 1 });
    await enterJournal(later, { kind: "unsuppressed", at: later.clock.now().toISOString(), addressKey: two });
    later.clock.advance({ minutes: 1 });
    await enterJournal(later, {
      kind: "suppressed",
      at: later.clock.now().toISOString(),
      addressKey: two,
      reason: "complained",
    });
    const older = folder.putTableBack();
    await restored(older);
    const rows = await older.table.get(keys.map((key) => ({ pk: `address#${key}`, sk: "suppression" })));
    expect(rows).toEqual([undefined, expect.objectContaining({ reason: "complained" })]);
  });
});

describe("restoring", () => {
  it("does nothing where there is nothing to restore", async () => {
    const { cloud } = await readyToSend(3);
    expect(await lookAtRestored(cloud)).toBeUndefined();
  });

  it("tells the table nothing it knows already, however often it changed", async () => {
    const { folder, cloud, readers } = await readyToSend(2);
    const [one = "", two = ""] = await Promise.all(readers.map((address) => keyOf(cloud, address)));
    for (const kind of ["suppressed", "unsuppressed", "suppressed"] as const) {
      cloud.clock.advance({ minutes: 1 });
      const at = cloud.clock.now().toISOString();
      const key = { pk: `address#${one}`, sk: "suppression" };
      if (kind === "suppressed") await suppress(cloud, new Map([[one, "bounced"]]));
      else await enterJournal(cloud, { kind, at, addressKey: one });
      if (kind === "unsuppressed") await cloud.table.write([{ remove: key }]);
    }
    await leave(cloud, place.publication, two);
    folder.saveTable();
    const report = await restored(folder.putTableBack());
    expect(report?.told).toEqual({
      ...{ left: 0, suppressed: 0, unsuppressed: 0, erased: 0, moved: 0 },
      removed: 0,
      appointed: 0,
    });
  });

  it("says what it found before it changes anything", async () => {
    const { folder, cloud, readers } = await readyToSend(3);
    await leave(cloud, place.publication, await keyOf(cloud, readers[0] ?? ""));
    await afterMinutes(folder.saveTable(), 10, 5);
    const older = folder.putTableBack();
    const found = await lookAtRestored(older);
    expect(found).toMatchObject({ entries: { left: 1, begun: 1, suppressed: 0 }, issues: [place], overdue: [] });
    expect([await isFenced(older), (await issueIn(older)).status]).toEqual([true, "scheduled"]);
  });

  it("leaves it to a person when an issue is to go whose time came meanwhile", async () => {
    const { folder, readers } = await readyToSend(3);
    folder.saveTable();
    const cloud = folder.putTableBack();
    cloud.clock.advance({ minutes: 1 });
    const report = await restored(cloud);
    expect(report?.unscheduled).toMatchObject([{ number: 1, year: 2026 }]);
    await afterMinutes(cloud, 10);
    expect(await issueIn(cloud)).toMatchObject({ status: "approved" });
    expect([letters(cloud), readers.length]).toEqual([{}, 3]);
  });

  it("is an act of who did it, for every publication and every issue", async () => {
    const { folder } = await readyToSend(3);
    await afterMinutes(folder.saveTable(), 10, 5);
    const cloud = folder.putTableBack();
    await restored(cloud);
    const acts = await cloud.table.query({ pk: "acts#elblandbote", limit: 99 });
    const ours = acts.items.filter(({ act }) => act === "restore");
    expect(ours.map(({ kind, id, by }) => [kind, id, by]).sort()).toEqual([
      ["issue", "2026-01", "operator"],
      ["publication", "elblandbote", "operator"],
    ]);
  });

  it("is refused to whoever is not the operator", async () => {
    const { folder } = await readyToSend(1);
    folder.saveTable();
    const cloud = folder.putTableBack();
    const found = await lookAtRestored(cloud);
    if (!found) return expect.unreachable();
    const publisher = { id: "almut", roles: ["publisher"] } as const;
    await expect(restore(cloud, publisher, found)).rejects.toMatchObject({ code: "not-allowed" });
    expect(await isFenced(cloud)).toBe(true);
  });

  it.each(["before", "after"] as const)(
    "killed %s any of its effects keeps the fence up, mails nobody, and is done by the next",
    { timeout: 60_000 },
    async (when) => {
      const folder = aFolder();
      const first = folder.open();
      const readers = await readersIn(first, "6", 12);
      const [gone = "", later = "", bounced = ""] = readers;
      await scheduleWhole(first);
      await takeIn(first, readers);
      await leave(first, place.publication, await keyOf(first, gone));
      await sendSome(first, 4);
      const sent = folder.saveTable();
      await leave(sent, place.publication, await keyOf(sent, later));
      await suppress(sent, new Map([[await keyOf(sent, bounced), "bounced"]]));
      await afterMinutes(sent, 20, 5);
      await withoutLedgers(sent);
      const before = letters(sent);
      let effect = 0;
      for (let isFenced = true; isFenced; ) {
        const cloud = folder.putTableBack();
        await withoutLedgers(cloud);
        const dying = mortal(cloud, { effect: ++effect, when });
        await restored(dying).catch(() => {});
        isFenced = (await lookAtRestored(cloud)) !== undefined;
        await workUntilQuiet(cloud);
        await restored(cloud);
        await workUntilQuiet(cloud);
        expect(letters(cloud)).toEqual(before);
        const account = await books(cloud);
        expect(account).toMatchObject({ planned: 11, waiting: 0, sending: 0, uncertain: 0 });
        expect(await issueIn(cloud)).toMatchObject({ status: "sent", open: account?.unresolved });
        const row = await readSubscriber(cloud, place.publication, await keyOf(cloud, later));
        expect(row).toMatchObject({ state: "unsubscribed" });
      }
      expect(effect).toBeGreaterThan(35);
    },
  );
});
