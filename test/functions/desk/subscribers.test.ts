import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import { importSubscribers } from "../../../functions/desk/subscribers.ts";
import { erasureChange } from "../../../functions/records/erasures.ts";
import { actKey, consentKey, suppressionKey } from "../../../functions/records/keys.ts";
import { leave, listSubscribers, readSubscriber } from "../../../functions/records/subscribers.ts";
import { type TestCloud, testCloud } from "../../cloud/test-cloud.ts";
import { keyOf, place, someReaders, takeIn } from "../an-issue-to-send.ts";

const { publication } = place;
const rows = someReaders(90).map((address, index) => ({ line: index + 2, address, name: "", language: "de" as const }));
const source = { consentSource: "Bestellkarten 2025" };
const almut = rows[0]?.address ?? "";
let cloud: TestCloud;
beforeEach(() => {
  cloud = testCloud();
});

describe("taking readers in", () => {
  it("confirms them with the source of their consent, and keeps the evidence without an address", async () => {
    expect(await importSubscribers(cloud, operator, publication, rows, source)).toEqual({
      added: 90,
      known: 0,
      suppressed: 0,
      erased: 0,
    });
    const all = await listSubscribers(cloud, publication);
    expect(all.map((one) => "address" in one && one.address).sort()).toEqual(rows.map(({ address }) => address).sort());
    expect(all.every((one) => one.state === "confirmed" && one.consentSource === source.consentSource)).toBe(true);
    const { items } = await cloud.table.query({ pk: consentKey(await keyOf(cloud, almut), "", "").pk, limit: 9 });
    expect(items).toMatchObject([{ form: "import", source: source.consentSource, by: "operator" }]);
    expect(JSON.stringify(items)).not.toContain("@");
  });

  it("changes nothing the second time", async () => {
    await importSubscribers(cloud, operator, publication, rows, source);
    const before = await listSubscribers(cloud, publication);
    cloud.clock.advance({ days: 1 });
    expect(await importSubscribers(cloud, operator, publication, rows, source)).toEqual({
      added: 0,
      known: 90,
      suppressed: 0,
      erased: 0,
    });
    expect(await listSubscribers(cloud, publication)).toEqual(before);
    expect((await cloud.table.query({ pk: actKey(publication, "", "").pk, limit: 9 })).items).toHaveLength(1);
  });

  it("never brings back who left or is suppressed", async () => {
    await takeIn(cloud, [almut]);
    await leave(cloud, publication, await keyOf(cloud, almut));
    const bounced = await keyOf(cloud, rows[1]?.address ?? "");
    await cloud.table.write([
      { put: { ...suppressionKey(bounced), v: 1, addressKey: bounced, reason: "bounce", at: "" } },
    ]);
    expect(await importSubscribers(cloud, operator, publication, rows, source)).toEqual({
      added: 88,
      known: 1,
      suppressed: 1,
      erased: 0,
    });
    expect(await readSubscriber(cloud, publication, await keyOf(cloud, almut))).toMatchObject({
      state: "unsubscribed",
    });
    expect(await readSubscriber(cloud, publication, bounced)).toBeUndefined();
  });

  it("never brings back who asked to be forgotten, in any publication", async () => {
    await cloud.table.write([erasureChange(await keyOf(cloud, almut), cloud.clock.now().toISOString())]);
    for (const isDryRun of [true, false])
      expect(await importSubscribers(cloud, operator, publication, rows, { ...source, isDryRun })).toEqual({
        ...{ added: 89, known: 0, suppressed: 0, erased: 1 },
      });
    expect(await readSubscriber(cloud, publication, await keyOf(cloud, almut))).toBeUndefined();
  });

  it("looks and writes nothing on a dry run", async () => {
    const dry = await importSubscribers(cloud, operator, publication, rows, { ...source, isDryRun: true });
    expect(dry).toEqual({ added: 90, known: 0, suppressed: 0, erased: 0 });
    expect(await listSubscribers(cloud, publication)).toEqual([]);
    expect((await cloud.table.query({ pk: actKey(publication, "", "").pk, limit: 9 })).items).toEqual([]);
    const { items } = await cloud.table.query({ pk: consentKey(await keyOf(cloud, almut), "", "").pk, limit: 9 });
    expect(items).toEqual([]);
  });

  it("confirms nobody without a source, nor for somebody without the right", async () => {
    await expect(importSubscribers(cloud, operator, publication, rows, { consentSource: "  " })).rejects.toThrow(
      "consent-source-missing",
    );
    const editor = { id: "jo", roles: ["editor"] } as const;
    await expect(importSubscribers(cloud, editor, publication, rows, source)).rejects.toThrow("not-allowed");
    expect(await listSubscribers(cloud, publication)).toEqual([]);
  });
});
