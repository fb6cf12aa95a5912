import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocalCloud, localCloud } from "../../../local/cloud/local-cloud.ts";

/** Which table it is, on one machine. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kurier-marks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function inCloud<T>(work: (cloud: LocalCloud) => Promise<T>): Promise<T> {
  const cloud = localCloud({ folder, isDurable: false });
  try {
    return await work(cloud);
  } finally {
    cloud.close();
  }
}
const id = () => inCloud(({ table }) => table.id());
const file = (name: string): string => join(folder, name);

describe("the table of a folder", () => {
  it("is the same however often it is opened, also by two at once", async () => {
    const first = await id();
    const seen = await inCloud(async ({ table }) => [await id(), await id(), await table.id()]);
    expect(seen).toEqual([first, first, first]);
    expect(await id()).toBe(first);
  });

  it("is another one when an older copy was laid over its file, and stays that one", async () => {
    const first = await id();
    copyFileSync(file("table.db"), file("older.db"));
    await inCloud(({ table }) => table.write([{ put: { pk: "slk", sk: "later" } }]));
    copyFileSync(file("older.db"), file("table.db"));
    const second = await id();
    expect(second).not.toBe(first);
    expect(await id()).toBe(second);
    copyFileSync(file("older.db"), file("table.db"));
    expect([first, second]).not.toContain(await id());
  });

  it("is another one when the copy was made while it was being worked on", async () => {
    const first = await inCloud(async ({ table }) => {
      copyFileSync(file("table.db"), file("older.db"));
      return table.id();
    });
    copyFileSync(file("older.db"), file("table.db"));
    expect(await id()).not.toBe(first);
  });

  it("finds the files as they are when an older copy is put back", async () => {
    await id();
    copyFileSync(file("table.db"), file("older.db"));
    await inCloud(({ files }) => files.write("journal/entry.json", "{}", { type: "application/json" }));
    copyFileSync(file("older.db"), file("table.db"));
    expect(await inCloud(({ files }) => files.read("journal/entry.json"))).toMatchObject({ bytes: 2 });
  });
});
