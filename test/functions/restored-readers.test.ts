import { beforeEach, describe, expect, it, vi } from "vitest";
import { operator, type Person } from "../../core/rights.ts";
import { tellMoved } from "../../functions/desk/restoring/moved.ts";
import { importSubscribers } from "../../functions/desk/subscribers.ts";
import { liftSuppression, suppressKey } from "../../functions/desk/suppressions.ts";
import { eraseReaderAt } from "../../functions/records/erasing.ts";
import { confirmReader, dataOf, eraseReader, moveReader, undoLeaving } from "../../functions/records/readers.ts";
import { leave } from "../../functions/records/subscribers.ts";
import { readSuppression } from "../../functions/records/suppressions.ts";
import type { TestCloud } from "../cloud/test-cloud.ts";
import { aLetter } from "../local/cloud/smtp-relay.ts";
import { aFolder, type Folder, restored } from "./a-lost-table.ts";
import { almut, asks, asksToMove, at, becomesReader, foundPapers, paper, sister } from "./a-reader.ts";
import { keyOf } from "./an-issue-to-send.ts";

/** An older table is put back: what readers told us since must not be forgotten. */

const neu = "almut@neu.example";
let folder: Folder;
let cloud: TestCloud;
let key: string;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  folder = aFolder();
  cloud = folder.open();
  await foundPapers(cloud);
  key = await keyOf(cloud, almut);
  await becomesReader(cloud, { publications: [paper, sister] });
  folder.clock.advance({ minutes: 1 });
});
const save = (): void => {
  cloud = folder.saveTable();
  folder.clock.advance({ minutes: 1 });
};
async function putBack(): Promise<void> {
  cloud = folder.putTableBack();
  await restored(cloud);
}

describe("in a restored table", () => {
  it("an erased reader stays erased, and what they asked for before is gone too", async () => {
    await leave(cloud, sister, key);
    folder.clock.advance({ minutes: 1 });
    const link = (await asks(cloud, { publications: [sister] })) ?? "";
    save();
    await eraseReader(cloud, key);
    await putBack();
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
    expect(JSON.stringify(await dataOf(cloud, key))).not.toMatch(/almut@|Almut/);
    expect(await confirmReader(cloud, link)).toBeUndefined();
    const row = { line: 2, address: almut, name: "", language: "de" } as const;
    await importSubscribers(cloud, operator, sister, [row], { consentSource: "Bestellkarten" });
    expect(await at(cloud, almut, sister)).toMatchObject({ state: "unsubscribed" });
  });

  it("a reader erased at one publication stays erased there, reads on at the other, and no import brings them back", async () => {
    save();
    await eraseReaderAt(cloud, paper, key, almut);
    await putBack();
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
    expect(await at(cloud, almut, sister)).toMatchObject({ state: "confirmed", address: almut });
    const row = { line: 2, address: almut, name: "", language: "de" } as const;
    await importSubscribers(cloud, operator, paper, [row], { consentSource: "Bestellkarten" });
    expect(await at(cloud, almut)).toMatchObject({ state: "unsubscribed" });
  });

  const publisherOf = (home: string): Person => ({ id: "p-1", roles: ["publisher"], home });
  const [here, there] = [publisherOf(paper), publisherOf(sister)];
  const stands = async () => (await readSuppression(cloud, key)) !== undefined;

  it("a suppression that both desks made is not undone by the one whose word the copy knows", async () => {
    await suppressKey(cloud, here, key, "asked");
    save();
    await suppressKey(cloud, there, key, "asked");
    await putBack();
    expect(await liftSuppression(cloud, here, key, "slip")).toMatchObject({ isMailable: false });
    await expect(liftSuppression(cloud, there, key, "slip")).rejects.toMatchObject({ code: "suppressed-elsewhere" });
    expect(await stands()).toBe(true);
    await liftSuppression(cloud, operator, key, "slip");
    expect(await stands()).toBe(false);
  });

  it("a suppression that was lifted and made again is told in that order, however often", async () => {
    await suppressKey(cloud, here, key, "asked");
    save();
    await liftSuppression(cloud, here, key, "slip");
    folder.clock.advance({ minutes: 1 });
    await suppressKey(cloud, there, key, "asked");
    folder.clock.advance({ minutes: 1 });
    await putBack();
    await restored(cloud);
    expect((await readSuppression(cloud, key))?.words).toHaveLength(1);
    await liftSuppression(cloud, operator, key, "slip");
    expect(await stands()).toBe(false);
  });

  it("and in an outbox that came back with it, no letter of an erased reader is left", async () => {
    save();
    await eraseReader(cloud, key);
    const bela = "bela@neu.example";
    for (const to of [almut, bela]) await cloud.mail.send(aLetter({ to, tags: { delivery: await keyOf(cloud, to) } }));
    await putBack();
    expect(cloud.outbox.list({ limit: 9 }).letters.map(({ to }) => to)).toEqual([bela]);
  });

  it("a reader who took their leaving back is a reader still", async () => {
    await leave(cloud, paper, key);
    folder.clock.advance({ minutes: 1 });
    await undoLeaving(cloud, paper, key);
    save();
    await putBack();
    expect(await at(cloud, almut)).toMatchObject({ state: "confirmed", address: almut });
  });

  it("a reader who moved gets nothing at the old address, and reads on where the new one still waits", async () => {
    const link = (await asksToMove(cloud, key, neu)) ?? "";
    save();
    await moveReader(cloud, link);
    folder.clock.advance({ minutes: 1 });
    await putBack();
    expect(await at(cloud, almut)).toMatchObject({ state: "moved" });
    expect(await at(cloud, neu)).toMatchObject({ state: "confirmed", address: neu, movedFrom: [key] });
    expect(await moveReader(cloud, link)).toBeUndefined();
  });

  it("a reader who moved and then left has left", async () => {
    const link = (await asksToMove(cloud, key, neu)) ?? "";
    save();
    await moveReader(cloud, link);
    folder.clock.advance({ minutes: 1 });
    await leave(cloud, paper, key);
    await putBack();
    expect(await at(cloud, almut)).toMatchObject({ state: "moved" });
    expect(await at(cloud, neu)).toMatchObject({ state: "unsubscribed" });
  });

  it("a reader who left at the new address has left, also where that is told first", async () => {
    await asksToMove(cloud, key, neu);
    const [movedAt, to] = [folder.clock.now().toISOString(), await keyOf(cloud, neu)];
    folder.clock.advance({ minutes: 1 });
    await becomesReader(cloud, { address: neu });
    folder.clock.advance({ minutes: 1 });
    await leave(cloud, paper, to);
    await tellMoved(cloud, { v: 1, kind: "moved", at: movedAt, publication: paper, from: key, to });
    expect(await at(cloud, almut)).toMatchObject({ state: "moved" });
    expect(await at(cloud, neu)).toMatchObject({ state: "unsubscribed" });
  });

  it("a reader whose new address this table never heard of has to ask again", async () => {
    save();
    await moveReader(cloud, (await asksToMove(cloud, key, neu)) ?? "");
    await putBack();
    expect(await at(cloud, almut)).toMatchObject({ state: "moved" });
    expect(await at(cloud, neu)).toBeUndefined();
  });
});
